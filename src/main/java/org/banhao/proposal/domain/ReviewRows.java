package org.banhao.proposal.domain;

import static org.banhao.proposal.domain.Rows.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Conclusions and grounds. Every call joins the caller's transaction. */
@Repository
class ReviewRows {

    private final JdbcClient jdbc;

    ReviewRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Review review) {
        jdbc.sql("""
                        insert into proposal_review (case_number, round, level, verdict, ground, destination, defects, category, opinion,
                          lead_case, units, quality_accurate, quality_valuable, quality_feasible, key_candidate, contact_mode, contact_date,
                          held_meeting, agenda_number, recusal, reviewer, reviewer_name, decided_by, at)
                        values (:number, :round, :level, :verdict, :ground, :destination, :defects, :category, :opinion, :lead, :units,
                          :accurate, :valuable, :feasible, :key, :contactMode, :contactDate, :meeting, :agenda, :recusal,
                          :reviewer, :reviewerName, :decidedBy, :at)""")
                .param("number", review.caseNumber())
                .param("round", review.round())
                .param("level", review.level())
                .param("verdict", review.verdict().code())
                .param("ground", review.ground())
                .param("destination", Rows.code(review.destination()))
                .param("defects", Rows.codes(review.defects()))
                .param("category", Rows.code(review.category()))
                .param("opinion", review.opinion())
                .param("lead", review.leadCase())
                .param("units", Rows.join(review.units()))
                .param("accurate", review.qualityAccurate())
                .param("valuable", review.qualityValuable())
                .param("feasible", review.qualityFeasible())
                .param("key", review.keyCandidate())
                .param("contactMode", review.contactMode())
                .param("contactDate", review.contactDate(), Types.DATE)
                .param("meeting", review.meetingId(), Types.BIGINT)
                .param("agenda", review.agendaNumber(), Types.INTEGER)
                .param("recusal", review.recusal())
                .param("reviewer", review.reviewer())
                .param("reviewerName", review.reviewerName())
                .param("decidedBy", review.decidedBy())
                .param("at", at(review.at()))
                .update();
    }

    /** All of a case, oldest first. */
    List<Review> of(String caseNumber) {
        return jdbc.sql("select * from proposal_review where case_number = :number order by id")
                .param("number", caseNumber)
                .query((row, i) -> review(row))
                .list();
    }

    /** Of many proposals in one look, by case number, oldest first. */
    Map<String, List<Review>> of(Collection<String> caseNumbers) {
        Map<String, List<Review>> found = new HashMap<>();
        if (!caseNumbers.isEmpty()) {
            jdbc.sql("select * from proposal_review where case_number in (:numbers) order by id")
                    .param("numbers", caseNumbers)
                    .query(row -> {
                        found.computeIfAbsent(row.getString("case_number"), k -> new ArrayList<>())
                                .add(review(row));
                    });
        }
        return found;
    }

    /** Marked 拟重点 by a reviewer, neither withdrawn nor decided otherwise than put on file. */
    List<String> keyCandidates(String session) {
        return jdbc.sql("""
                        select distinct r.case_number from proposal_review r
                          join proposal_proposal p on p.case_number = r.case_number
                        where r.key_candidate = true and p.session_id = :session and p.withdrawn_at is null
                          and (p.verdict is null or p.verdict = 'file')
                        order by r.case_number""").param("session", session).query(String.class).list();
    }

    private static Review review(ResultSet row) throws SQLException {
        return new Review(
                row.getString("case_number"),
                row.getInt("round"),
                row.getString("level"),
                Coded.get(Verdict.class, row.getString("verdict")),
                row.getString("ground"),
                Rows.value(Destination.class, row.getString("destination")),
                Rows.values(Defect.class, row.getString("defects")),
                Rows.value(Category.class, row.getString("category")),
                row.getString("opinion"),
                row.getString("lead_case"),
                Rows.split(row.getString("units")),
                row.getString("quality_accurate"),
                row.getString("quality_valuable"),
                row.getString("quality_feasible"),
                row.getBoolean("key_candidate"),
                row.getString("contact_mode"),
                Rows.day(row, "contact_date"),
                Rows.number(row, "held_meeting"),
                Rows.integer(row, "agenda_number"),
                row.getString("recusal"),
                row.getString("reviewer"),
                row.getString("reviewer_name"),
                row.getString("decided_by"),
                Rows.present(row, "at"));
    }

    List<Ground> grounds(LocalDate on) {
        return jdbc.sql("""
                        select code, content, source from proposal_ground
                        where valid_from <= :day and (valid_until is null or valid_until >= :day) order by position""")
                .param("day", on)
                .query((row, i) -> new Ground(row.getString("code"), row.getString("content"), row.getString("source")))
                .list();
    }

    /** Code → words, also of those no longer valid: an old conclusion keeps its words. */
    Map<String, String> groundWords() {
        Map<String, String> words = new HashMap<>();
        jdbc.sql("select code, content from proposal_ground").query(row -> {
            words.put(row.getString("code"), row.getString("content"));
        });
        return words;
    }
}
