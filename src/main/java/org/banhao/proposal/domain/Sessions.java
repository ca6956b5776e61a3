package org.banhao.proposal.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The sessions (届次). Calls join the caller's transaction. */
@Repository
public class Sessions {

    private final JdbcClient jdbc;

    Sessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What everybody reads as long as there is no session. */
    public static final String NONE_OPEN = "还没有开启届次，暂时不能提出、录入提案和编号。届次由提案委员会办公室工作人员或者提案委员会主任、副主任在“届次”页新建。";

    /** Empty until somebody has entered one. */
    public Optional<Session> open() {
        return jdbc
                .sql("select * from proposal_session where current_one order by id desc")
                .query((row, i) -> session(row))
                .list()
                .stream()
                .findFirst();
    }

    /** @throws Refusal nobody has entered one; says who does */
    public Session current() {
        return open().orElseThrow(() -> new Refusal(NONE_OPEN));
    }

    public Session get(String id) {
        return jdbc.sql("select * from proposal_session where id = :id")
                .param("id", id)
                .query((row, i) -> session(row))
                .optional()
                .orElseThrow(() -> new Refusal("没有这个届次：" + id + "。"));
    }

    /** Held until the transaction ends, so that numbering and publishing exclude each other. */
    public Session lock(String id) {
        jdbc.sql("select id from proposal_session where id = :id for update")
                .param("id", id)
                .query(String.class)
                .single();
        return get(id);
    }

    /** Those whose proposals count, latest closing hour first; no mock session. */
    public List<Session> all() {
        return every().stream().filter(session -> !session.mock()).toList();
    }

    /** Mock sessions too; latest closing hour first. */
    List<Session> every() {
        return jdbc.sql("select * from proposal_session order by closes_at desc, id desc")
                .query((row, i) -> session(row))
                .list();
    }

    /** Rules over several sessions hold: whoever changes one waits for the others. */
    List<Session> lockAll() {
        jdbc.sql("select id from proposal_session order by id for update")
                .query(String.class)
                .list();
        return every();
    }

    /** Mock sessions that one of these organisations conducts, latest closing hour first. */
    List<Session> mocksOf(Collection<String> memberIds) {
        if (memberIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select * from proposal_session where mock and id in
                          (select session_id from proposal_mock_organizer where member_id in (:members))
                        order by closes_at desc, id desc""")
                .param("members", memberIds)
                .query((row, i) -> session(row))
                .list();
    }

    /** Ids of the organisations that conduct this mock session. */
    List<String> organizers(String id) {
        return jdbc.sql("select member_id from proposal_mock_organizer where session_id = :id order by member_id")
                .param("id", id)
                .query(String.class)
                .list();
    }

    void organizers(String id, Collection<String> memberIds) {
        memberIds.forEach(
                member -> jdbc.sql("insert into proposal_mock_organizer (session_id, member_id) values (:id, :member)")
                        .param("id", id)
                        .param("member", member)
                        .update());
    }

    /** @param at null: opened again */
    void mockClosed(String id, @Nullable Instant at) {
        jdbc.sql("update proposal_session set mock_closed_at = cast(:at as timestamp with time zone) where id = :id")
                .param("at", at == null ? null : Rows.at(at))
                .param("id", id)
                .update();
    }

    void insert(Session session, boolean current) {
        jdbc.sql("""
                        insert into proposal_session (id, name, closes_at, final_decider, title_limit, text_limit,
                          suggestion_limit, wish_limit, co_sign_least_days, merged_filed, current_one, mock)
                        values (:id, :name, :closes, :decider, :title, :text, :suggestion, :wish, :days, :merged, :current, :mock)""")
                .param("id", session.id())
                .param("name", session.name())
                .param("closes", Rows.at(session.closesAt()))
                .param("decider", session.finalDecider())
                .param("title", session.titleLimit())
                .param("text", session.textLimit())
                .param("suggestion", session.suggestionLimit())
                .param("wish", session.wishLimit())
                .param("days", session.coSignLeastDays())
                .param("merged", session.mergedFiled())
                .param("current", current)
                .param("mock", session.mock())
                .update();
    }

    /** Not the closing hour. */
    void change(Session session) {
        jdbc.sql("""
                        update proposal_session set name = :name, final_decider = :decider, title_limit = :title,
                          text_limit = :text, suggestion_limit = :suggestion, wish_limit = :wish,
                          co_sign_least_days = :days, merged_filed = :merged
                        where id = :id""")
                .param("name", session.name())
                .param("decider", session.finalDecider())
                .param("title", session.titleLimit())
                .param("text", session.textLimit())
                .param("suggestion", session.suggestionLimit())
                .param("wish", session.wishLimit())
                .param("days", session.coSignLeastDays())
                .param("merged", session.mergedFiled())
                .param("id", session.id())
                .update();
    }

    void closesAt(String id, Instant closesAt) {
        jdbc.sql("update proposal_session set closes_at = :closes where id = :id")
                .param("closes", Rows.at(closesAt))
                .param("id", id)
                .update();
    }

    void makeCurrent(String id) {
        jdbc.sql("update proposal_session set current_one = case when id = :id then true else false end")
                .param("id", id)
                .update();
    }

    void published(String id, Instant now, String by) {
        jdbc.sql("update proposal_session set published_at = :now, published_by = :by where id = :id")
                .param("now", Rows.at(now))
                .param("by", by)
                .param("id", id)
                .update();
    }

    /**
     * Publishes the file numbers of a session unless they are published: from then on they are never dealt again.
     *
     * @return whether this call did it
     */
    public boolean publishOnce(String id, Instant now, String by) {
        if (lock(id).published()) {
            return false;
        }
        published(id, now, by);
        return true;
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString("id"),
                row.getString("name"),
                Rows.present(row, "closes_at"),
                row.getString("final_decider"),
                row.getInt("title_limit"),
                row.getInt("text_limit"),
                row.getInt("suggestion_limit"),
                row.getInt("wish_limit"),
                row.getInt("co_sign_least_days"),
                row.getBoolean("merged_filed"),
                Rows.instant(row, "published_at"),
                row.getBoolean("mock"),
                Rows.instant(row, "mock_closed_at"));
    }
}
