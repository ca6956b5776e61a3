package org.banhao.monitoring.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.ReadingKind;
import org.banhao.people.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 排放限值 of the province and of the nation, by category, with days and source; and which limit holds at an outlet on a day, with the
 * sentence that says why. A limit is added and ended, never changed: what held on a day stays known. What a day already judged goes by is
 * changed by nobody but the data engineer ({@code JudgingByHand}).
 */
@Service
@Transactional
public class Limits {

    /** Begin of a category's code → what it is. */
    public static final Map<String, String> INDUSTRIES = industries();

    private final JdbcClient db;
    private final StoredRegistry registry;
    private final Enterprises enterprises;
    private final Outlets outletBook;
    private final Access access;
    private final Audit audit;
    private final Clock clock;

    Limits(
            JdbcClient db,
            StoredRegistry registry,
            Enterprises enterprises,
            Outlets outletBook,
            Access access,
            Audit audit,
            Clock clock) {
        this.db = db;
        this.registry = registry;
        this.enterprises = enterprises;
        this.outletBook = outletBook;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A limit of the province or of the nation.
     *
     * @param category its name
     * @param fresh entered today, and so may be deleted
     */
    public record Standard(
            EmissionLimit limit, String category, String enteredBy, Instant enteredAt, boolean fresh, boolean over) {}

    /**
     * What is allowed at an outlet on a day for one factor and averaging time.
     *
     * @param sentence which limit holds, since when, by what, and which others it goes before
     */
    public record Holding(Factor factor, EmissionLimit limit, String sentence) {}

    // ---- reading

    /** The branch, and the rules administrator. */
    public boolean mayKeep() {
        return access.has(keepers().toArray(String[]::new));
    }

    /** Who keeps limits and factors, as page rules name them. */
    public static List<String> keepers() {
        List<String> keepers = new ArrayList<>(Access.keepers());
        keepers.add(Roles.RULES_ADMINISTRATOR);
        return List.copyOf(keepers);
    }

    /** Who sees them, as page rules name them. */
    public static List<String> readers() {
        List<String> readers = new ArrayList<>(List.of(Access.OFFICE));
        readers.add(Roles.RULES_ADMINISTRATOR);
        return List.copyOf(readers);
    }

    private void requireReader() {
        access.require(readers().toArray(String[]::new));
    }

    private void requireKeeper() {
        access.require(keepers().toArray(String[]::new));
    }

    /** By category, factor and source; those that are over last. @param category code; null: all */
    @Transactional(readOnly = true)
    public List<Standard> standards(@Nullable String category) {
        requireReader();
        LocalDate today = ChineseTime.day(clock.instant());
        return db.sql("""
                        select l.id, l.source, l.factor, l.averaging, l.lowest, l.highest, l.basis, l.valid_from, l.valid_until,
                          c.name as category_name, l.entered_by_name, l.entered_at
                        from monitoring_limit l join monitoring_limit_category c on c.code = l.category
                        where cast(:category as varchar) is null or l.category = :category
                        order by c.name, case when l.valid_until < :today then 1 else 0 end, l.factor, l.source desc, l.valid_from desc,
                          l.id""")
                .param("category", category, java.sql.Types.VARCHAR)
                .param("today", today)
                .query((row, n) -> standard(row, today))
                .list();
    }

    private static Standard standard(ResultSet row, LocalDate today) throws SQLException {
        EmissionLimit limit = StoredRegistry.limit(row, 0);
        Instant entered = Moments.read(row, "entered_at");
        LocalDate until = limit.validUntil();
        return new Standard(
                limit,
                row.getString("category_name"),
                row.getString("entered_by_name"),
                entered,
                ChineseTime.day(entered).equals(today),
                until != null && until.isBefore(today));
    }

    /** By factor; for who may see the outlet, and the rules administrator. */
    @Transactional(readOnly = true)
    public List<Holding> holding(long outletId, LocalDate day) {
        if (access.has(Roles.RULES_ADMINISTRATOR)) {
            if (registry.outlet(outletId).isEmpty()) throw new Refusal("outlet", "没有这个排放口，请从列表中重新选择。");
        } else access.outlet(outletId);
        Map<String, Factor> factors = new HashMap<>();
        registry.factors().forEach(factor -> factors.put(factor.code(), factor));
        Map<String, List<EmissionLimit>> byKind = new LinkedHashMap<>();
        for (EmissionLimit limit : registry.limits(outletId, day))
            byKind.computeIfAbsent(limit.factor() + limit.averaging(), kind -> new ArrayList<>())
                    .add(limit);
        List<Holding> holding = new ArrayList<>();
        byKind.values().forEach(limits -> {
            EmissionLimit first = limits.get(0);
            Factor factor = factors.get(first.factor());
            if (factor != null) holding.add(new Holding(factor, first, sentence(limits, factor, day)));
        });
        return holding;
    }

    /** @param limits the one that holds before those that do not */
    static String sentence(List<EmissionLimit> limits, Factor factor, LocalDate day) {
        EmissionLimit holds = limits.get(0);
        StringBuilder words = new StringBuilder(ChineseTime.text(day))
                .append(factor.name())
                .append(holds.averaging().label())
                .append("均值执行")
                .append(amount(holds, factor))
                .append("：")
                .append(holds.origin())
                .append("，自")
                .append(ChineseTime.text(holds.validFrom()));
        LocalDate until = holds.validUntil();
        words.append(until == null ? "起" : "至" + ChineseTime.text(until));
        if (limits.size() > 1) {
            List<String> others = new ArrayList<>();
            for (EmissionLimit other : limits.subList(1, limits.size()))
                others.add(other.source().label() + amount(other, factor) + "（" + other.basis() + "）");
            boolean strict = limits.get(1).source() == holds.source();
            words.append(strict ? "；同一来源从严，先于" : "；先于").append(String.join("、", others));
        }
        if (holds.validFrom().equals(day)) words.append("；当日零点起执行，跨零点的时段按开始时有效的限值判定");
        return words.append("。").toString();
    }

    private static String amount(EmissionLimit limit, Factor factor) {
        Double lowest = limit.lowest();
        return (lowest == null ? "" : plain(lowest) + "—")
                + plain(limit.highest())
                + (factor.unit().equals("无量纲") ? "" : " " + factor.unit());
    }

    private static String plain(double number) {
        return java.math.BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    // ---- changing

    /** As typed. @param source provincial or national */
    public void add(
            @Nullable String source,
            @Nullable String category,
            @Nullable String factor,
            @Nullable String averaging,
            @Nullable String lowest,
            @Nullable String highest,
            @Nullable String basis,
            @Nullable String validFrom,
            @Nullable String validUntil) {
        requireKeeper();
        if (!"provincial".equals(source) && !"national".equals(source))
            throw new Refusal("source", "「来源」请选择地方标准或者国家标准。");
        String name = category == null ? null : outletBook.categories().get(category);
        if (name == null) throw new Refusal("category", "「执行标准类别」请在列表中选择。");
        Amount amount = amount(factor, averaging, lowest, highest);
        String words = Typed.needed("basis", "依据", basis, 200);
        LocalDate from = Typed.day("validFrom", "生效日期", validFrom);
        LocalDate until = Typed.dayOrNull("validUntil", "失效日期", validUntil);
        if (until != null && until.isBefore(from)) throw new Refusal("validUntil", "「失效日期」早于「生效日期」，请核对。");
        Actor who = access.actor();
        db.sql("""
                        insert into monitoring_limit (source, category, factor, averaging, lowest, highest, basis, valid_from, valid_until,
                          entered_by, entered_by_name, entered_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(source)
                .param(category)
                .param(amount.factor().code())
                .param(amount.averaging().name().toLowerCase(Locale.ROOT))
                .param(amount.lowest())
                .param(amount.highest())
                .param(words)
                .param(from)
                .param(until)
                .param(who.id())
                .param(who.name())
                .param(Moments.sql(clock.instant()))
                .update();
        audit.record(
                "monitoring.addStandardLimit",
                null,
                name + " " + amount.factor().name() + " " + plain(amount.highest())
                        + amount.factor().unit());
    }

    /** Checked. */
    record Amount(
            Factor factor, ReadingKind averaging, @Nullable Double lowest, double highest) {}

    /** What a limit of whichever source has to say. */
    Amount amount(
            @Nullable String factor, @Nullable String averaging, @Nullable String lowest, @Nullable String highest) {
        return amount(enterprises.factor(factor), averaging, lowest, highest);
    }

    static Amount amount(Factor factor, @Nullable String averaging, @Nullable String lowest, @Nullable String highest) {
        ReadingKind kind =
                switch (averaging == null ? "" : averaging) {
                    case "hour" -> ReadingKind.HOUR;
                    case "day" -> ReadingKind.DAY;
                    default -> throw new Refusal("averaging", "「限值时段」请选择小时或者日均。");
                };
        Double least = Typed.numberOrNull("lowest", "下限", lowest);
        double most = Typed.number("highest", "限值", highest, 0, 1_000_000);
        if (least != null && least >= most) throw new Refusal("lowest", "「下限」应小于「限值」，请核对。");
        return new Amount(factor, kind, least, most);
    }

    /** As typed. @param lastDay not before today: what has been judged by it stays as it was */
    public void end(long id, @Nullable String lastDay) {
        requireKeeper();
        LocalDate last = Typed.day("lastDay", "最后一天", lastDay);
        if (last.isBefore(ChineseTime.day(clock.instant())))
            throw new Refusal("lastDay", "「最后一天」不能早于今天，已判定的数据不因限值调整而改变，请重新选择。");
        EmissionLimit limit = standard(id);
        LocalDate until = limit.validUntil();
        if (until != null && until.isBefore(last))
            throw new Refusal("lastDay", "这项限值到" + ChineseTime.text(until) + "已经失效，请核对。");
        if (last.isBefore(limit.validFrom())) throw new Refusal("lastDay", "「最后一天」早于生效日期，请核对。");
        db.sql("update monitoring_limit set valid_until = ? where id = ?")
                .params(last, id)
                .update();
        audit.record("monitoring.endStandardLimit", null, limit.basis() + " " + limit.factor() + " 至" + last);
    }

    /** On the day on which it was entered, because it was entered wrongly. */
    public void delete(long id) {
        requireKeeper();
        Standard one = standards(null).stream()
                .filter(row -> row.limit().id() == id)
                .findFirst()
                .orElseThrow(Limits::gone);
        if (!one.fresh()) throw new Refusal("只有当天录入的限值可以删除，以前录入的请填写失效日期。");
        db.sql("delete from monitoring_limit where id = ? and source <> 'permit'")
                .param(id)
                .update();
        audit.record(
                "monitoring.deleteStandardLimit",
                null,
                one.category() + " " + one.limit().factor() + " "
                        + plain(one.limit().highest()));
    }

    private EmissionLimit standard(long id) {
        return standards(null).stream()
                .map(Standard::limit)
                .filter(limit -> limit.id() == id)
                .findFirst()
                .orElseThrow(Limits::gone);
    }

    private static Refusal gone() {
        return new Refusal("没有这项限值，请刷新页面后再试。");
    }

    /** As typed. @param industry of {@link #INDUSTRIES}: which exemptions of starting and stopping concern it */
    public void addCategory(@Nullable String industry, @Nullable String name) {
        requireKeeper();
        if (industry == null || !INDUSTRIES.containsKey(industry)) throw new Refusal("industry", "「行业」请在列表中选择。");
        String words = Typed.needed("name", "类别名称", name, 100);
        if (outletBook.categories().containsValue(words)) throw new Refusal("name", "已有类别「" + words + "」，请直接选用。");
        long number = db.sql("select count(*) + 1 from monitoring_limit_category")
                .query(Long.class)
                .single();
        try {
            db.sql("insert into monitoring_limit_category (code, name) values (?, ?)")
                    .params(industry + "-" + number, words)
                    .update();
        } catch (DuplicateKeyException taken) {
            throw new Refusal("刚刚有人增加了类别，请刷新页面后再试。");
        }
        audit.record("monitoring.addLimitCategory", null, words);
    }

    /** Outlets on which this page answers, for who sees all. */
    @Transactional(readOnly = true)
    public List<Outlet> outlets() {
        requireReader();
        return registry.outlets();
    }

    private static Map<String, String> industries() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("boiler", "锅炉");
        names.put("thermal-power", "火电");
        names.put("cement-kiln", "水泥窑");
        names.put("sinter", "烧结");
        names.put("other", "其他");
        return Collections.unmodifiableMap(names);
    }
}
