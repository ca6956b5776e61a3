package org.banhao.casefile.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.banhao.base.StandingIn.Absent;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.flow.Step;
import org.banhao.flow.StepEvent;
import org.banhao.flow.StepEvent.StepDone;
import org.banhao.flow.StepEvent.StepOffered;
import org.banhao.flow.StepEvent.StepWithdrawn;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The table of open steps: follows the engine's events inside its transaction, one row per open task and candidate group
 * ({@code ''} when it has none), with what cards show copied from the case row.
 */
@Component
class OpenStepRows implements OpenSteps {
    static final String NO_GROUP = "";

    private final JdbcClient jdbc;
    private final Deadlines deadlines;

    OpenStepRows(JdbcClient jdbc, Deadlines deadlines) {
        this.jdbc = jdbc;
        this.deadlines = deadlines;
    }

    @EventListener
    @Transactional
    public void on(StepEvent event) {
        if (event instanceof StepOffered offered) {
            write(offered);
            return;
        }
        Step step = event.step();
        remove(Objects.requireNonNull(step.taskId()));
        String instance = step.instanceId();
        String task = step.task();
        if (instance == null || task == null) return;
        // several tasks of one definition (multi-instance) carry one obligation: it ends with the last of them
        if (stillOpen(instance, task)) return;
        if (event instanceof StepDone) deadlines.met(instance, task);
        if (event instanceof StepWithdrawn) deadlines.cancel(instance, task);
    }

    /** Writes the whole state of a task in place of what was there. */
    void write(StepOffered offered) {
        Step step = offered.step();
        String taskId = Objects.requireNonNull(step.taskId());
        if (!offered.first()) clear(taskId);
        Instant due = offered.due();
        for (String group : offered.groups().isEmpty() ? List.of(NO_GROUP) : offered.groups()) {
            jdbc.sql("""
                            insert into casefile_open_step
                                (task_id, group_id, assignee, name, description, process, process_name, definition_id,
                                 task, instance_id, execution_id, priority, created, due, suspended,
                                 number, title, unit, important)
                            select :taskId, :group, cast(:assignee as varchar(64)), :name, cast(:description as text),
                                   :process, :processName, :definition, :task, :instance, :execution,
                                   cast(:priority as integer), cast(:created as timestamp with time zone),
                                   cast(:due as timestamp with time zone), cast(:suspended as boolean),
                                   cast(:number as varchar(40)), c.title, c.unit, coalesce(c.important, false)
                            from (select 1 as x) one left join casefile_case c on c.number = :number""")
                    .param("taskId", taskId)
                    .param("group", group)
                    .param("assignee", offered.assignee())
                    .param("name", shortened(offered.name()))
                    .param("description", offered.description())
                    .param("process", step.process())
                    .param("processName", shortened(offered.processName()))
                    .param("definition", step.definitionId())
                    .param("task", step.task())
                    .param("instance", step.instanceId())
                    .param("execution", offered.executionId())
                    .param("priority", offered.priority())
                    .param("created", offered.created().atOffset(ZoneOffset.UTC))
                    .param("due", due == null ? null : due.atOffset(ZoneOffset.UTC))
                    .param("suspended", offered.suspended())
                    .param("number", step.caseNumber())
                    .update();
        }
    }

    /**
     * Makes room for another state of the task. Locked before it is deleted: of two who change a task at once the second must see
     * what the first wrote, or his insert meets the new row as a duplicate key. The engine's revision then tells him he was slower.
     */
    void clear(String taskId) {
        jdbc.sql("select group_id from casefile_open_step where task_id = ? order by group_id for update")
                .param(taskId)
                .query(String.class)
                .list();
        remove(taskId);
    }

    void remove(String taskId) {
        jdbc.sql("delete from casefile_open_step where task_id = ?")
                .param(taskId)
                .update();
    }

