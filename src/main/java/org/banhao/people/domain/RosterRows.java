package org.banhao.people.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.people.Member;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of members and proposing organisations. Calls join the caller's transaction. */
@Repository
class RosterRows {

    private static final String COLUMNS =
            "select m.id, m.person_id, m.kind, m.name, m.member_number, m.sector, m.party,"
                    + " m.post, m.in_office_until, m.in_office_since, p.name as account_name, p.active, p.last_sign_in_at"
                    + " from people_member m join people_person p on p.id = m.person_id";
    private static final String IN_OFFICE = "(m.in_office_since is null or m.in_office_since <= :day)"
            + " and (m.in_office_until is null or m.in_office_until >= :day)";

    private final JdbcClient db;

    RosterRows(JdbcClient db) {
        this.db = db;
    }

    record Row(
            Member member,
            @Nullable LocalDate since,
            String accountName,
            boolean accountActive,
            boolean everSignedIn) {}

    /**
     * @param kind empty: all kinds
     * @param letters of the name, or empty
     * @param everybody also those not in office on the day
     */
    List<Row> search(String text, String letters, String kind, LocalDate day, boolean everybody, int most) {
        return db.sql(COLUMNS + " where (:kind = '' or m.kind = :kind)"
                        + " and (m.name like :like escape '!' or m.member_number like :like escape '!'"
                        + " or m.sector like :like escape '!' or m.party like :like escape '!'"
                        + " or m.person_id = :text or (:letters <> '' and m.pinyin like :pinyin))"
                        + " and (:everybody = true or (" + IN_OFFICE + "))"
                        + " order by case when m.kind = 'member' then 0 else 1 end, m.kind, m.member_number, m.name, m.id"
                        + " fetch first " + most + " rows only")
                .param("kind", kind)
                .param("like", PersonRows.like(text))
                .param("text", text)
                .param("letters", letters)
                .param("pinyin", "%" + letters + "%")
                .param("everybody", everybody)
                .param("day", day)
                .query(RosterRows::row)
                .list();
    }

    /** Everybody, in office or not. */
    List<Row> all() {
        return db.sql(COLUMNS + " order by m.id").query(RosterRows::row).list();
    }

    /** How many of each kind are in office on that day. */
    Map<String, Long> inOffice(LocalDate day) {
        record Count(String kind, long number) {}
        Map<String, Long> counts = new LinkedHashMap<>();
        db.sql("select m.kind, count(*) from people_member m where " + IN_OFFICE + " group by m.kind")
                .param("day", day)
                .query((rs, n) -> new Count(rs.getString(1), rs.getLong(2)))
                .list()
                .forEach(c -> counts.put(c.kind(), c.number()));
        return counts;
    }

    Optional<Row> find(String id) {
        return db.sql(COLUMNS + " where m.id = :id")
                .param("id", id)
                .query(RosterRows::row)
                .optional();
    }

    /** Changes of one entry wait for each other. */
    boolean lock(String id) {
        return db.sql("select id from people_member where id = ? for update")
                .param(id)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** Entry with that number, other than this one. */
    boolean numberTaken(String number, String exceptId) {
        return db.sql("select count(*) from people_member where member_number = ? and id <> ?")
                        .params(number, exceptId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    List<Member> of(String personId) {
        return db.sql(COLUMNS + " where m.person_id = :person order by m.id")
                .param("person", personId)
                .query((rs, n) -> row(rs, n).member())
                .list();
    }

    void since(String id, @Nullable LocalDate since) {
        db.sql("update people_member set in_office_since = ? where id = ?")
                .params(since, id)
                .update();
    }

    /** Everything but id, kind, account and the first day. */
    void change(Member m) {
        db.sql("update people_member set name = ?, member_number = ?, sector = ?, party = ?, post = ?,"
                        + " in_office_until = ?, pinyin = null where id = ?")
                .params(m.name(), m.number(), m.sector(), m.party(), m.post(), m.inOfficeUntil(), m.id())
                .update();
    }

    void account(String id, String personId) {
        db.sql("update people_member set person_id = ? where id = ?")
                .params(personId, id)
                .update();
    }

    record Name(String id, String kind, String name) {}

    /** Those whose letters are not known yet. */
    List<Name> withoutPinyin() {
        return db.sql("select id, kind, name from people_member where pinyin is null")
                .query((rs, n) -> new Name(rs.getString(1), rs.getString(2), rs.getString(3)))
                .list();
    }

    void pinyin(String id, String name, String pinyin) {
        db.sql("update people_member set pinyin = ? where id = ? and name = ?")
                .params(pinyin, id, name)
                .update();
    }

    private static Row row(ResultSet rs, int n) throws SQLException {
        return new Row(
                new Member(
                        rs.getString("id"),
                        rs.getString("person_id"),
                        rs.getString("kind"),
                        rs.getString("name"),
                        rs.getString("member_number"),
                        rs.getString("sector"),
                        rs.getString("party"),
                        rs.getString("post"),
                        rs.getObject("in_office_until", LocalDate.class)),
                rs.getObject("in_office_since", LocalDate.class),
                rs.getString("account_name"),
                rs.getBoolean("active"),
                rs.getObject("last_sign_in_at") != null);
    }
}
