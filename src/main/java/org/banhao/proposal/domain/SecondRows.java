package org.banhao.proposal.domain;

import static org.banhao.proposal.domain.Rows.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The seconds that stand. Every call joins the caller's transaction. */
@Repository
class SecondRows {

    private final JdbcClient jdbc;

    SecondRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order in which they were given. */
    List<Second> of(String caseNumber) {
        return jdbc.sql("select * from proposal_second where case_number = :number order by at, member_id")
                .param("number", caseNumber)
                .query((row, i) -> second(row))
                .list();
    }

    /** Of many proposals in one look, by case number; those without any are left out. */
    Map<String, List<Second>> of(Collection<String> caseNumbers) {
        Map<String, List<Second>> found = new HashMap<>();
        if (!caseNumbers.isEmpty()) {
            jdbc.sql(
                            "select * from proposal_second where case_number in (:numbers) order by case_number, at, member_id")
                    .param("numbers", caseNumbers)
                    .query(row -> {
                        found.computeIfAbsent(row.getString("case_number"), k -> new ArrayList<>())
                                .add(second(row));
                    });
        }
        return found;
    }

    /** What the person seconds, by case number. */
    Map<String, Second> by(String person) {
        Map<String, Second> found = new HashMap<>();
        jdbc.sql("select * from proposal_second where person_id = :person")
                .param("person", person)
                .query(row -> {
                    found.put(row.getString("case_number"), second(row));
                });
        return found;
    }

    private static Second second(ResultSet row) throws SQLException {
        return new Second(
                row.getString("member_id"), row.getString("person_id"), row.getString("name"), Rows.present(row, "at"));
    }

    void insert(String caseNumber, Second second) {
        jdbc.sql("""
                        insert into proposal_second (case_number, member_id, person_id, name, at)
                        values (:number, :member, :person, :name, :at)""")
                .param("number", caseNumber)
                .param("member", second.memberId())
                .param("person", second.personId())
                .param("name", second.name())
                .param("at", at(second.at()))
                .update();
    }

    void delete(String caseNumber, Second second) {
        jdbc.sql("delete from proposal_second where case_number = :number and member_id = :member")
                .param("number", caseNumber)
                .param("member", second.memberId())
                .update();
    }

    void deleteAll(String caseNumber) {
        jdbc.sql("delete from proposal_second where case_number = :number")
                .param("number", caseNumber)
                .update();
    }
}
