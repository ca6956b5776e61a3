package org.banhao.monitoring.rules.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.CurrentActor;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.domain.Moments;
import org.banhao.monitoring.domain.MonitoringRoles;
import org.banhao.monitoring.domain.Typed;
import org.banhao.monitoring.rules.Threshold;
import org.banhao.monitoring.rules.ThresholdBook;
import org.banhao.monitoring.rules.ThresholdRow;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * 预警阈值. The command centre proposes, the rules administrator adopts, refuses or sets by himself. What was adopted is never changed: another
 * row takes its place from a moment on that is not past, so what held at any moment can always be told, and nothing that was judged changes.
 *
 * <p>An episode that is open keeps the figures it was opened by until it ends ({@link org.banhao.monitoring.rules.RuleState#held}): raising a
 * threshold never makes a matter that goes on disappear.
 */
@Component
@Transactional
public class ThresholdBooks {

    /** The command centre, in whichever unit. */
    private static final String[] COMMAND_CENTRE = {
        "*." + MonitoringRoles.DUTY_OFFICER, "*." + MonitoringRoles.COMMAND_LEAD, "*." + MonitoringRoles.DATA_ENGINEER
    };

    private static final int LONGEST_REASON = 500;

    private final JdbcClient db;
    private final Registry registry;
    private final SignedIn signedIn;
    private final CurrentActor actor;
    private final Audit audit;
    private final Clock clock;

    ThresholdBooks(JdbcClient db, Registry registry, SignedIn signedIn, CurrentActor actor, Audit audit, Clock clock) {
        this.db = db;
        this.registry = registry;
        this.signedIn = signedIn;
        this.actor = actor;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * For whom a figure is meant.
     *
     * @param kind null: both kinds
     * @param outletId null: all of the kind; not together with one
     */
    public record Scope(
            Outlet.@Nullable Kind kind, @Nullable Long outletId) {

        public static final Scope ALL = new Scope(null, null);
    }

    /** @param validFrom null: from now on */
    public record Wish(
            Threshold threshold,
            Scope scope,
            double amount,
            @Nullable Instant validFrom,
            @Nullable Instant validUntil,
            String reason) {}

    /** @param decision null: not decided; adopted, refused */
    public record Entry(
            long id,
            Threshold threshold,
            Scope scope,
            double amount,
            Instant validFrom,
            @Nullable Instant validUntil,
            String reason,
            String proposedBy,
            Instant proposedAt,
            @Nullable String decision,
            @Nullable String decisionReason,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt) {}

    /** @return number of the proposal */
    public long propose(Wish wish) {
        requireCommandCentre();
        Wish checked = checked(wish);
        long id = insert(checked);
        audit.record("monitoring.proposeThreshold", null, words(checked));
        return id;
    }

    private void requireCommandCentre() {
        if (!commandCentre(signedIn)) throw new AccessDeniedException("Only the command centre proposes thresholds");
    }

    static boolean commandCentre(SignedIn signedIn) {
        return MonitoringRoles.any(signedIn.groups(), COMMAND_CENTRE);
    }

    /** As page rules name them. */
    static List<String> commandCentre() {
        return List.of(COMMAND_CENTRE);
    }

    /** Who may look at thresholds and try some out, as page rules name them. */
    public static List<String> readers() {
        return Stream.concat(Arrays.stream(COMMAND_CENTRE), Stream.of(Roles.RULES_ADMINISTRATOR))
                .toList();
    }

    static void requireReader(SignedIn signedIn) {
        if (!signedIn.has(Roles.RULES_ADMINISTRATOR) && !commandCentre(signedIn))
            throw new AccessDeniedException("Not in the groups that may look at thresholds");
    }

    /** Whether the person sets figures himself; else they are proposals. */
    public boolean sets() {
        return signedIn.has(Roles.RULES_ADMINISTRATOR);
    }

    /** Sets it without a proposal. @return its number */
    public long set(Wish wish) {
        return set(List.of(wish)).get(0);
    }

    /**
     * Several that belong together, such as the three levels of one rule: all or none.
     *
     * @return their numbers
     */
    public List<Long> set(List<Wish> wishes) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        List<Long> ids = new ArrayList<>();
        for (Wish wish : wishes) {
            Wish checked = checked(wish);
            long id = insert(checked);
            decide(id, "adopted", null);
            audit.record("monitoring.setThreshold", null, words(checked));
            ids.add(id);
        }
        for (Wish wish : wishes) ordered(wish.threshold().rule(), wish.scope(), from(wish));
        return ids;
    }

    /**
     * As typed on one page: what is left empty stays as it is.
     *
     * @param amounts by name of the threshold
     * @param scope all, gas, water, or the number of an outlet
     * @param validFrom in China; empty: from now on
     * @return how many were set, or proposed ({@link #sets})
     */
    public int enter(
            Map<String, String> amounts,
            @Nullable String scope,
            @Nullable String validFrom,
            @Nullable String validUntil,
            @Nullable String reason) {
        requireReader(signedIn);
        Scope wanted = scope(scope);
        Instant from = validFrom == null || validFrom.isBlank() ? null : Typed.moment("validFrom", "生效时间", validFrom);
        Instant until =
                validUntil == null || validUntil.isBlank() ? null : Typed.moment("validUntil", "失效时间", validUntil);
        List<Wish> wishes = new ArrayList<>();
        figures(amounts)
                .forEach((threshold, amount) ->
                        wishes.add(new Wish(threshold, wanted, amount, from, until, reason == null ? "" : reason)));
        if (wishes.isEmpty()) throw new Refusal("amount", "请至少填写一项新的阈值，不调整的留空。");
        if (sets()) set(wishes);
        else wishes.forEach(this::propose);
        return wishes.size();
    }

    /** What was typed for each threshold; what is empty is left out. @throws Refusal one is no number */
    static Map<Threshold, Double> figures(Map<String, String> amounts) {
        Map<Threshold, Double> figures = new EnumMap<>(Threshold.class);
        for (Threshold threshold : Threshold.values()) {
            String typed = amounts.get(threshold.name());
            Double amount = Typed.numberOrNull(threshold.name(), threshold.label(), typed);
            if (amount != null) figures.put(threshold, amount);
        }
        return figures;
    }

    /** @throws Refusal nothing that can be chosen */
    public Scope scope(@Nullable String typed) {
        String scope = typed == null || typed.isBlank() ? "all" : typed.strip();
        return switch (scope) {
            case "all" -> Scope.ALL;
            case "gas" -> new Scope(Outlet.Kind.GAS, null);
            case "water" -> new Scope(Outlet.Kind.WATER, null);
            default -> {
                if (!scope.matches("\\d{1,18}")
                        || registry.outlet(Long.parseLong(scope)).isEmpty())
                    throw new Refusal("scope", "没有这个适用范围，请从列表中重新选择。");
                yield new Scope(null, Long.parseLong(scope));
            }
        };
    }

    /** Ends one that holds, from now on: what is more general holds again. What was judged until now stays. */
    public void end(long id, @Nullable String reason) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        Entry entry = db.sql("select * from monitoring_threshold where id = ? and decision = 'adopted' for update")
                .param(id)
                .query((row, n) -> entry(row))
                .optional()
                .orElseThrow(() -> new Refusal("没有这条阈值，请刷新页面后重新选择。"));
        Instant now = now();
        Instant until = entry.validUntil();
        if (until != null && !until.isAfter(now)) throw new Overtaken("这条阈值已经停止适用，请刷新页面查看。");
        String why = reason(reason == null ? "" : reason);
        Instant end = entry.validFrom().isAfter(now) ? entry.validFrom() : now;
        db.sql("update monitoring_threshold set valid_until = ? where id = ?")
                .params(Moments.sql(end), id)
                .update();
        ordered(entry.threshold().rule(), entry.scope(), end);
        audit.record("monitoring.endThreshold", null, entry.threshold().label() + " " + why);
    }

    /**
     * What holds now for a scope.
     *
     * @param from where the figure comes from: 常用值, 全部排放口, 废气, 本排放口
     * @param since null: always
     */
    public record Figure(
            Threshold threshold,
            double amount,
            String from,
            @Nullable Instant since) {}

    /** One for each threshold, in their order. */
    @Transactional(readOnly = true)
    public List<Figure> figures(Scope scope) {
        requireReader(signedIn);
        Long outletId = scope.outletId();
        Outlet.Kind kind = outletId == null
                ? scope.kind()
                : registry.outlet(outletId).map(Outlet::kind).orElse(null);
        ThresholdBook book = new BookRows(db).thresholds();
        List<Figure> figures = new ArrayList<>();
        for (Threshold threshold : Threshold.values())
            figures.add(book.holding(threshold, kind, outletId, now())
                    .map(row -> new Figure(threshold, row.amount(), origin(row), row.from()))
                    .orElse(new Figure(threshold, threshold.usual(), "常用值", null)));
        return figures;
    }

    private static String origin(ThresholdRow row) {
        if (row.outletId() != null) return "本排放口";
        Outlet.Kind kind = row.kind();
        return kind == null ? "全部排放口" : kind.label() + "排放口";
    }

    /** In force from the day that was proposed, or from now on where that is past. */
    public void adopt(long id) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        Entry entry = undecided(id);
        Instant now = now();
        Instant from = entry.validFrom().isBefore(now) ? now : entry.validFrom();
        Wish wish = checked(
                new Wish(entry.threshold(), entry.scope(), entry.amount(), from, entry.validUntil(), entry.reason()));
        db.sql("update monitoring_threshold set valid_from = ? where id = ?")
                .params(Moments.sql(from), id)
                .update();
        decide(id, "adopted", null);
        ordered(wish.threshold().rule(), wish.scope(), from);
        audit.record("monitoring.adoptThreshold", null, words(wish));
    }

    public void refuse(long id, String reason) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        Entry entry = undecided(id);
        decide(id, "refused", reason(reason));
        audit.record("monitoring.refuseThreshold", null, entry.threshold().label());
    }

    /** Latest first. */
    @Transactional(readOnly = true)
    public List<Entry> entries() {
        requireReader(signedIn);
        return db.sql("select * from monitoring_threshold order by id desc")
                .query((row, n) -> entry(row))
                .list();
    }

    private static Entry entry(java.sql.ResultSet row) throws java.sql.SQLException {
        String kind = row.getString("outlet_kind");
        return new Entry(
                row.getLong("id"),
                Threshold.valueOf(row.getString("threshold")),
                new Scope(
                        kind == null ? null : Outlet.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                        Moments.id(row, "outlet_id")),
                row.getDouble("amount"),
                Moments.read(row, "valid_from"),
                Moments.readOrNull(row, "valid_until"),
                row.getString("reason"),
                row.getString("proposed_by_name"),
                Moments.read(row, "proposed_at"),
                row.getString("decision"),
                row.getString("decision_reason"),
                row.getString("decided_by_name"),
                Moments.readOrNull(row, "decided_at"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private Wish checked(Wish wish) {
        Threshold threshold = wish.threshold();
        String unit = threshold.unit().isEmpty() ? "" : "（" + threshold.unit() + "）";
        if (!(wish.amount() >= threshold.least() && wish.amount() <= threshold.most()))
            throw new Refusal(
                    "amount",
                    "“" + threshold.label() + "”请填写" + number(threshold.least()) + "至" + number(threshold.most())
                            + "之间的数" + unit + "。");
        Scope scope = wish.scope();
        if (scope.kind() != null && scope.outletId() != null) throw new Refusal("outlet", "“适用范围”请在排放口类型和单个排放口中只选一项。");
        if (scope.outletId() != null && registry.outlet(scope.outletId()).isEmpty())
            throw new Refusal("outlet", "没有这个排放口，请从列表中重新选择。");
        Instant now = now();
        Instant from = wish.validFrom() == null ? now : wish.validFrom();
        if (from.isBefore(now.minus(Duration.ofMinutes(1))))
            throw new Refusal("validFrom", "“生效时间”不能早于现在，已判定的数据不因阈值调整而改变，请选择以后的时间。");
        Instant until = wish.validUntil();
        if (until != null && !until.isAfter(from)) throw new Refusal("validUntil", "“失效时间”应晚于生效时间，请重新填写。");
        return new Wish(threshold, scope, wish.amount(), from, until, reason(wish.reason()));
    }

    private static String reason(String typed) {
        String reason = typed.strip();
        if (reason.isEmpty()) throw new Refusal("reason", "请填写“理由”，阈值的每次调整都要留下依据。");
        if (reason.length() > LONGEST_REASON) throw new Refusal("reason", "“理由”最多" + LONGEST_REASON + "字，请精简。");
        return reason;
    }

    private Instant from(Wish wish) {
        Instant from = wish.validFrom();
        return from == null ? now() : from;
    }

    /** Yellow, orange and red of the rule, as they stand now, are in their order at that moment. */
    private void ordered(MonitoringRule rule, Scope scope, Instant from) {
        List<Threshold> ladder = new ArrayList<>();
        for (Threshold one : Threshold.values())
            if (one.rule() == rule
                    && (one.name().endsWith("_YELLOW")
                            || one.name().endsWith("_ORANGE")
                            || one.name().endsWith("_RED"))) ladder.add(one);
        if (ladder.isEmpty()) return;
        ThresholdBook book = new BookRows(db).thresholds();
        for (Outlet outlet : concerned(scope)) {
            double before = Double.NEGATIVE_INFINITY;
            for (Threshold one : ladder) {
                double amount = book.at(one, outlet, from);
                if (amount < before)
                    throw new Refusal(
                            "amount", "“" + rule.label() + "”的黄、橙、红三级应依次不减，" + outlet.title() + "将不符合，请先调整另外两级。");
                before = amount;
            }
        }
    }

    private List<Outlet> concerned(Scope scope) {
        return registry.outlets().stream()
                .filter(outlet -> scope.outletId() == null || scope.outletId() == outlet.id())
                .filter(outlet -> scope.kind() == null || scope.kind() == outlet.kind())
                .toList();
    }

    private static String number(double amount) {
        return java.math.BigDecimal.valueOf(amount).stripTrailingZeros().toPlainString();
    }

    private long insert(Wish wish) {
        Actor who = actor.get();
        Outlet.Kind kind = wish.scope().kind();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        db.sql("""
            insert into monitoring_threshold (threshold, outlet_kind, outlet_id, amount, valid_from, valid_until, reason,
              proposed_at, proposed_by, proposed_by_name)
            values (:threshold, :kind, :outlet, :amount, :from, :until, :reason, :at, :who, :name)\
            """)
                .param("threshold", wish.threshold().name())
                .param("kind", kind == null ? null : kind.name().toLowerCase(Locale.ROOT), java.sql.Types.VARCHAR)
                .param("outlet", wish.scope().outletId(), java.sql.Types.BIGINT)
                .param("amount", wish.amount())
                .param("from", Moments.sql(Objects.requireNonNull(wish.validFrom())))
                .param("until", Moments.sqlOrNull(wish.validUntil()), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("reason", wish.reason())
                .param("at", Moments.sql(now()))
                .param("who", who.id())
                .param("name", who.line())
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    private Entry undecided(long id) {
        Entry entry = db.sql("select * from monitoring_threshold where id = ? for update")
                .param(id)
                .query((row, n) -> entry(row))
                .optional()
                .orElseThrow(() -> new Refusal("没有这条阈值建议，请刷新页面后重新选择。"));
        if (entry.decision() != null) throw new Overtaken("这条阈值建议已经有人处理，请刷新页面查看结果。");
        return entry;
    }

    private void decide(long id, String decision, @Nullable String reason) {
        Actor who = actor.get();
        db.sql("""
            update monitoring_threshold set decision = :decision, decision_reason = :reason, decided_at = :at, decided_by = :who,
              decided_by_name = :name where id = :id\
            """)
                .param("decision", decision)
                .param("reason", reason, java.sql.Types.VARCHAR)
                .param("at", Moments.sql(now()))
                .param("who", who.id())
                .param("name", who.line())
                .param("id", id)
                .update();
    }

    private static String words(Wish wish) {
        String scope = wish.scope().outletId() != null
                ? "排放口" + wish.scope().outletId()
                : wish.scope().kind() != null ? wish.scope().kind().label() : "全部";
        return wish.threshold().label() + " " + number(wish.amount()) + " " + scope;
    }
}
