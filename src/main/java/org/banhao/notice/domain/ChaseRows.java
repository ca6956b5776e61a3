package org.banhao.notice.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.banhao.casefile.OpenStep;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What was chased by hand, and its messages while they wait. Every call joins the caller's transaction. */
@Repository
class ChaseRows {

    private final JdbcClient jdbc;
    private final TransactionTemplate savepoint;

    ChaseRows(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** @param by name of that day */
    record Chase(
            long id,
            String number,
            String taskId,
            String step,
            LocalDate day,
            Instant at,
            String personId,
            String by) {}

    /** @return null: somebody has chased it that day; he who is slower waits until the other one is done */
    @Nullable
    Long insert(OpenStep step, LocalDate day, Instant now, String person, String name, String words) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        try {
            // the unique key decides between two; the savepoint keeps PostgreSQL's transaction usable
            savepoint.executeWithoutResult(status -> jdbc.sql("""
                            insert into notice_chase (case_number, task_id, step, chased_on, at, person_id, person_name, told, words)
                            values (?, ?, ?, ?, ?, ?, ?, 0, ?)""")
                    .params(
                            step.caseNumber(),
                            step.taskId(),
                            step.name(),
                            day,
                            now.atOffset(ZoneOffset.UTC),
                            person,
                            name,
                            words)
                    .update(key, "id"));
        } catch (DuplicateKeyException chased) {
            return null;
        }
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    void told(long id, int people) {
        jdbc.sql("update notice_chase set told = ? where id = ?")
                .params(people, id)
                .update();
    }

    /** The last chase of each of these steps, by task; those never chased are left out. */
    Map<String, Chase> last(Collection<String> tasks) {
        Map<String, Chase> last = new HashMap<>();
        if (tasks.isEmpty()) return last;
        jdbc.sql("select * from notice_chase where task_id in (:tasks) order by id")
                .param("tasks", tasks)
                .query((row, n) -> chase(row))
                .list()
                .forEach(one -> last.put(one.taskId(), one));
        return last;
    }

    Optional<Chase> lock(long id) {
        return jdbc.sql("select * from notice_chase where id = ? for update")
                .param(id)
                .query((row, n) -> chase(row))
                .optional();
    }

    void delete(long id) {
        jdbc.sql("delete from notice_chase where id = ?").param(id).update();
    }

    private static Chase chase(ResultSet row) throws SQLException {
        return new Chase(
                row.getLong("id"),
                row.getString("case_number"),
                row.getString("task_id"),
                row.getString("step"),
                row.getObject("chased_on", LocalDate.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("person_id"),
                row.getString("person_name"));
    }

    // ---- their messages

    /** Begins the keys of its messages. */
    static String key(long id) {
        return "chase:" + id + ":";
    }

    /** They wait that long at least, so that the chase can be taken back. */
    void hold(Chase chase, Instant until) {
        jdbc.sql("update notice_outbox set next_at = :until"
                        + " where case_number = :number and notice_key like :key and next_at < :until")
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("number", chase.number())
                .param("key", key(chase.id()) + "%")
                .update();
    }

    /** Those of which no message has left. */
    Set<Long> unsent(Collection<Long> ids) {
        if (ids.isEmpty()) return Set.of();
        return Set.copyOf(jdbc.sql("""
                        select c.id from notice_chase c where c.id in (:ids) and not exists (
                          select 1 from notice_outbox o where o.case_number = c.case_number and o.state = 'sent'
                            and o.notice_key like 'chase:' || cast(c.id as varchar(20)) || ':%')""").param("ids", ids).query(Long.class).list());
    }

    /** @return whether none had left; they are gone then */
    boolean withdraw(Chase chase) {
        List<String> states = jdbc.sql(
                        "select state from notice_outbox where case_number = ? and notice_key like ? order by id for update")
                .params(chase.number(), key(chase.id()) + "%")
                .query(String.class)
                .list();
        if (states.contains("sent")) return false;
        jdbc.sql("delete from notice_outbox where case_number = ? and notice_key like ?")
                .params(chase.number(), key(chase.id()) + "%")
                .update();
        return true;
    }
}
