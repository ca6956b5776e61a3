package org.banhao.proposal.domain.feedback;

import static org.banhao.proposal.domain.Rows.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.banhao.base.Refusal;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Rows;
import org.banhao.proposal.domain.handling.Delivery;
import org.banhao.proposal.domain.handling.Handling;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The feedback rows. Every call joins the caller's transaction. */
@Repository
class FeedbackRows {

    private final JdbcClient jdbc;

    FeedbackRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Feedback insert(Handling handling, Delivery delivery, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into proposal_feedback (handling_id, case_number, person_id, name, round, state, asked_at, ended_reason,
                          opinion, examination_note, outcome_note)
                        values (:handling, :number, :person, :name, :round, 'open', :now, '', '', '', '')""")
                .param("handling", handling.id())
                .param("number", delivery.caseNumber())
                .param("person", delivery.personId())
                .param("name", delivery.name())
                .param("round", handling.round())
                .param("now", at(now))
                .update(key, "id");
        return get(Objects.requireNonNull(key.getKey()).longValue());
    }

    Feedback get(long id) {
        return list("id = :x", id).stream().findFirst().orElseThrow(() -> new Refusal("没有这项反馈，请从列表重新进入。"));
    }

    /** Holds the row until the transaction ends. */
    Feedback lock(long id) {
        jdbc.sql("select id from proposal_feedback where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .list();
        return get(id);
    }

    Optional<Feedback> byInstance(String instance) {
        return list("instance_id = :x", instance).stream().findFirst();
    }

    /** Of those who propose in this case. */
    List<Feedback> ofCase(String caseNumber) {
        return list("case_number = :x", caseNumber);
    }

    /** Of those who propose in these cases. */
    List<Feedback> ofCases(Collection<String> caseNumbers) {
        return caseNumbers.isEmpty() ? List.of() : list("case_number in (:x)", caseNumbers);
    }

    /** On the replies that were written in this case, also of those who propose in cases merged into it. */
    List<Feedback> onReplies(String caseNumber) {
        return list(
                "(case_number = :x or handling_id in (select id from proposal_handling where case_number = :x))",
                caseNumber);
    }

    List<Feedback> ofHandling(long handling) {
        return list("handling_id = :x", handling);
    }

    List<Feedback> ofPerson(String person) {
        return list("person_id = :x", person);
    }

    /** Over all cases. */
    List<Feedback> open() {
        return list("state = :x", FeedbackState.OPEN.code());
    }

    private List<Feedback> list(String where, Object value) {
        return jdbc.sql("select * from proposal_feedback where " + where + " order by id")
                .param("x", value)
                .query((row, i) -> feedback(row))
                .list();
    }

    private static Feedback feedback(ResultSet row) throws SQLException {
        return new Feedback(
                row.getLong("id"),
                row.getLong("handling_id"),
                row.getString("case_number"),
                row.getString("person_id"),
                row.getString("name"),
                row.getInt("round"),
                row.getString("instance_id"),
                Coded.get(FeedbackState.class, row.getString("state")),
                Rows.present(row, "asked_at"),
                Rows.instant(row, "silent_at"),
                row.getString("ended_reason"),
                given(row),
                Rows.value(Examination.class, row.getString("examination")),
                row.getString("examination_note"),
                row.getString("examined_name"),
                Rows.value(Outcome.class, row.getString("outcome")),
                row.getString("outcome_note"),
                row.getString("outcome_name"));
    }

    private static Feedback.@Nullable Given given(ResultSet row) throws SQLException {
        Instant at = Rows.instant(row, "given_at");
        if (at == null) {
            return null;
        }
        LocalDate signedOn = Objects.requireNonNull(Rows.day(row, "signed_on"));
        boolean leader = row.getBoolean("leader_present");
        Boolean leaderPresent = row.wasNull() ? null : leader;
        return new Feedback.Given(
                Coded.get(Rating.class, row.getString("attitude")),
                Coded.get(Rating.class, row.getString("result")),
                row.getBoolean("face_to_face"),
                leaderPresent,
                row.getBoolean("point_by_point"),
                row.getString("opinion"),
                signedOn,
                Coded.get(FeedbackWay.class, row.getString("way")),
                row.getString("entered_by"),
                row.getString("entered_name"),
                row.getString("scan_document"),
                at);
    }

    void instance(long id, String instance) {
        jdbc.sql("update proposal_feedback set instance_id = :instance where id = :id")
                .param("instance", instance)
                .param("id", id)
                .update();
    }

    void person(long id, String person, String name) {
        jdbc.sql("update proposal_feedback set person_id = :person, name = :name where id = :id")
                .param("person", person)
                .param("name", name)
                .param("id", id)
                .update();
    }

    /** @param late it was said after the term; a word of the term that only came in later takes the mark of silence back */
    void given(long id, Feedback.Given given, boolean late) {
        jdbc.sql("""
                        update proposal_feedback set state = 'given', attitude = :attitude, result = :result, face_to_face = :met,
                          leader_present = cast(:leader as boolean), point_by_point = :points, opinion = :opinion,
                          signed_on = :signed, way = :way, entered_by = :by, entered_name = :byName, scan_document = :scan,
                          given_at = :now, silent_at = case when cast(:late as boolean) then silent_at else null end where id = :id""")
                .param("attitude", given.attitude().code())
                .param("result", given.result().code())
                .param("met", given.faceToFace())
                .param("leader", given.leaderPresent())
                .param("points", given.pointByPoint())
                .param("opinion", given.opinion())
                .param("signed", given.signedOn())
                .param("way", given.way().code())
                .param("by", given.enteredBy())
                .param("byName", given.enteredName())
                .param("scan", given.scanDocument())
                .param("now", at(given.at()))
                .param("late", late)
                .param("id", id)
                .update();
    }

    void notNeeded(long id, String reason) {
        jdbc.sql("update proposal_feedback set state = 'notNeeded', ended_reason = :reason where id = :id")
                .param("reason", reason)
                .param("id", id)
                .update();
    }

    void silent(long id, Instant now) {
        jdbc.sql("update proposal_feedback set silent_at = :now where id = :id")
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    /** @param person null when the system draws the conclusion */
    void examined(long id, Examination examination, String note, @Nullable String person, String name, Instant now) {
        jdbc.sql("""
                        update proposal_feedback set examination = :examination, examination_note = :note, examined_by = :person,
                          examined_name = :name, examined_at = :now where id = :id""")
                .param("examination", examination.code())
                .param("note", note)
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    void outcome(long id, Outcome outcome, String note, String person, String name, Instant now) {
        jdbc.sql("""
                        update proposal_feedback set outcome = :outcome, outcome_note = :note, outcome_by = :person,
                          outcome_name = :name, outcome_at = :now where id = :id""")
                .param("outcome", outcome.code())
                .param("note", note)
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .param("id", id)
                .update();
    }
}
