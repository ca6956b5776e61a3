package org.banhao.casefile.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;

/** Which cases lie in the archive. Every call joins the caller's transaction. */
@Repository
class ArchiveRows {

    private final JdbcClient jdbc;
    private final Numbers numbers;

    ArchiveRows(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.numbers = new Numbers(jdbc, transactions);
    }

    Optional<Archived> of(String number) {
        return Optional.ofNullable(all(List.of(number)).get(number));
    }

    /** By case; those that are not archived are left out. */
    Map<String, Archived> all(Collection<String> cases) {
        Map<String, Archived> all = new HashMap<>();
        if (cases.isEmpty()) return all;
        jdbc.sql("select * from casefile_case where number in (:cases) and archived is not null")
                .param("cases", cases)
                .query(row -> {
                    all.put(row.getString("number"), archived(row));
                });
        return all;
    }

    private static Archived archived(ResultSet row) throws SQLException {
        return new Archived(
                row.getString("archive_number"),
                Objects.requireNonNull(OpenStepRows.instant(row, "archived")),
                row.getString("archived_by"),
                row.getString("archived_name"),
                row.getString("archive_note"));
    }

    /**
     * Closed cases that wait for the archive, those closed first at the top; or those that lie in it, the last at the top.
     *
     * @param statuses in which a closed case is archived, by kind; not empty
     * @param session empty: of all
     */
    List<String> list(boolean archived, Map<String, Set<String>> statuses, String session, int most) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        List<String> kinds = new ArrayList<>();
        statuses.forEach((kind, codes) -> {
            String k = "k" + kinds.size();
            parameters.put(k, kind);
            parameters.put(k + "s", codes);
            kinds.add("kind = :" + k + " and status in (:" + k + "s)");
        });
        String narrowed = "";
        if (!session.isEmpty()) {
            narrowed = " and session_id = :session";
            parameters.put("session", session);
        }
        return jdbc.sql("select number from casefile_case where closed is not null and archived is "
                        + (archived ? "not null" : "null") + " and (" + String.join(" or ", kinds) + ")" + narrowed
                        + " order by " + (archived ? "archived desc, archive_number desc" : "closed, number")
                        + " fetch first " + most + " rows only")
                .params(parameters)
                .query(String.class)
                .list();
    }

    /** Those of which something was told after they were archived. */
    List<String> busySince(Collection<String> cases) {
        if (cases.isEmpty()) return List.of();
        return jdbc.sql("""
                        select c.number from casefile_case c where c.number in (:cases) and c.archived < (
                          select max(t.at) from casefile_timeline t where t.case_number = c.number)""").param("cases", cases).query(String.class).list();
    }

    /** Holds the case until the transaction ends. @return whether there is one */
    boolean lock(String number) {
        return jdbc.sql("select number from casefile_case where number = ? for update")
                .param(number)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** The number it had before, when it is of that series; otherwise the next one. */
    String number(String number, String series) {
        return jdbc.sql("select archive_number from casefile_case where number = ? and archive_number is not null")
                .param(number)
                .query(String.class)
                .optional()
                .filter(before -> before.startsWith(series))
                .orElseGet(() -> series + "%04d".formatted(numbers.nextOfArchive(series)));
    }

    void archive(String number, Archived archived, String who) {
        jdbc.sql("""
                        update casefile_case set archived = ?, archive_number = ?, archived_by = ?, archived_name = ?,
                          archive_note = cast(? as varchar(400)), version = version + 1, changed = ?, changed_by = ?
                        where number = ?""")
                .params(
                        archived.at().atOffset(ZoneOffset.UTC),
                        archived.number(),
                        archived.personId(),
                        archived.by(),
                        archived.note(),
                        archived.at().atOffset(ZoneOffset.UTC),
                        who,
                        number)
                .update();
    }

    void takeOut(String number, Instant now, String who) {
        jdbc.sql("""
                        update casefile_case set archived = null, version = version + 1, changed = ?, changed_by = ?
                        where number = ?""").params(now.atOffset(ZoneOffset.UTC), who, number).update();
    }
}
