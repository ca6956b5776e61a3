package org.banhao.flow.form;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.banhao.base.LastWrites;
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

    /** The task is over: nobody's draft of it is needed. Joins the engine's transaction. */
    public void deleteAll(String taskId) {
        last.add("delete from flow_draft where step = ?", taskId);
    }

    private int update(String person, String step, String json) {
        return jdbc.sql("update flow_draft set data = ?, saved_at = ? where person = ? and step = ?")
                .params(json, now(), person, step)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
