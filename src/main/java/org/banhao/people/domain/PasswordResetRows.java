package org.banhao.people.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code people_password_reset}. */
@Repository
class PasswordResetRows {

    private static final String ROW =
            "select id, person_id, asked_by, asked_by_name, asked_at, reason, code_hash, state,"
                    + " decided_by_name, answer, link_until from people_password_reset";

    private final JdbcClient db;

    PasswordResetRows(JdbcClient db) {
        this.db = db;
    }

    record Row(
            long id,
            String personId,
            @Nullable String askedBy,
            String askedByName,
            Instant askedAt,
            String reason,
            @Nullable String codeHash,
            String state,
            @Nullable String decidedByName,
            @Nullable String answer,
            @Nullable Instant linkUntil) {}

    List<Row> latest(int most) {
        return db.sql(ROW + " order by id desc fetch first " + most + " rows only")
                .query(PasswordResetRows::row)
                .list();
    }

    List<Row> ofPerson(String personId) {
        return db.sql(ROW + " where person_id = ? and state = 'open'")
                .param(personId)
                .query(PasswordResetRows::row)
                .list();
    }

    Optional<Row> lock(long id) {
        return db.sql(ROW + " where id = ? for update")
                .param(id)
                .query(PasswordResetRows::row)
                .optional();
    }

    Optional<Row> byLink(String hash) {
        return db.sql(ROW + " where link_hash = ?")
                .param(hash)
                .query(PasswordResetRows::row)
                .optional();
    }

    /** Of two who use a link at once the second sees that it is used. */
    Optional<Row> lockLink(String hash) {
        return db.sql(ROW + " where link_hash = ? for update")
                .param(hash)
                .query(PasswordResetRows::row)
                .optional();
    }

    void insert(String personId, String by, String byName, Instant at, String reason, String codeHash) {
        db.sql(
                        "insert into people_password_reset (person_id, asked_by, asked_by_name, asked_at, reason, code_hash, state)"
                                + " values (?, ?, ?, ?, ?, ?, 'open')")
                .params(personId, by, byName, utc(at), reason, codeHash)
                .update();
    }

    /** Asked for and confirmed by who runs the server. */
    void insertOfConsole(String personId, String byName, Instant at, String reason, String linkHash, Instant until) {
        db.sql("insert into people_password_reset (person_id, asked_by_name, asked_at, reason, state, decided_by_name,"
                        + " decided_at, link_hash, link_until) values (?, ?, ?, ?, 'confirmed', ?, ?, ?, ?)")
                .params(personId, byName, utc(at), reason, byName, utc(at), linkHash, utc(until))
                .update();
    }

    void confirm(long id, String by, String byName, Instant at, String linkHash, Instant until) {
        db.sql("update people_password_reset set state = 'confirmed', decided_by = ?, decided_by_name = ?,"
                        + " decided_at = ?, link_hash = ?, link_until = ? where id = ?")
                .params(by, byName, utc(at), linkHash, utc(until), id)
                .update();
    }

    void close(long id, String state, String by, String byName, Instant at, @Nullable String answer) {
        db.sql("update people_password_reset set state = ?, decided_by = ?, decided_by_name = ?, decided_at = ?,"
                        + " answer = ? where id = ?")
                .params(state, by, byName, utc(at), answer, id)
                .update();
    }

    /** Other links of that account are dead from now on, whoever gave them out. */
    void replaceLinks(String personId, long except) {
        db.sql("update people_password_reset set state = 'replaced' where person_id = ? and id <> ?"
                        + " and state = 'confirmed'")
                .params(personId, except)
                .update();
    }

    /** The same, and requests that still wait. */
    void replaceAll(String personId, long except) {
        db.sql("update people_password_reset set state = 'replaced' where person_id = ? and id <> ?"
                        + " and state in ('open', 'confirmed')")
                .params(personId, except)
                .update();
    }

    /** One more wrong code; at the last one that is allowed the link dies. The row is locked. */
    void wrongCode(long id, int most) {
        db.sql("update people_password_reset set failures = failures + 1,"
                        + " state = case when failures + 1 >= ? then 'exhausted' else state end where id = ?")
                .params(most, id)
                .update();
    }

    void used(long id) {
        db.sql("update people_password_reset set state = 'used' where id = ?")
                .param(id)
                .update();
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant moment(ResultSet rs, int column) throws SQLException {
        OffsetDateTime at = rs.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static Row row(ResultSet rs, int n) throws SQLException {
        return new Row(
                rs.getLong(1),
                rs.getString(2),
                rs.getString(3),
                rs.getString(4),
                Objects.requireNonNull(moment(rs, 5)),
                rs.getString(6),
                rs.getString(7),
                rs.getString(8),
                rs.getString(9),
                rs.getString(10),
                moment(rs, 11));
    }
}
