package org.banhao.proposal.domain.solicitation;

import static org.banhao.proposal.domain.Rows.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.base.Refusal;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Solicitations, topics and which proposal answers which. Every call joins the caller's transaction. */
@Repository
class SolicitationRows {

    private final JdbcClient jdbc;

    SolicitationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Solicitation> find(String session) {
        return one("session_id", session);
    }

    Optional<Solicitation> byCase(String caseNumber) {
        return one("case_number", caseNumber);
    }

    private Optional<Solicitation> one(String column, String value) {
        return jdbc.sql("select * from proposal_solicitation where " + column + " = :x")
                .param("x", value)
                .query((row, i) -> solicitation(row))
                .optional();
    }

    /** Held until the transaction ends. @throws Refusal none was begun */
    Solicitation lock(String session) {
        jdbc.sql("select session_id from proposal_solicitation where session_id = :session for update")
                .param("session", session)
                .query(String.class)
                .list();
        return find(session).orElseThrow(() -> new Refusal("本届次还没有启动征集，请先在“提案征集”页启动。"));
    }

    private static Solicitation solicitation(ResultSet row) throws SQLException {
        return new Solicitation(
                row.getString("session_id"),
                row.getString("case_number"),
                row.getString("instance_id"),
                Coded.get(SolicitationState.class, row.getString("state")),
                row.getString("call_text"),
                row.getString("call_opinion"),
                Rows.instant(row, "called_at"),
                row.getString("called_name"),
                Rows.instant(row, "closed_at"),
                Rows.integer(row, "closed_members"),
                Rows.integer(row, "closed_participants"),
                Rows.integer(row, "denominator"),
                row.getString("denominator_note"),
                row.getString("summary_text"),
                Rows.day(row, "reminded_on"),
                row.getInt("version"));
    }

    void insert(String session, String caseNumber) {
        jdbc.sql("""
                        insert into proposal_solicitation (session_id, case_number, state, call_text, call_opinion, denominator_note,
                          summary_text, version) values (:session, :number, 'preparing', '', '', '', '', 1)""").param("session", session).param("number", caseNumber).update();
    }

    void instance(String session, String instance) {
        set(session, "instance_id = :v", instance);
    }

    void call(String session, String text) {
        set(session, "state = 'approving', call_text = :v", text);
    }

    void returned(String session, String opinion) {
        set(session, "state = 'preparing', call_opinion = :v", opinion);
    }

    void called(String session, String by, String byName, Instant now) {
        jdbc.sql("""
                        update proposal_solicitation set call_opinion = '', called_at = :now, called_by = :by, called_name = :name,
                          version = version + 1 where session_id = :session""")
                .param("now", at(now))
                .param("by", by)
                .param("name", byName)
                .param("session", session)
                .update();
    }

    void state(String session, SolicitationState state) {
        set(session, "state = :v", state.code());
    }

    /** Open again: what was counted at the first closing hour counts no more. */
    void reopened(String session) {
        jdbc.sql("""
                        update proposal_solicitation set state = 'calling', closed_at = null, closed_members = null,
                          closed_participants = null, version = version + 1
                        where session_id = :session""").param("session", session).update();
    }

    void closed(String session, Instant now, int members, int participants) {
        jdbc.sql("""
                        update proposal_solicitation set state = 'closed', closed_at = :now, closed_members = :members,
                          closed_participants = :participants, version = version + 1 where session_id = :session""")
                .param("now", at(now))
                .param("members", members)
                .param("participants", participants)
                .param("session", session)
                .update();
    }

    void summarized(String session, String text) {
        set(session, "state = 'summarized', summary_text = :v", text);
    }

    void denominator(String session, @Nullable Integer number, String note) {
        jdbc.sql("""
                        update proposal_solicitation set denominator = :number, denominator_note = :note, version = version + 1
                        where session_id = :session""")
                .param("number", number, Types.INTEGER)
                .param("note", note)
                .param("session", session)
                .update();
    }

    void reminded(String session, LocalDate day) {
        jdbc.sql(
                        "update proposal_solicitation set reminded_on = :day, version = version + 1 where session_id = :session")
                .param("day", day)
                .param("session", session)
                .update();
    }

    private void set(String session, String what, String value) {
        jdbc.sql("update proposal_solicitation set " + what + ", version = version + 1 where session_id = :session")
                .param("v", value)
                .param("session", session)
                .update();
    }

    // ---- topics

    List<Topic> topics(String session) {
        return jdbc.sql("select * from proposal_topic where session_id = :session order by number")
                .param("session", session)
                .query((row, i) -> topic(row))
                .list();
    }

    Optional<Topic> topic(long id) {
        return jdbc.sql("select * from proposal_topic where id = :id")
                .param("id", id)
                .query((row, i) -> topic(row))
                .optional();
    }

    private static Topic topic(ResultSet row) throws SQLException {
        return new Topic(
                row.getLong("id"),
                row.getString("session_id"),
                row.getInt("number"),
                row.getString("title"),
                row.getString("source"),
                Rows.value(Category.class, row.getString("category")),
                row.getString("note"));
    }

    void insertTopic(String session, int number, Topics.Entry entry) {
        jdbc.sql("""
                        insert into proposal_topic (session_id, number, title, source, category, note)
                        values (:session, :number, :title, :source, :category, :note)""")
                .param("session", session)
                .param("number", number)
                .param("title", entry.title())
                .param("source", entry.source())
                .param("category", Rows.code(entry.category()), Types.VARCHAR)
                .param("note", entry.note())
                .update();
    }

    void changeTopic(long id, Topics.Entry entry) {
        jdbc.sql("""
                        update proposal_topic set title = :title, source = :source, category = :category, note = :note
                        where id = :id""")
                .param("title", entry.title())
                .param("source", entry.source())
                .param("category", Rows.code(entry.category()), Types.VARCHAR)
                .param("note", entry.note())
                .param("id", id)
                .update();
    }

    void deleteTopic(long id) {
        jdbc.sql("delete from proposal_topic where id = :id").param("id", id).update();
    }

    // ---- which proposal answers which

    void choose(String caseNumber, @Nullable Long topic) {
        jdbc.sql("delete from proposal_topic_choice where case_number = :number")
                .param("number", caseNumber)
                .update();
        if (topic != null) {
            jdbc.sql("insert into proposal_topic_choice (case_number, topic_id) values (:number, :topic)")
                    .param("number", caseNumber)
                    .param("topic", topic)
                    .update();
        }
    }

    Optional<Topic> chosen(String caseNumber) {
        return jdbc.sql("""
                        select t.* from proposal_topic t join proposal_topic_choice c on c.topic_id = t.id
                        where c.case_number = :number""")
                .param("number", caseNumber)
                .query((row, i) -> topic(row))
                .optional();
    }

    /** Topic → how many proposals that were handed in answer it. */
    Map<Long, Integer> answered(String session) {
        Map<Long, Integer> counts = new HashMap<>();
        jdbc.sql("""
                        select c.topic_id, count(*) as n from proposal_topic_choice c
                          join proposal_proposal p on p.case_number = c.case_number
                        where p.session_id = :session and p.handed_in_at is not null and p.withdrawn_at is null
                        group by c.topic_id""").param("session", session).query(row -> {
            counts.put(row.getLong("topic_id"), row.getInt("n"));
        });
        return counts;
    }
}
