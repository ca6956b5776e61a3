package org.banhao.monitoring.rules.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.domain.Moments;
import org.banhao.monitoring.domain.Typed;
import org.banhao.monitoring.rules.ProductionOrder;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 停产、限产要求 that the command centre enters: by a heavy-pollution alert, or as an order to the enterprise says. */
@Component
@Transactional
public class ProductionOrders {

    private static final int LONGEST_BASIS = 200;

    private final JdbcClient db;
    private final BookRows books;
    private final Judge judge;
    private final Registry registry;
    private final SignedIn signedIn;
    private final CurrentActor actor;
    private final Audit audit;
    private final Clock clock;

    ProductionOrders(
            JdbcClient db,
            BookRows books,
            Judge judge,
            Registry registry,
            SignedIn signedIn,
            CurrentActor actor,
            Audit audit,
            Clock clock) {
        this.db = db;
        this.books = books;
        this.judge = judge;
        this.registry = registry;
        this.signedIn = signedIn;
        this.actor = actor;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What was read since it began is judged by it.
     *
     * @param allowed kW that production may still draw; 0: it has to stand
     * @param until not included; null: until it is lifted
     * @return its number
     */
    public long order(long outletId, Instant from, @Nullable Instant until, double allowed, String basis) {
        allowed();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (registry.outlet(outletId).isEmpty()) throw new Refusal("outlet", "没有这个排放口，请从列表中重新选择。");
        if (from.isBefore(now.minus(Duration.ofDays(7)))) throw new Refusal("from", "“开始时间”最多补录7天以内的要求，更早的请作为线索另行登记。");
        if (until != null && !until.isAfter(from)) throw new Refusal("until", "“结束时间”应晚于开始时间，请重新填写。");
        if (!(allowed >= 0 && allowed <= 1_000_000)) throw new Refusal("allowed", "“允许用电”请填写0至1000000之间的千瓦数。");
        String words = basis.strip();
        if (words.isEmpty() || words.length() > LONGEST_BASIS)
            throw new Refusal("basis", "请填写“依据”，写明预警级别或文书名称，最多" + LONGEST_BASIS + "字。");
        Actor who = actor.get();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        db.sql("""
            insert into monitoring_production_order (outlet_id, begins_at, ends_at, allowed, basis, entered_at, entered_by,
              entered_by_name)
            values (:outlet, :from, :until, :allowed, :basis, :at, :who, :name)\
            """)
                .param("outlet", outletId)
                .param("from", Moments.sql(from))
                .param("until", Moments.sqlOrNull(until), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("allowed", allowed)
                .param("basis", words)
                .param("at", Moments.sql(now))
                .param("who", who.id())
                .param("name", who.line())
                .update(key, "id");
        audit.record("monitoring.orderProduction", null, "排放口" + outletId + " " + words);
        if (from.isBefore(now)) judge.anew(outletId, from, Cause.HAND);
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    /** As typed. @param from in China @param until empty: until it is lifted */
    public void order(
            long outletId,
            @Nullable String from,
            @Nullable String until,
            @Nullable String allowed,
            @Nullable String basis) {
        order(
                outletId,
                Typed.moment("from", "开始时间", from),
                until == null || until.isBlank() ? null : Typed.moment("until", "结束时间", until),
                Typed.number("allowed", "允许用电（千瓦）", allowed, 0, 1_000_000),
                basis == null ? "" : basis);
    }

    /** From now on; what was found until then stays. One that has not begun is gone. */
    public void lift(long id) {
        allowed();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        int gone = db.sql("delete from monitoring_production_order where id = ? and begins_at >= ?")
                .params(id, Moments.sql(now))
                .update();
        if (gone > 0) {
            audit.record("monitoring.liftProductionOrder", null, "要求" + id + "，尚未开始");
            return;
        }
        int lifted = db.sql("""
            update monitoring_production_order set ends_at = :now
            where id = :id and begins_at < :now and (ends_at is null or ends_at > :now)\
            """).param("now", Moments.sql(now)).param("id", id).update();
        if (lifted == 0) throw new Refusal("这项停产、限产要求不在执行中，请刷新页面查看。");
        audit.record("monitoring.liftProductionOrder", null, "要求" + id);
    }

    /** Those that touch the span, by begin. */
    @Transactional(readOnly = true)
    public List<ProductionOrder> ofOutlet(long outletId, Instant from, Instant until) {
        allowed();
        return books.orders(outletId, from, until);
    }

    /** @param enteredBy name of that day */
    public record Entry(ProductionOrder order, String outlet, Instant enteredAt, String enteredBy) {}

    /** Those that go on or are to come first, then those that are over, the latest first; at most 200. */
    @Transactional(readOnly = true)
    public List<Entry> entries() {
        allowed();
        return db.sql("""
            select p.id, p.outlet_id, p.begins_at, p.ends_at, p.allowed, p.basis, p.entered_at, p.entered_by_name
            from monitoring_production_order p
            order by case when p.ends_at is null or p.ends_at > :now then 0 else 1 end, p.begins_at desc, p.id desc
            fetch first 200 rows only\
            """)
                .param("now", Moments.sql(clock.instant()))
                .query((row, n) -> new Entry(
                        new ProductionOrder(
                                row.getLong("id"),
                                row.getLong("outlet_id"),
                                Moments.read(row, "begins_at"),
                                Moments.readOrNull(row, "ends_at"),
                                row.getDouble("allowed"),
                                row.getString("basis")),
                        registry.outlet(row.getLong("outlet_id"))
                                .map(Outlet::title)
                                .orElse(""),
                        Moments.read(row, "entered_at"),
                        row.getString("entered_by_name")))
                .list();
    }

    /** Who enters orders, as page rules name them. */
    public static List<String> enterers() {
        return ThresholdBooks.commandCentre();
    }

    private void allowed() {
        if (!ThresholdBooks.commandCentre(signedIn))
            throw new AccessDeniedException("Only the command centre enters orders");
    }
}
