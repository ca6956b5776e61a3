package org.banhao.calendar.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.calendar.DeadlineRule;
import org.banhao.calendar.DeadlineRules;
import org.banhao.calendar.TermUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional
class StoredDeadlineRules implements DeadlineRules {

    private static final LocalTime CUT_OFF = LocalTime.of(18, 0);

    private final JdbcClient jdbc;
    private final CalendarStore store;
    private final Clock clock;
    private final CurrentActor actor;
    private final Audit audit;

    StoredDeadlineRules(JdbcClient jdbc, CalendarStore store, Clock clock, CurrentActor actor, Audit audit) {
        this.jdbc = jdbc;
        this.store = store;
        this.clock = clock;
        this.actor = actor;
        this.audit = audit;
    }

    @Override
    public List<DeadlineRule> all() {
        return jdbc.sql(
                        "select r.* from calendar_deadline_rule r join (select rule_key, min(id) as place from calendar_deadline_rule "
                                + "group by rule_key) f on f.rule_key = r.rule_key order by f.place, r.valid_from desc")
                .query((rs, n) -> rule(rs))
                .list();
    }

    /** The row under which a term of that obligation starts on that day. */
    Optional<InForce> inForce(String key, LocalDate day) {
        return jdbc.sql("select r.*, (" + CalendarStore.NEWEST + ") as newest_notice from calendar_deadline_rule r "
                        + "where rule_key = ? and valid_from <= ? and (valid_to is null or valid_to >= ?)")
                .params(key, day, day)
                .query((rs, n) -> new InForce(rule(rs), rs.getLong("newest_notice")))
                .optional();
    }

    /** @throws Refusal there is none */
    InForce required(String key, LocalDate day) {
        return inForce(key, day).orElseThrow(() -> new Refusal("没有“" + key + "”的时限规定，请由规则管理员在“办理时限”页补上。"));
    }

    /** @param newestNotice for {@link CalendarStore#days(long)}: who owes needs both, and asks once */
    record InForce(DeadlineRule rule, long newestNotice) {}

    DeadlineRule byId(long id) {
        return jdbc.sql("select * from calendar_deadline_rule where id = ?")
                .param(id)
                .query((rs, n) -> rule(rs))
                .single();
    }

    @Override
    public DeadlineRule add(NewRule rule) {
        check(rule);
        List<DeadlineRule> rows = jdbc.sql(
                        "select * from calendar_deadline_rule where rule_key = ? order by valid_from desc for update")
                .param(rule.key())
                .query((rs, n) -> rule(rs))
                .list();
        if (rows.isEmpty()) throw new Refusal("key", "没有“" + rule.key() + "”这个时限项目，请从列表中选择。");
        DeadlineRule last = rows.get(0);
        if (!rule.validFrom().isAfter(last.validFrom())) {
            throw new Refusal(
                    "validFrom",
                    "“" + last.name() + "”已有自" + ChineseTime.text(last.validFrom()) + "起的规定，新规定的生效日期须晚于这一天。");
        }
        if (rule.unit().clock() && !last.byMoment()) {
            throw new Refusal("unit", "“" + last.name() + "”按日计算，时限单位请选择个工作日、日或个月。");
        }
        jdbc.sql("update calendar_deadline_rule set valid_to = ? where id = ?")
                .params(rule.validFrom().minusDays(1), last.id())
                .update();
        var who = actor.get();
        jdbc.sql(
                        "insert into calendar_deadline_rule (rule_key, name, amount, unit, by_moment, cut_off, until_name, basis, range_text, sure, "
                                + "valid_from, entered_by, entered_by_name, entered_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        rule.key(),
                        last.name(),
                        rule.amount(),
                        rule.unit().code(),
                        last.byMoment(),
                        rule.cutOff(),
                        last.untilName(),
                        rule.basis().strip(),
                        rule.range().strip(),
                        rule.sure(),
                        rule.validFrom(),
                        who.id(),
                        who.line(),
                        Rows.moment(clock.instant()))
                .update();
        audit.record(
                "calendar.rule",
                null,
                rule.key() + " 自" + rule.validFrom() + "起 " + rule.amount()
                        + rule.unit().words());
        return inForce(rule.key(), rule.validFrom()).orElseThrow().rule();
    }

    @Override
    @Transactional(readOnly = true)
    public Ending ending(String key, Instant start) {
        InForce found = required(key, ChineseTime.day(start));
        DeadlineRule rule = found.rule();
        return new Ending(
                rule,
                Term.count(store.days(found.newestNotice()), start, rule.amount(), rule.unit(), rule.cutOff())
                        .due());
    }

    @Override
    @Transactional(readOnly = true)
    public Calculation calculate(LocalDate from, int amount, TermUnit unit) {
        if (unit.clock()) throw new Refusal("unit", "从某一天起算的期限，单位请选择个工作日、日或个月。");
        checkAmount(amount, unit);
        if (from.getYear() < 2020 || from.getYear() > 2099) {
            throw new Refusal("from", "起算日须在2020年至2099年之间。");
        }
        Term term = Term.count(store.days(), from, amount, unit, CUT_OFF);
        return new Calculation(term.end(), term.due(), term.words() + "。" + term.warning(), term.provisional());
    }

    private void check(NewRule rule) {
        checkAmount(rule.amount(), rule.unit());
        if (rule.cutOff().getSecond() != 0 || rule.cutOff().getNano() != 0) {
            throw new Refusal("cutOff", "截止时刻只到分钟，例如18:00。");
        }
        String basis = rule.basis().strip();
        if (basis.length() < 4 || basis.length() > 500) {
            throw new Refusal("basis", "依据须写明文件和条款，4至500字，例如“本会工作条例第二十条”。");
        }
        if (rule.range().strip().length() > 500) throw new Refusal("range", "他地做法不超过500字，请缩短。");
        if (!rule.validFrom().isAfter(ChineseTime.day(clock.instant()))) {
            throw new Refusal("validFrom", "生效日期须晚于今天；已经开始的期限仍按原规定计算。");
        }
        if (rule.validFrom().getYear() > 2099) throw new Refusal("validFrom", "生效日期须在2099年以前。");
    }

    private static void checkAmount(int amount, TermUnit unit) {
        if (amount < 1 || amount > unit.most()) {
            throw new Refusal("amount", "时限须在1至" + unit.most() + unit.words() + "之间。");
        }
    }

    private static DeadlineRule rule(ResultSet rs) throws SQLException {
        Instant entered = Rows.instant(rs, "entered_at");
        return new DeadlineRule(
                rs.getLong("id"),
                rs.getString("rule_key"),
                rs.getString("name"),
                rs.getInt("amount"),
                TermUnit.of(rs.getString("unit")),
                rs.getBoolean("by_moment"),
                rs.getObject("cut_off", LocalTime.class),
                rs.getString("until_name"),
                rs.getString("basis"),
                rs.getString("range_text"),
                rs.getBoolean("sure"),
                rs.getObject("valid_from", LocalDate.class),
                rs.getObject("valid_to", LocalDate.class),
                rs.getString("entered_by_name"),
                entered);
    }
}
