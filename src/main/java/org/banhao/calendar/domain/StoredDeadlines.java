package org.banhao.calendar.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.base.Vendor;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.DeadlineChange;
import org.banhao.calendar.DeadlineHistory;
import org.banhao.calendar.DeadlineRule;
import org.banhao.calendar.Deadlines;
import org.banhao.calendar.HolidayNotices;
import org.banhao.calendar.OpenDeadlines;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

@Component
@Transactional
class StoredDeadlines implements Deadlines, DeadlineHistory, OpenDeadlines {

    private final JdbcClient jdbc;
    private final CalendarStore store;
    private final StoredDeadlineRules rules;
    private final Clock clock;
    private final CurrentActor actor;
    private final Audit audit;
    private final Vendor vendor;
    private final TransactionTemplate savepoint;

    StoredDeadlines(
            JdbcClient jdbc,
            CalendarStore store,
            StoredDeadlineRules rules,
            Clock clock,
            CurrentActor actor,
            Audit audit,
            Vendor vendor,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.store = store;
        this.rules = rules;
        this.clock = clock;
        this.actor = actor;
        this.audit = audit;
        this.vendor = vendor;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @Override
    public Deadline owe(String caseNumber, String key, @Nullable String instanceId, @Nullable String task) {
        return owe(caseNumber, key, instanceId, task, null, null);
    }

    @Override
    public Deadline owe(
            String caseNumber,
            String key,
            @Nullable String instanceId,
            @Nullable String task,
            @Nullable Instant until,
            @Nullable String untilWords) {
        String openKey = openKey(caseNumber, key, instanceId);
        Instant now = clock.instant();
        StoredDeadlineRules.InForce found = rules.required(key, ChineseTime.day(now));
        DeadlineRule rule = found.rule();
        if (until != null && rule.untilName() != null && until.isAfter(now)) {
            String sentence = "至" + ChineseTime.text(until) + "，"
                    + (untilWords == null ? "即" + rule.untilName() : untilWords) + "。"
                    + Term.source(rule.basis(), rule.range(), rule.sure());
            return insert(owed(openKey, caseNumber, rule, now, until, sentence, false, false, instanceId, task));
        }
        return counted(openKey, caseNumber, found, now, instanceId, task);
    }

    @Override
    public Deadline oweFrom(
            String caseNumber, String key, @Nullable String instanceId, @Nullable String task, Instant start) {
        String openKey = openKey(caseNumber, key, instanceId);
        return counted(openKey, caseNumber, rules.required(key, ChineseTime.day(start)), start, instanceId, task);
    }

    @Override
    public Deadline oweAtMost(
            String caseNumber,
            String key,
            @Nullable String instanceId,
            @Nullable String task,
            Instant latest,
            String latestWords) {
        String openKey = openKey(caseNumber, key, instanceId);
        Instant now = clock.instant();
        StoredDeadlineRules.InForce found = rules.required(key, ChineseTime.day(now));
        DeadlineRule rule = found.rule();
        Instant due = count(store.days(found.newestNotice()), rule, now).due();
        if (!latest.isAfter(now) || !due.isAfter(latest))
            return counted(openKey, caseNumber, found, now, instanceId, task);
        String sentence = "至" + ChineseTime.text(latest) + "，" + latestWords + "。"
                + Term.source(rule.basis(), rule.range(), rule.sure());
        return insert(owed(openKey, caseNumber, rule, now, latest, sentence, false, false, instanceId, task));
    }

    /** At most one row of an obligation is open. */
    private static String openKey(String caseNumber, String key, @Nullable String instanceId) {
        return caseNumber + "|" + key + "|" + (instanceId == null ? "" : instanceId);
    }

    private Deadline counted(
            String openKey,
            String caseNumber,
            StoredDeadlineRules.InForce found,
            Instant start,
            @Nullable String instanceId,
            @Nullable String task) {
        DeadlineRule rule = found.rule();
        Term term = count(store.days(found.newestNotice()), rule, start);
        String sentence = term.sentence(rule.basis(), rule.range(), rule.sure());
        return insert(owed(
                openKey, caseNumber, rule, start, term.due(), sentence, term.provisional(), true, instanceId, task));
    }

    @Override
    public Deadline fix(String caseNumber, String key, String name, Instant due, String basis) {
        String openKey = caseNumber + "|" + key + "|";
        Optional<Deadline> present = byOpenKey(openKey);
        if (present.isPresent()) {
            if (present.get().due().equals(due)) return present.get();
            return move(present.get().id(), due, "另行确定时间，依据：" + basis);
        }
        String sentence = "至" + ChineseTime.text(due) + "。依据：" + basis + "。";
        return insert(new Draft(
                openKey,
                caseNumber,
                key,
                null,
                name,
                clock.instant(),
                due,
                basis,
                "",
                true,
                sentence,
                false,
                false,
                null,
                null));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Deadline> open(String caseNumber, String key) {
        return jdbc.sql("select * from calendar_deadline where case_number = ? and rule_key = ? and state = 'open' "
                        + "order by id desc fetch first 1 rows only")
                .params(caseNumber, key)
                .query((rs, n) -> deadline(rs))
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, Deadline> open(Collection<String> caseNumbers, String key) {
        if (caseNumbers.isEmpty()) return Map.of();
        Map<String, Deadline> newest = new HashMap<>();
        jdbc.sql(
                        "select * from calendar_deadline where case_number in (:numbers) and rule_key = :key and state = 'open' "
                                + "order by id")
                .param("numbers", caseNumbers)
                .param("key", key)
                .query((rs, n) -> deadline(rs))
                .list()
                .forEach(row -> newest.put(row.caseNumber(), row));
        return newest;
    }

    @Override
    public void met(String instanceId, String task) {
        jdbc.sql("update calendar_deadline set state = 'met', open_key = null, ended_at = ? "
                        + "where instance_id = ? and task = ? and state = 'open'")
                .params(Rows.moment(clock.instant()), instanceId, task)
                .update();
    }

    @Override
    public void carried(String instanceId, Map<String, String> renamed) {
        for (Map<String, Object> row : jdbc.sql(
                        "select id, case_number, task from calendar_deadline where instance_id = ? and state = 'open' order by id")
                .param(instanceId)
                .query()
                .listOfRows()) {
            String by = renamed.get(String.valueOf(row.get("task")));
            if (by == null) continue;
            jdbc.sql("update calendar_deadline set task = ? where id = ?")
                    .params(by, row.get("id"))
                    .update();
            audit.record("calendar.carried", (String) row.get("case_number"), row.get("task") + " → " + by);
        }
    }

    @Override
    public void cancel(String instanceId, String task) {
        jdbc.sql(
                        "update calendar_deadline set state = case when due_at <= :now then 'lapsed' else 'cancelled' end,"
                                + " open_key = null, ended_at = :now where instance_id = :instance and task = :task and state = 'open'")
                .param("now", Rows.moment(clock.instant()))
                .param("instance", instanceId)
                .param("task", task)
                .update();
    }

    @Override
    public void lapsed(long id) {
        jdbc.sql(
                        "update calendar_deadline set state = 'lapsed', open_key = null, ended_at = ? where id = ? and state = 'open'")
                .params(Rows.moment(clock.instant()), id)
                .update();
    }

    @Override
    public Deadline move(long id, Instant due, String reason) {
        String why = reason.strip();
        if (why.isEmpty()) throw new Refusal("reason", "请写明调整期限的原因。");
        if (why.length() > 500) throw new Refusal("reason", "调整期限的原因不超过500字，请缩短。");
        Deadline before = locked(id);
        if (!before.state().equals("open")) {
            throw new Refusal("“" + before.name() + "”的期限已经结束，不能再调整；需要时请重新发起这一步。");
        }
        if (!due.isAfter(before.start())) {
            throw new Refusal("due", "新的期限须晚于起算时间" + ChineseTime.text(before.start()) + "。");
        }
        Instant to = due.truncatedTo(ChronoUnit.SECONDS);
        if (to.equals(before.due())) return before;
        Actor who = actor.get();
        String sentence = ChineseTime.text(clock.instant()) + "由" + who.line() + "从" + ChineseTime.text(before.due())
                + "调整到" + ChineseTime.text(to) + "，原因：" + why + "。原为：" + before.sentence();
        jdbc.sql(
                        "update calendar_deadline set due_at = ?, sentence = ?, provisional = false, counted = false where id = ?")
                .params(Rows.moment(to), sentence, id)
                .update();
        changed(before, to, "move", why, who);
        audit.record(
                "calendar.move",
                before.caseNumber(),
                before.name() + " " + ChineseTime.text(before.due()) + " → " + ChineseTime.text(to));
        return byId(id);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Deadline> of(String caseNumber) {
        return jdbc.sql("select * from calendar_deadline where case_number = ? order by id")
                .param(caseNumber)
                .query((rs, n) -> deadline(rs))
                .list();
    }

    @Override
    public Map<String, List<Deadline>> of(Collection<String> caseNumbers) {
        if (caseNumbers.isEmpty()) return Map.of();
        return jdbc
                .sql("select * from calendar_deadline where case_number in (:numbers) order by id")
                .param("numbers", caseNumbers)
                .query((rs, n) -> deadline(rs))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Deadline::caseNumber));
    }

    @Override
    public List<Deadline> putBack(
            String caseNumber, List<Deadline> before, Set<Long> since, Map<String, String> renamed) {
        Map<Long, Deadline> stood = new HashMap<>();
        before.forEach(row -> stood.put(row.id(), row));
        List<Deadline> reopened = new ArrayList<>();
        List<Deadline> now = of(caseNumber);
        // first the open ones make room: at most one is open for each obligation
        for (Deadline row : now) {
            if (stood.containsKey(row.id())) continue;
            if (!since.contains(row.id())) {
                jdbc.sql("delete from calendar_deadline_change where deadline_id = ?")
                        .param(row.id())
                        .update();
                jdbc.sql("delete from calendar_deadline where id = ?")
                        .param(row.id())
                        .update();
            } else if (row.state().equals("open")) {
                jdbc.sql("update calendar_deadline set state = 'cancelled', open_key = null, ended_at = ? where id = ?")
                        .params(Rows.moment(clock.instant()), row.id())
                        .update();
            }
        }
        for (Deadline row : now) {
            Deadline then = stood.get(row.id());
            if (then == null) continue;
            String instance = then.instanceId();
            String called = instance == null ? null : renamed.getOrDefault(instance, instance);
            boolean open = then.state().equals("open");
            boolean same = then.state().equals(row.state())
                    && then.due().equals(row.due())
                    && Objects.equals(called, row.instanceId());
            if (same) continue;
            String openKey = open ? caseNumber + "|" + then.key() + "|" + (called == null ? "" : called) : null;
            jdbc.sql("update calendar_deadline set state = :state, due_at = :due, sentence = :sentence, "
                            + "provisional = :provisional, instance_id = :instance, open_key = :openKey, "
                            + "ended_at = case when :state = 'open' then null else ended_at end where id = :id")
                    .param("state", then.state())
                    .param("due", Rows.moment(then.due()))
                    .param("sentence", then.sentence())
                    .param("provisional", then.provisional())
                    .param("instance", called)
                    .param("openKey", openKey)
                    .param("id", row.id())
                    .update();
            if (open) reopened.add(byId(row.id()));
        }
        audit.record("calendar.putBack", caseNumber, reopened.size() + "项期限恢复");
        return reopened;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Deadline> dueBefore(Instant until) {
        return jdbc.sql("select * from calendar_deadline where state = 'open' and due_at < ? order by due_at, id")
                .param(Rows.moment(until))
                .query((rs, n) -> deadline(rs))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Deadline> lapsed(Collection<String> instanceIds) {
        if (instanceIds.isEmpty()) return List.of();
        return jdbc.sql(
                        "select * from calendar_deadline where state = 'lapsed' and instance_id in (:instances) order by id")
                .param("instances", instanceIds)
                .query((rs, n) -> deadline(rs))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public List<DeadlineChange> changes(long id) {
        return jdbc.sql("select * from calendar_deadline_change where deadline_id = ? order by id")
                .param(id)
                .query((rs, n) -> new DeadlineChange(
                        Rows.instant(rs, "from_at"),
                        Rows.instant(rs, "to_at"),
                        rs.getString("kind"),
                        rs.getString("reason"),
                        rs.getString("changed_by_name"),
                        Rows.instant(rs, "changed_at")))
                .list();
    }

    @Override
    public List<Deadline> recompute(int year) {
        DayTable days = store.days();
        Actor who = actor.get();
        List<Deadline> moved = new ArrayList<>();
        for (Counted row : reaching(year, true)) {
            Deadline before = row.deadline();
            Term term = count(days, row.rule(), before.start());
            String sentence = term.sentence(before.basis(), before.range(), before.sure());
            boolean same = term.due().equals(before.due());
            if (same && sentence.equals(before.sentence())) continue;
            jdbc.sql("update calendar_deadline set due_at = ?, sentence = ?, provisional = ? where id = ?")
                    .params(Rows.moment(term.due()), sentence, term.provisional(), before.id())
                    .update();
            if (same) continue;
            changed(before, term.due(), "recompute", year + "年放假安排公布后重算", who);
            moved.add(byId(before.id()));
        }
        audit.record("calendar.recompute", null, year + "：" + moved.size() + "项期限变动");
        return moved;
    }

    /** What {@link #recompute} would change with these days; nothing is written. */
    List<HolidayNotices.Move> moves(int year, DayTable days) {
        List<HolidayNotices.Move> moves = new ArrayList<>();
        for (Counted row : reaching(year, false)) {
            Deadline before = row.deadline();
            Term term = count(days, row.rule(), before.start());
            if (!term.due().equals(before.due())) {
                moves.add(new HolidayNotices.Move(
                        before, term.due(), term.sentence(before.basis(), before.range(), before.sure())));
            }
        }
        return moves;
    }

    /** Open counted rows with a day in the year, or in the December before it, which a notice may reach into. */
    private List<Counted> reaching(int year, boolean lock) {
        Instant first =
                LocalDate.of(year - 1, 12, 1).atStartOfDay(ChineseTime.ZONE).toInstant();
        Instant last =
                LocalDate.of(year + 1, 1, 1).atStartOfDay(ChineseTime.ZONE).toInstant();
        return jdbc
                .sql(
                        "select * from calendar_deadline where state = 'open' and counted = true and due_at >= ? and start_at < ? "
                                + "order by id" + (lock ? " for update" : ""))
                .params(Rows.moment(first), Rows.moment(last))
                .query((rs, n) -> new Row(deadline(rs), rs.getLong("rule_id")))
                .list()
                .stream()
                .map(row -> new Counted(row.deadline(), rules.byId(row.ruleId())))
                .toList();
    }

    private static Term count(DayTable days, DeadlineRule rule, Instant start) {
        return Term.count(days, start, rule.amount(), rule.unit(), rule.cutOff());
    }

    private static Draft owed(
            String openKey,
            String caseNumber,
            DeadlineRule rule,
            Instant start,
            Instant due,
            String sentence,
            boolean provisional,
            boolean counted,
            @Nullable String instanceId,
            @Nullable String task) {
        return new Draft(
                openKey,
                caseNumber,
                rule.key(),
                rule.id(),
                rule.name(),
                start,
                due,
                rule.basis(),
                rule.range(),
                rule.sure(),
                sentence,
                provisional,
                counted,
                instanceId,
                task);
    }

    private static final String INSERT =
            "insert into calendar_deadline (case_number, rule_key, rule_id, name, start_at, due_at, basis, range_text, "
                    + "sure, sentence, provisional, counted, state, instance_id, task, open_key) "
                    + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?)";

    /**
     * The unique key decides whether it is owed already, also between two that owe at once, and nothing is asked before: hardly ever is it.
     * On H2 a savepoint keeps the transaction usable.
     */
    private Deadline insert(Draft draft) {
        Long id;
        if (vendor.postgresql()) {
            id = insert(INSERT + " on conflict (open_key) do nothing", draft);
        } else {
            try {
                id = savepoint.execute(status -> insert(INSERT, draft));
            } catch (DuplicateKeyException e) {
                id = null;
            }
        }
        return id == null ? byOpenKey(draft.openKey()).orElseThrow() : draft.owedAs(id);
    }

    /** @return null: there is one */
    private @Nullable Long insert(String sql, Draft draft) {
        KeyHolder key = new GeneratedKeyHolder();
        int rows = jdbc.sql(sql)
                .params(
                        draft.caseNumber(),
                        draft.key(),
                        draft.ruleId(),
                        draft.name(),
                        Rows.moment(draft.start()),
                        Rows.moment(draft.due()),
                        draft.basis(),
                        draft.range(),
                        draft.sure(),
                        draft.sentence(),
                        draft.provisional(),
                        draft.counted(),
                        draft.instanceId(),
                        draft.task(),
                        draft.openKey())
                .update(key, "id");
        return rows == 0 ? null : Rows.key(key);
    }

    private void changed(Deadline before, Instant to, String kind, String reason, Actor who) {
        jdbc.sql(
                        "insert into calendar_deadline_change (deadline_id, from_at, to_at, kind, reason, changed_by, changed_by_name, "
                                + "changed_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        before.id(),
                        Rows.moment(before.due()),
                        Rows.moment(to),
                        kind,
                        reason,
                        who.id(),
                        who.line(),
                        Rows.moment(clock.instant()))
                .update();
    }

    private Deadline byId(long id) {
        return jdbc.sql("select * from calendar_deadline where id = ?")
                .param(id)
                .query((rs, n) -> deadline(rs))
                .single();
    }

    private Deadline locked(long id) {
        return jdbc.sql("select * from calendar_deadline where id = ? for update")
                .param(id)
                .query((rs, n) -> deadline(rs))
                .optional()
                .orElseThrow(() -> new Refusal("没有这一项期限，请刷新页面后再试。"));
    }

    private Optional<Deadline> byOpenKey(String openKey) {
        return jdbc.sql("select * from calendar_deadline where open_key = ?")
                .param(openKey)
                .query((rs, n) -> deadline(rs))
                .optional();
    }

    private static Deadline deadline(ResultSet rs) throws SQLException {
        return new Deadline(
                rs.getLong("id"),
                rs.getString("case_number"),
                rs.getString("rule_key"),
                rs.getString("name"),
                Rows.instant(rs, "start_at"),
                Rows.instant(rs, "due_at"),
                rs.getString("basis"),
                rs.getString("range_text"),
                rs.getBoolean("sure"),
                rs.getString("sentence"),
                rs.getBoolean("provisional"),
                rs.getString("state"),
                rs.getString("instance_id"),
                rs.getString("task"));
    }

    private record Draft(
            String openKey,
            String caseNumber,
            String key,
            @Nullable Long ruleId,
            String name,
            Instant start,
            Instant due,
            String basis,
            String range,
            boolean sure,
            String sentence,
            boolean provisional,
            boolean counted,
            @Nullable String instanceId,
            @Nullable String task) {

        /** As a row keeps it. */
        private Draft {
            start = start.truncatedTo(ChronoUnit.MICROS);
            due = due.truncatedTo(ChronoUnit.SECONDS);
        }

        Deadline owedAs(long id) {
            return new Deadline(
                    id,
                    caseNumber,
                    key,
                    name,
                    start,
                    due,
                    basis,
                    range,
                    sure,
                    sentence,
                    provisional,
                    "open",
                    instanceId,
                    task);
        }
    }

    private record Row(Deadline deadline, long ruleId) {}

    private record Counted(Deadline deadline, DeadlineRule rule) {}
}