    private boolean stillOpen(String instance, String task) {
        return jdbc.sql("select count(*) from casefile_open_step where instance_id = ? and task = ?")
                        .params(instance, task)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    // ---- reading

    @Override
    @Transactional(readOnly = true)
    public List<OpenStep> ofCase(String number) {
        return merged(jdbc.sql("select * from casefile_open_step where number = ? order by created, task_id, group_id")
                .param(number)
                .query(OpenStepRows::openStep)
                .list());
    }

    /** Those of many cases. */
    List<OpenStep> ofCases(Collection<String> numbers) {
        if (numbers.isEmpty()) return List.of();
        return merged(jdbc.sql("select * from casefile_open_step where number in (:numbers)"
                        + " order by number, created, task_id, group_id")
                .param("numbers", numbers)
                .query(OpenStepRows::openStep)
                .list());
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenStep> dueBefore(Instant moment, int most) {
        return merged(jdbc.sql("""
                        select * from casefile_open_step where task_id in (
                          select task_id from casefile_open_step
                          where due < :moment and suspended = false and number is not null and number not like :mock
                          group by task_id order by min(due), task_id fetch first :most rows only)
                        order by due, number, task_id, group_id""")
                .param("moment", moment.atOffset(ZoneOffset.UTC))
                .param("mock", CaseFiles.MOCK + "-%")
                .param("most", most)
                .query(OpenStepRows::openStep)
                .list());
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenStep> active(String number) {
        return merged(jdbc.sql("""
                        select * from casefile_open_step where number = ? and suspended = false
                        order by created, task_id, group_id""").param(number).query(OpenStepRows::openStep).list());
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenStep> heldBy(String personId) {
        return merged(
                jdbc.sql("select * from casefile_open_step where assignee = ? order by created, task_id, group_id")
                        .param(personId)
                        .query(OpenStepRows::openStep)
                        .list());
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenStep> all() {
        return merged(jdbc.sql("""
                        select * from casefile_open_step
                        where suspended = false and (number is null or number not like :mock)
                        order by created, task_id, group_id""")
                .param("mock", CaseFiles.MOCK + "-%")
                .query(OpenStepRows::openStep)
                .list());
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenStep> waiting(String process, String task) {
        return merged(jdbc.sql("""
                        select * from casefile_open_step
                        where process = ? and task = ? and suspended = false order by created, task_id, group_id""")
                .params(process, task)
                .query(OpenStepRows::openStep)
                .list());
    }

    Optional<OpenStep> find(String taskId) {
        return merged(jdbc.sql("select * from casefile_open_step where task_id = ? order by group_id")
                        .param(taskId)
                        .query(OpenStepRows::openStep)
                        .list())
                .stream()
                .findFirst();
    }

    /** Steps one of them holds, or that are offered to a group of his that is lent; whether they are lent is looked at by the caller. */
    List<OpenStep> lent(List<Absent> absents) {
        return merged(jdbc.sql("""
                        select * from casefile_open_step where task_id in (
                          select task_id from casefile_open_step
                          where assignee in (:people) or assignee is null and group_id in (:groups))
                        order by created, task_id, group_id""")
                .param("people", absents.stream().map(Absent::id).toList())
                .param(
                        "groups",
                        absents.stream()
                                .flatMap(one -> one.groups().stream())
                                .distinct()
                                .toList())
                .query(OpenStepRows::openStep)
                .list());
    }

    /** Ids of tasks the person holds that were offered to the group. */
    List<String> heldFor(String personId, String groupId) {
        return jdbc.sql("select task_id from casefile_open_step where assignee = ? and group_id = ? order by task_id")
                .params(personId, groupId)
                .query(String.class)
                .list();
    }

    private static List<OpenStep> merged(List<OpenStep> rows) {
        Map<String, OpenStep> byTask = new LinkedHashMap<>();
        for (OpenStep row : rows) {
            byTask.merge(row.taskId(), row, (a, b) -> {
                List<String> groups = new ArrayList<>(a.groups());
                groups.addAll(b.groups());
                return new OpenStep(
                        a.taskId(),
                        a.process(),
                        a.task(),
                        a.name(),
                        a.assignee(),
                        List.copyOf(groups),
                        a.due(),
                        a.created(),
                        a.caseNumber(),
                        a.title(),
                        a.instanceId());
            });
        }
        return List.copyOf(byTask.values());
    }

    private static OpenStep openStep(ResultSet row, int n) throws SQLException {
        String group = row.getString("group_id");
        return new OpenStep(
                row.getString("task_id"),
                row.getString("process"),
                row.getString("task"),
                row.getString("name"),
                row.getString("assignee"),
                group.equals(NO_GROUP) ? List.of() : List.of(group),
                instant(row, "due"),
                Objects.requireNonNull(instant(row, "created")),
                Objects.requireNonNullElse(row.getString("number"), ""),
                Objects.requireNonNullElse(row.getString("title"), ""),
                row.getString("instance_id"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    static String shortened(String text) {
        return text.length() <= 255 ? text : text.substring(0, 254) + "…";
    }
}
