package org.banhao.proposal.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.banhao.base.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The sessions (届次). Calls join the caller's transaction. */
@Repository
public class Sessions {

    private final JdbcClient jdbc;

    Sessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws Refusal nobody has entered one */
    public Session current() {
        return jdbc
                .sql("select * from proposal_session where current_one order by id desc")
                .query((row, i) -> session(row))
                .list()
                .stream()
                .findFirst()
                .orElseThrow(() -> new Refusal("还没有设置当前届次，请联系提案委员会办公室。"));
    }

    public Session get(String id) {
        return jdbc.sql("select * from proposal_session where id = :id")
                .param("id", id)
                .query((row, i) -> session(row))
                .optional()
                .orElseThrow(() -> new Refusal("没有这个届次：" + id + "。"));
    }

    /** Held until the transaction ends, so that numbering and publishing exclude each other. */
    Session lock(String id) {
        jdbc.sql("select id from proposal_session where id = :id for update")
                .param("id", id)
                .query(String.class)
                .single();
        return get(id);
    }

    void published(String id, Instant now, String by) {
        jdbc.sql("update proposal_session set published_at = :now, published_by = :by where id = :id")
                .param("now", Rows.at(now))
                .param("by", by)
                .param("id", id)
                .update();
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
                row.getInt("co_sign_working_days"),
                Rows.instant(row, "published_at"));
    }
}
