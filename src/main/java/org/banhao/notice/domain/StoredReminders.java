package org.banhao.notice.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.calendar.DeadlineRules;
import org.banhao.calendar.WorkCalendar;
import org.banhao.notice.Reminders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional
class StoredReminders implements Reminders {

    private static final int FARTHEST = 60;
    private static final int MOST = 12;

    private final JdbcClient jdbc;
    private final DeadlineRules rules;
    private final WorkCalendar calendar;
    private final CurrentActor actor;
    private final Audit audit;
    private final Clock clock;

    StoredReminders(
            JdbcClient jdbc, DeadlineRules rules, WorkCalendar calendar, CurrentActor actor, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.calendar = calendar;
        this.actor = actor;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, List<Rung>> ladders() {
        return jdbc
                .sql("select * from notice_rung order by rule_key, days")
                .query(StoredReminders::rung)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Rung::ruleKey, LinkedHashMap::new, Collectors.toList()));
    }

    @Override
    public List<String> example(Collection<Rung> ladder, LocalDate dueDay) {
        WorkingDays days = new WorkingDays(calendar);
        return ladder.stream()
                .map(rung -> ChineseTime.text(days.from(dueDay, rung.days())) + "：" + rung.sentence())
                .toList();
    }

    @Override
    public void add(String ruleKey, int days, Collection<Told> told) {
        if (days < -FARTHEST || days > FARTHEST) {
            throw new Refusal("days", "“与到期日相隔”请填写-" + FARTHEST + "至" + FARTHEST + "之间的整数，到期前为负数。");
        }
        List<Rung> ladder = locked(ruleKey);
        if (ladder.isEmpty()) throw new Refusal("key", "该事项没有单独的催办规则，请先设为单独规定。");
        if (ladder.stream().anyMatch(rung -> rung.days() == days)) {
            throw new Refusal("days", "这一天已经有一级催办，请修改原有的那一级。");
        }
        if (ladder.size() >= MOST) throw new Refusal("days", "一项催办规则最多" + MOST + "级，请先删除不用的。");
        insert(ruleKey, days, codes(told));
        audit.record("notice.addRung", null, name(ruleKey) + " " + days + " " + words(told));
    }

    @Override
    public void change(long id, Collection<Told> told) {
        Rung rung = get(id);
        Actor who = actor.get();
        jdbc.sql("update notice_rung set told = ?, entered_by = ?, entered_by_name = ?, entered_at = ? where id = ?")
                .params(codes(told), who.id(), who.line(), now(), id)
                .update();
        audit.record("notice.changeRung", null, name(rung.ruleKey()) + " " + rung.days() + " " + words(told));
    }

    @Override
    public void remove(long id) {
        // before the rung itself: who gives out or takes away a ladder waits in the same order
        locked(USUAL);
        Rung rung = get(id);
        List<Rung> ladder = locked(rung.ruleKey());
        if (ladder.size() == 1) {
            throw new Refusal(
                    rung.ruleKey().equals(USUAL) ? "通用的催办规则至少保留一级，请先增加一级再删除。" : "单独规定的催办至少保留一级；不需要单独规定的，请恢复通用规则。");
        }
        jdbc.sql("delete from notice_rung where id = ?").param(id).update();
        audit.record("notice.removeRung", null, name(rung.ruleKey()) + " " + rung.days());
    }

    @Override
    public void own(String ruleKey) {
        if (rules.all().stream()
                .noneMatch(rule -> !rule.byMoment() && rule.key().equals(ruleKey))) {
            throw new Refusal("key", "没有这个时限事项，请从列表中选择。");
        }
        List<Rung> usual = locked(USUAL);
        if (!locked(ruleKey).isEmpty()) throw new Refusal("key", "该事项已有单独的催办规则，请直接修改。");
        usual.forEach(rung -> insert(ruleKey, rung.days(), codes(rung.told())));
        audit.record("notice.ownLadder", null, name(ruleKey));
    }

    @Override
    public void asUsual(String ruleKey) {
        if (ruleKey.equals(USUAL)) throw new Refusal("key", "通用的催办规则不能删除，请修改其中各级。");
        jdbc.sql("delete from notice_rung where rule_key = ?").param(ruleKey).update();
        audit.record("notice.usualLadder", null, name(ruleKey));
    }

    /** All changes wait for each other at the rungs of the usual ladder, of which there is always one. */
    private List<Rung> locked(String ruleKey) {
        jdbc.sql("select id from notice_rung where rule_key = ? order by id for update")
                .param(USUAL)
                .query(Long.class)
                .list();
        return jdbc.sql("select * from notice_rung where rule_key = ? order by days")
                .param(ruleKey)
                .query(StoredReminders::rung)
                .list();
    }

    private void insert(String ruleKey, int days, String told) {
        Actor who = actor.get();
        jdbc.sql("insert into notice_rung (rule_key, days, told, entered_by, entered_by_name, entered_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(ruleKey, days, told, who.id(), who.line(), now())
                .update();
    }

    private Rung get(long id) {
        return jdbc.sql("select * from notice_rung where id = ? for update")
                .param(id)
                .query(StoredReminders::rung)
                .optional()
                .orElseThrow(() -> new Refusal("没有这一级催办，可能已被删除，请刷新页面后再试。"));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static String name(String ruleKey) {
        return ruleKey.equals(USUAL) ? "通用" : ruleKey;
    }

    private static String codes(Collection<Told> told) {
        if (told.isEmpty()) throw new Refusal("told", "“告知”请至少选择一个对象。");
        return EnumSet.copyOf(told).stream().map(Told::code).collect(Collectors.joining(","));
    }

    private static String words(Collection<Told> told) {
        return EnumSet.copyOf(told).stream().map(Told::words).collect(Collectors.joining("、"));
    }

    private static Rung rung(ResultSet rs, int n) throws SQLException {
        return new Rung(
                rs.getLong("id"),
                rs.getString("rule_key"),
                rs.getInt("days"),
                Arrays.stream(rs.getString("told").split(",")).map(Told::of).toList(),
                rs.getString("entered_by_name"),
                rs.getObject("entered_at", OffsetDateTime.class).toInstant());
    }
}
