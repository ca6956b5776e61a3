package org.banhao.flow.form;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.banhao.base.LastWrites;
import org.banhao.flow.ReadyAnswers.Ready;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Half-filled forms, one per person and step ({@code task id} or {@code start:<process>}). Nobody reads another person's.
 */
@Component
public class Drafts {

    private final JdbcClient jdbc;
    private final LastWrites last;
    private final Clock clock;

    Drafts(JdbcClient jdbc, LastWrites last, Clock clock) {
        this.jdbc = jdbc;
        this.last = last;
        this.clock = clock;
    }

    public static String startOf(String process) {
        return "start:" + process;
    }

    public Optional<String> find(String person, String step) {
        return jdbc.sql("select data from flow_draft where person = ? and step = ?")
                .params(person, step)
                .query(String.class)
                .optional();
    }

    /**
     * Not inside a transaction: two first saves at one moment are settled by a second try.
     *
     * @return whether this is the first draft of this person and step
     */
    public boolean save(String person, String step, String json) {
        if (update(person, step, json) > 0) {
            return false;
        }
        try {
            jdbc.sql("insert into flow_draft (person, step, data, saved_at) values (?, ?, ?, ?)")
                    .params(person, step, json, now())
                    .update();
            return true;
        } catch (DuplicateKeyException saidTwice) {
            update(person, step, json);
            return false;
        }
    }

    public void delete(String person, String step) {
        jdbc.sql("delete from flow_draft where person = ? and step = ?")
                .params(person, step)
                .update();
    }

    /**
     * The task is over: nobody's draft of it is needed, but who had it ready to be handed in is told so first. Joins the engine's
     * transaction.
     *
     * @param person who answered it; null: it ended without an answer
     */
    public void over(String taskId, @Nullable String person) {
        last.add(
                "delete from flow_draft where step = ? and (ready_at is null or person = ?)",
                taskId,
                person == null ? "" : person);
    }

    /** A draft that is saved anew is no longer ready. */
    private int update(String person, String step, String json) {
        return jdbc.sql("""
                        update flow_draft set data = ?, saved_at = ?,
                            ready_step = null, ready_case = null, answer = null, ready_at = null
                        where person = ? and step = ?""").params(json, now(), person, step).update();
    }

    // ---- ready to be handed in with others

    /**
     * Saves the draft and, beside it, the answer as it will be handed in. Not inside a transaction, as {@link #save}.
     *
     * @param step as in {@code Step.key()}
     */
    public void ready(
            String person, String taskId, String json, String step, @Nullable String caseNumber, String answer) {
        save(person, taskId, json);
        jdbc.sql("""
                        update flow_draft set ready_step = ?, ready_case = ?, answer = ?, ready_at = ?
                        where person = ? and step = ?""").params(step, caseNumber, answer, now(), person, taskId).update();
    }

    /** In the order they were made ready. */
    public List<Ready> ready(String person, String step) {
        return jdbc.sql("""
                        select step, ready_step, ready_case, data, ready_at from flow_draft
                        where person = ? and ready_step = ? order by ready_at, step""")
                .params(person, step)
                .query((row, n) -> new Ready(
                        row.getString("step"),
                        row.getString("ready_step"),
                        row.getString("ready_case"),
                        row.getString("data"),
                        row.getObject("ready_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    public Optional<String> readyAnswer(String person, String taskId, String step) {
        return jdbc.sql("select answer from flow_draft where person = ? and step = ? and ready_step = ?")
                .params(person, taskId, step)
                .query(String.class)
                .optional();
    }

    /** Half filled again. */
    public void notReady(String person, String taskId) {
        jdbc.sql("""
                        update flow_draft set ready_step = null, ready_case = null, answer = null, ready_at = null
                        where person = ? and step = ?""").params(person, taskId).update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
