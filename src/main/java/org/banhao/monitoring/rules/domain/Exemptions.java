package org.banhao.monitoring.rules.domain;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.domain.Limits;
import org.banhao.monitoring.domain.Typed;
import org.banhao.monitoring.rules.Exemption;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * 启停豁免时段: for how long marks of starting and stopping take readings out of judging. The rules administrator adds a row from a day on and
 * ends another; a row is never changed, and holds for marks that begin on its days.
 */
@Component
@Transactional
public class Exemptions {

    /** Begin of the codes of categories → what they are. */
    private static final Map<String, String> CATEGORIES = Limits.INDUSTRIES;

    private static final int MOST_HOURS = 240;

    private final JdbcClient db;
    private final BookRows books;
    private final Registry registry;
    private final SignedIn signedIn;
    private final CurrentActor actor;
    private final Audit audit;
    private final Clock clock;

    Exemptions(
            JdbcClient db,
            BookRows books,
            Registry registry,
            SignedIn signedIn,
            CurrentActor actor,
            Audit audit,
            Clock clock) {
        this.db = db;
        this.books = books;
        this.registry = registry;
        this.signedIn = signedIn;
        this.actor = actor;
        this.audit = audit;
        this.clock = clock;
    }

    /** By category. */
    @Transactional(readOnly = true)
    public List<Exemption> all() {
        ThresholdBooks.requireReader(signedIn);
        return books.exemptions();
    }

    /** Begin of the codes of categories → what they are. */
    public Map<String, String> categories() {
        return CATEGORIES;
    }

    /** As typed. @param factor code; empty: all @param validFrom not before today */
    public void add(
            @Nullable String category,
            @Nullable String word,
            @Nullable String factor,
            @Nullable String hours,
            @Nullable String basis,
            @Nullable String validFrom) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        if (category == null || !CATEGORIES.containsKey(category)) throw new Refusal("category", "“行业”请在列表中选择。");
        String label = Typed.needed("word", "标记内容", word, 20);
        String code = factor == null || factor.isBlank() ? null : factor.strip();
        if (code != null
                && registry.factors().stream().noneMatch(one -> one.code().equals(code)))
            throw new Refusal("factor", "“监测因子”请在列表中选择。");
        int longest = Typed.integer("hours", "豁免时长（小时）", hours, 1, MOST_HOURS);
        LocalDate from = Typed.day("validFrom", "生效日期", validFrom);
        LocalDate today = ChineseTime.day(clock.instant());
        if (from.isBefore(today)) throw new Refusal("validFrom", "“生效日期”不能早于今天，已判定的数据不因豁免时段调整而改变，请重新选择。");
        db.sql("""
            insert into monitoring_exemption (category, word, factor, hours, basis, valid_from, entered_by_name)
            values (:category, :word, :factor, :hours, :basis, :from, :name)\
            """)
                .param("category", category)
                .param("word", label)
                .param("factor", code, java.sql.Types.VARCHAR)
                .param("hours", longest)
                .param("basis", Typed.needed("basis", "依据", basis, 100))
                .param("from", from)
                .param("name", actor.get().line())
                .update();
        audit.record("monitoring.addExemption", null, CATEGORIES.get(category) + " " + label + " " + longest + "小时");
    }

    /** Today is the last day on which a mark may begin under it; one that has not come into force is gone. */
    public void end(long id) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        LocalDate today = ChineseTime.day(clock.instant());
        Exemption one = books.exemptions().stream()
                .filter(row -> row.id() == id
                        && (row.validUntil() == null || row.validUntil().isAfter(today)))
                .findFirst()
                .orElseThrow(() -> new Refusal("这个豁免时段已经停止适用，请刷新页面查看。"));
        if (one.validFrom().isAfter(today))
            db.sql("delete from monitoring_exemption where id = ?").param(id).update();
        else
            db.sql("update monitoring_exemption set valid_until = ? where id = ?")
                    .params(today, id)
                    .update();
        audit.record(
                "monitoring.endExemption",
                null,
                Objects.requireNonNullElse(
                                CATEGORIES.get(one.category()), one.category().toUpperCase(Locale.ROOT)) + " "
                        + one.word());
    }
}
