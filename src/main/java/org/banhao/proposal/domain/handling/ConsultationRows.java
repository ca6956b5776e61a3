package org.banhao.proposal.domain.handling;

import static org.banhao.proposal.domain.Rows.at;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Rows;
import org.banhao.proposal.domain.assignment.Assignment;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Contacts and consultations. Every call joins the caller's transaction. */
@Repository
class ConsultationRows {

    private final JdbcClient jdbc;

    ConsultationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Agreed(String content, Unit owner, @Nullable LocalDate due) {}

    long insert(
            ConsultationKind kind,
            ConsultationStage stage,
            Instant heldAt,
            String place,
            String convener,
            String people,
            String unitLeader,
            String views,
            String differences,
            String person,
            String name,
            boolean byCommittee,
            Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into proposal_consultation (kind, stage, held_at, place, convener, people, unit_leader, views, differences,
                          entered_by, entered_name, by_committee, entered_at)
                        values (:kind, :stage, :held, :place, :convener, :people, :leader, :views, :differences, :person, :name,
                          :committee, :now)""")
                .param("kind", kind.code())
                .param("stage", stage.code())
                .param("held", at(heldAt))
                .param("place", place)
                .param("convener", convener)
                .param("people", people)
                .param("leader", unitLeader)
                .param("views", views)
                .param("differences", differences)
                .param("person", person)
                .param("name", name)
                .param("committee", byCommittee)
                .param("now", at(now))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    /** The entry that was typed on that very page by this person. */
    Optional<Long> ofPage(String page, String person) {
        return jdbc.sql("select id from proposal_consultation where page = :page and entered_by = :person")
                .param("page", page)
                .param("person", person)
                .query(Long.class)
                .optional();
    }

    /** @throws org.springframework.dao.DuplicateKeyException it was recorded already */
    void onPage(long id, String page) {
        jdbc.sql("update proposal_consultation set page = :page where id = :id")
                .param("page", page)
                .param("id", id)
                .update();
    }

    void ofCase(long id, String caseNumber) {
        jdbc.sql("insert into proposal_consultation_case (consultation_id, case_number) values (:id, :number)")
                .param("id", id)
                .param("number", caseNumber)
                .update();
    }

    void ofUnit(long id, Unit unit) {
        jdbc.sql("""
                        insert into proposal_consultation_unit (consultation_id, unit_id, unit_name) values (:id, :unit, :name)""")
                .param("id", id)
                .param("unit", unit.id())
                .param("name", unit.name())
                .update();
    }

    void attended(long id, Consultation.Attendance attendance) {
        jdbc.sql("""
                        insert into proposal_consultation_proposer (consultation_id, case_number, person_id, name, present, absence_reason)
                        values (:id, :number, :person, :name, :present, :reason)""")
                .param("id", id)
                .param("number", attendance.caseNumber())
                .param("person", attendance.personId())
                .param("name", attendance.name())
                .param("present", attendance.present())
                .param("reason", attendance.absenceReason())
                .update();
    }

    /** @param part what the owner does in that case */
    void agreed(long id, Assignment part, Agreed agreed, Instant now) {
        jdbc.sql("""
                        insert into proposal_commitment (case_number, source, consultation_id, assignment_id, content, due_on, responsible,
                          binding, entered_at)
                        values (:number, 'consultation', :id, :part, :content, cast(:due as date), :owner, true, :now)""")
                .param("number", part.caseNumber())
                .param("id", id)
                .param("part", part.id())
                .param("content", agreed.content())
                .param("due", agreed.due())
                .param("owner", agreed.owner().name())
                .param("now", at(now))
                .update();
    }

    /** What was agreed with a unit is with the one that has its part now. */
    void agreedGoesOver(Assignment old, Assignment next) {
        jdbc.sql("update proposal_commitment set assignment_id = :next where assignment_id = :old")
                .param("next", next.id())
                .param("old", old.id())
                .update();
    }

    void document(long id, String document) {
        jdbc.sql("insert into proposal_consultation_document (consultation_id, document_id) values (:id, :document)")
                .param("id", id)
                .param("document", document)
                .update();
    }

    List<Consultation> ofCase(String caseNumber) {
        return whole("""
                        select c.* from proposal_consultation c join proposal_consultation_case k on k.consultation_id = c.id
                        where k.case_number = :number order by c.held_at, c.id""", caseNumber);
    }

    /** Those in which somebody stands who proposes this case, which may have been merged then and not be now. */
    List<Consultation> withProposersOf(String caseNumber) {
        return whole("""
                        select c.* from proposal_consultation c where exists (select 1 from proposal_consultation_proposer p
                        where p.consultation_id = c.id and p.case_number = :number) order by c.held_at, c.id""", caseNumber);
    }

    private List<Consultation> whole(String sql, String caseNumber) {
        return jdbc
                .sql(sql)
                .param("number", caseNumber)
                .query((row, i) -> {
                    long id = row.getLong("id");
                    return new Consultation(
                            id,
                            Coded.get(ConsultationKind.class, row.getString("kind")),
                            Coded.get(ConsultationStage.class, row.getString("stage")),
                            Rows.present(row, "held_at"),
                            row.getString("place"),
                            row.getString("convener"),
                            row.getString("people"),
                            row.getString("unit_leader"),
                            row.getString("views"),
                            row.getString("differences"),
                            row.getString("entered_name"),
                            row.getBoolean("by_committee"),
                            Rows.present(row, "entered_at"),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of());
                })
                .list()
                .stream()
                .map(this::whole)
                .toList();
    }

    private Consultation whole(Consultation head) {
        return new Consultation(
                head.id(),
                head.kind(),
                head.stage(),
                head.heldAt(),
                head.place(),
                head.convener(),
                head.people(),
                head.unitLeader(),
                head.views(),
                head.differences(),
                head.enteredName(),
                head.byCommittee(),
                head.enteredAt(),
                texts(
                        "select case_number from proposal_consultation_case where consultation_id = :id order by case_number",
                        head.id()),
                texts(
                        "select unit_name from proposal_consultation_unit where consultation_id = :id order by unit_id",
                        head.id()),
                jdbc.sql("""
                                select * from proposal_consultation_proposer where consultation_id = :id
                                order by case_number, person_id""")
                        .param("id", head.id())
                        .query((row, i) -> new Consultation.Attendance(
                                row.getString("case_number"),
                                row.getString("person_id"),
                                row.getString("name"),
                                row.getBoolean("present"),
                                row.getString("absence_reason")))
                        .list(),
                jdbc
                        .sql("select * from proposal_commitment where consultation_id = :id order by id")
                        .param("id", head.id())
                        .query((row, i) -> ReplyRows.commitment(row).line())
                        .list()
                        .stream()
                        .distinct()
                        .toList(),
                texts(
                        "select document_id from proposal_consultation_document where consultation_id = :id order by document_id",
                        head.id()),
                jdbc.sql("select * from proposal_consultation_word where consultation_id = :id order by id")
                        .param("id", head.id())
                        .query((row, i) -> new Consultation.Word(
                                row.getString("case_number"),
                                row.getString("person_id"),
                                Coded.get(ConsultationVerdict.class, row.getString("verdict")),
                                row.getString("opinion"),
                                row.getString("said_name"),
                                Rows.present(row, "said_at")))
                        .list());
    }

    void word(
            long id,
            Consultation.Attendance who,
            ConsultationVerdict verdict,
            String opinion,
            String person,
            String name,
            Instant now) {
        jdbc.sql("""
                        insert into proposal_consultation_word (consultation_id, case_number, person_id, verdict, opinion, said_by, said_name,
                          said_at)
                        values (:id, :number, :who, :verdict, :opinion, :person, :name, :now)""")
                .param("id", id)
                .param("number", who.caseNumber())
                .param("who", who.personId())
                .param("verdict", verdict.code())
                .param("opinion", opinion)
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .update();
    }

    private List<String> texts(String sql, long id) {
        return jdbc.sql(sql).param("id", id).query(String.class).list();
    }

    /**
     * Persons who were present in a contact of this case in which the unit took part, from that moment on; without who says that it was
     * not so. Who says nothing counts: a unit's contact does not wait for an answer.
     */
    List<Met> met(String caseNumber, String unit, Instant since) {
        return jdbc.sql("""
                        select c.kind, p.case_number, p.person_id from proposal_consultation c
                        join proposal_consultation_case k on k.consultation_id = c.id
                        join proposal_consultation_unit u on u.consultation_id = c.id
                        join proposal_consultation_proposer p on p.consultation_id = c.id
                        where k.case_number = :number and u.unit_id = :unit and p.present = true
                          and c.held_at >= :since
                          and not exists (select 1 from proposal_consultation_word w
                            where w.consultation_id = p.consultation_id and w.case_number = p.case_number and w.person_id = p.person_id
                              and w.verdict = 'disputed'
                              and not exists (select 1 from proposal_consultation_word l
                                where l.consultation_id = w.consultation_id and l.case_number = w.case_number
                                  and l.person_id = w.person_id and l.id > w.id))""")
                .param("number", caseNumber)
                .param("unit", unit)
                .param("since", at(since))
                .query((row, i) -> new Met(
                        Coded.get(ConsultationKind.class, row.getString("kind")),
                        row.getString("case_number"),
                        row.getString("person_id")))
                .list();
    }

    /** One person who was reached, and how. */
    record Met(ConsultationKind kind, String caseNumber, String person) {}
}
