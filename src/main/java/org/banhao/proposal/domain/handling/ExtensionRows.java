package org.banhao.proposal.domain.handling;

import static org.banhao.proposal.domain.Rows.at;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Rows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Requests for more time. Every call joins the caller's transaction. */
@Repository
class ExtensionRows {

    private final JdbcClient jdbc;

    ExtensionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DuplicateKeyException one is open already */
    long insert(long handling, String reason, Instant before, Instant wanted, String person, String name, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into proposal_extension (handling_id, reason, due_before, due_wanted, asked_by, asked_name, asked_at, state,
                          approved_opinion, decided_opinion, open_key)
                        values (:handling, :reason, :before, :wanted, :person, :name, :now, 'asked', '', '', :handling)""")
                .param("handling", handling)
                .param("reason", reason)
                .param("before", at(before))
                .param("wanted", at(wanted))
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    void instance(long id, String instance) {
        jdbc.sql("update proposal_extension set instance_id = :instance where id = :id")
                .param("instance", instance)
                .param("id", id)
                .update();
    }

    Optional<Extension> byInstance(String instance) {
        return list("instance_id = :x", instance).stream().findFirst();
    }

    Optional<Extension> open(long handling) {
        return list("open_key = :x", handling).stream().findFirst();
    }

    List<Extension> of(long handling) {
        return list("handling_id = :x", handling);
    }

    private List<Extension> list(String where, Object value) {
        return jdbc.sql("select * from proposal_extension where " + where + " order by id")
                .param("x", value)
                .query((row, i) -> new Extension(
                        row.getLong("id"),
                        row.getLong("handling_id"),
                        row.getString("instance_id"),
                        row.getString("reason"),
                        Rows.present(row, "due_before"),
                        Rows.present(row, "due_wanted"),
                        row.getString("asked_by"),
                        row.getString("asked_name"),
                        Rows.present(row, "asked_at"),
                        Coded.get(ExtensionState.class, row.getString("state")),
                        row.getString("approved_name"),
                        row.getString("decided_name"),
                        row.getString("decided_opinion")))
                .list();
    }

    void approved(long id, String name, String opinion) {
        jdbc.sql("""
                        update proposal_extension set state = 'approved', approved_name = :name, approved_opinion = :opinion
                        where id = :id""")
                .param("name", name)
                .param("opinion", opinion)
                .param("id", id)
                .update();
    }

    /** Over, one way or another. */
    void ended(long id, ExtensionState state, String name, String opinion, Instant now) {
        jdbc.sql("""
                        update proposal_extension set state = :state, decided_name = :name, decided_opinion = :opinion, ended_at = :now,
                          open_key = null where id = :id""")
                .param("state", state.code())
                .param("name", name)
                .param("opinion", opinion)
                .param("now", at(now))
                .param("id", id)
                .update();
    }
}
