package org.banhao.casefile.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.banhao.base.Audit;
import org.banhao.flow.OpenTasks;
import org.banhao.flow.StepEvent.StepOffered;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares the open steps with the engine's tasks at start-up and every night and repairs what differs: work done by SQL or
 * a cascaded deletion of a deployment fires no event. A difference is a defect somewhere, so each is logged and recorded.
 *
 * <p>People work meanwhile. Rows are read before the engine, so a row without a task is really dead; a task without rows, or
 * with other ones, counts only when the engine still says the same after the rows were read again.
 */
@Component
class OpenStepSweep {
    private static final Logger log = LoggerFactory.getLogger(OpenStepSweep.class);

    private final JdbcClient jdbc;
    private final OpenStepRows rows;
    private final OpenTasks tasks;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    OpenStepSweep(
            JdbcClient jdbc,
            OpenStepRows rows,
            OpenTasks tasks,
            Audit audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.tasks = tasks;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** What a row says, in a form two sources can be compared in. */
    private record State(
            @Nullable String assignee,
            String name,
            String definition,
            String task,
            String instance,
            int priority,
            @Nullable Instant due,
            boolean suspended,
            @Nullable String number,
            TreeSet<String> groups) {}

    @EventListener(ApplicationReadyEvent.class)
    @Order(100)
    public void atStart() {
        sweep();
    }

    @Scheduled(cron = "0 40 3 * * *", zone = "Asia/Shanghai")
    public void nightly() {
        sweep();
    }

    /** @return how many tasks and case rows differed */
    int sweep() {
        Integer differences = transaction.execute(status -> {
            // with two nodes the second waits here and then finds nothing
            jdbc.sql("update casefile_sweep set at = ? where name = 'open_step'")
                    .param(clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            return dead() + missingOrOther() + staleCards();
        });
        return Objects.requireNonNull(differences);
    }

    private int dead() {
        Map<String, State> before = stored();
        if (before.isEmpty()) return 0;
        engine().keySet().forEach(before::remove);
        before.forEach((taskId, state) -> {
            rows.remove(taskId);
            tell("dead", taskId, state);
        });
        return before.size();
    }

    private int missingOrOther() {
        Map<String, StepOffered> first = engine();
        Map<String, State> stored = stored();
        List<String> suspects = new ArrayList<>();
        first.forEach((taskId, offered) -> {
            if (!state(offered).equals(stored.get(taskId))) suspects.add(taskId);
        });
        if (suspects.isEmpty()) return 0;
        Map<String, StepOffered> again = engine();
        int repaired = 0;
        for (String taskId : suspects) {
            StepOffered offered = again.get(taskId);
            if (offered == null || !state(offered).equals(state(Objects.requireNonNull(first.get(taskId))))) continue;
            rows.clear(taskId);
            rows.write(offered);
            tell(stored.containsKey(taskId) ? "other" : "missing", taskId, state(offered));
            repaired++;
        }
        return repaired;
    }

    /** Title and unit of a case changed while one of its tasks was being written. */
    private int staleCards() {
        List<String> numbers = jdbc.sql("""
                        select distinct s.number from casefile_open_step s join casefile_case c on c.number = s.number
                        where s.title is null or s.unit is null
                           or s.title <> c.title or s.unit <> c.unit or s.important <> c.important""").query(String.class).list();
        for (String number : numbers) {
            jdbc.sql("""
                            update casefile_open_step set
                                title = (select title from casefile_case where number = :number),
                                unit = (select unit from casefile_case where number = :number),
                                important = (select important from casefile_case where number = :number)
                            where number = :number""").param("number", number).update();
            log.warn("Open steps of {} showed an old title, unit or mark", number);
            audit.record("casefile.reconcile", number, "card");
        }
        return numbers.size();
    }

    private void tell(String difference, String taskId, State state) {
        log.warn("Open step {} of task {} ({}) was repaired", difference, taskId, state.task());
        audit.record("casefile.reconcile", state.number(), difference + " " + taskId + " " + state.task());
    }

    private Map<String, StepOffered> engine() {
        Map<String, StepOffered> open = new HashMap<>();
        tasks.all()
                .forEach(offered ->
                        open.put(Objects.requireNonNull(offered.step().taskId()), offered));
        return open;
    }

    private Map<String, State> stored() {
        Map<String, State> stored = new HashMap<>();
        jdbc.sql("select * from casefile_open_step").query(row -> {
            String group = row.getString("group_id");
            State state = new State(
                    row.getString("assignee"),
                    row.getString("name"),
                    row.getString("definition_id"),
                    row.getString("task"),
                    row.getString("instance_id"),
                    row.getInt("priority"),
                    OpenStepRows.instant(row, "due"),
                    row.getBoolean("suspended"),
                    row.getString("number"),
                    new TreeSet<>());
            TreeSet<String> groups = stored.computeIfAbsent(row.getString("task_id"), id -> state)
                    .groups();
            if (!group.equals(OpenStepRows.NO_GROUP)) groups.add(group);
        });
        return stored;
    }

    private static State state(StepOffered offered) {
        Instant due = offered.due();
        return new State(
                offered.assignee(),
                OpenStepRows.shortened(offered.name()),
                offered.step().definitionId(),
                Objects.requireNonNull(offered.step().task()),
                Objects.requireNonNull(offered.step().instanceId()),
                offered.priority(),
                due == null ? null : due.truncatedTo(ChronoUnit.MICROS),
                offered.suspended(),
                offered.step().caseNumber(),
                new TreeSet<>(offered.groups()));
    }
}
