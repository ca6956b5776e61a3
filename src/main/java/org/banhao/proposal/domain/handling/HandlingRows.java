package org.banhao.proposal.domain.handling;

import static org.banhao.proposal.domain.Rows.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.banhao.base.Refusal;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Rows;
import org.banhao.proposal.domain.assignment.Assignment;
import org.banhao.proposal.domain.assignment.AssignmentRole;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The handling rows and what each level said. Every call joins the caller's transaction. */
@Repository
class HandlingRows {

    private final JdbcClient jdbc;

    HandlingRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Handling insert(Assignment assignment, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into proposal_handling (assignment_id, case_number, unit_id, unit_name, state, section, instruction,
                          instructed_by, handling_note, started_at, version)
                        values (:assignment, :number, :unit, :name, 'handling', '', '', '', '', :now, 1)""")
                .param("assignment", assignment.id())
                .param("number", assignment.caseNumber())
                .param("unit", assignment.unitId())
                .param("name", assignment.unitName())
                .param("now", at(now))
                .update(key, "id");
        return get(Objects.requireNonNull(key.getKey()).longValue());
    }

    /** A further round of the same assignment, for the unit that holds it now. */
    Handling insertAgain(Handling before, Assignment assignment, String reason, String orderedBy, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into proposal_handling (assignment_id, case_number, unit_id, unit_name, state, section, instruction,
                          instructed_by, handling_note, started_at, version, round, round_reason, round_ordered_by)
                        values (:assignment, :number, :unit, :name, 'handling', :section, '', '', '', :now, 1, :round, :reason, :by)""")
                .param("assignment", assignment.id())
                .param("number", assignment.caseNumber())
                .param("unit", assignment.unitId())
                .param("name", assignment.unitName())
                .param("section", before.section())
                .param("now", at(now))
                .param("round", before.round() + 1)
                .param("reason", reason)
                .param("by", orderedBy)
                .update(key, "id");
        return get(Objects.requireNonNull(key.getKey()).longValue());
    }

    Handling get(long id) {
        return one("id = :x", id).orElseThrow(() -> new Refusal("没有这项办理，请从列表重新进入。"));
    }

    /** Those of these ids, in one look. */
    List<Handling> all(Collection<Long> ids) {
        return ids.isEmpty() ? List.of() : list("id in (:x)", ids);
    }

    /** Holds the row until the transaction ends. */
    Handling lock(long id) {
        jdbc.sql("select id from proposal_handling where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .list();
        return get(id);
    }

    Optional<Handling> byInstance(String instance) {
        return one("instance_id = :x", instance);
    }

    /** The first round, which is what an assignment's reply or opinion is counted by. */
    Optional<Handling> byAssignment(long assignment) {
        return rounds(assignment).stream().findFirst();
    }

    /** All rounds, the first one first. */
    List<Handling> rounds(long assignment) {
        return list("assignment_id = :x", assignment);
    }

    /** Of many cases in one look, each in its order. */
    List<Handling> ofCases(Collection<String> caseNumbers) {
        return caseNumbers.isEmpty() ? List.of() : list("case_number in (:x)", caseNumbers);
    }

    List<Handling> ofCase(String caseNumber) {
        return list("case_number = :x", caseNumber);
    }

    /** Those of these cases in which a unit has delivered its reply, whoever holds the case now. */
    Set<String> delivered(Collection<String> caseNumbers) {
        return caseNumbers.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("""
                                        select distinct case_number from proposal_handling
                                        where state = :delivered and case_number in (:numbers)""")
                        .param("delivered", HandlingState.DELIVERED.code())
                        .param("numbers", caseNumbers)
                        .query(String.class)
                        .list());
    }

    /** Cases in which a unit is still at work on its opinion. */
    List<String> casesCoHandled() {
        return jdbc.sql("""
                        select distinct h.case_number from proposal_handling h join proposal_assignment a on a.id = h.assignment_id
                        where a.role = :co and h.state not in (:done) order by h.case_number""")
                .param("co", AssignmentRole.CO.code())
                .param(
                        "done",
                        Arrays.stream(HandlingState.values())
                                .filter(state -> !state.open())
                                .map(HandlingState::code)
                                .toList())
                .query(String.class)
                .list();
    }

    private Optional<Handling> one(String where, Object value) {
        return list(where, value).stream().findFirst();
    }

    private List<Handling> list(String where, Object value) {
        return jdbc.sql("select * from proposal_handling where " + where + " order by id")
                .param("x", value)
                .query((row, i) -> handling(row))
                .list();
    }

    private static Handling handling(ResultSet row) throws SQLException {
        return new Handling(
                row.getLong("id"),
                row.getLong("assignment_id"),
                row.getString("case_number"),
                row.getString("unit_id"),
                row.getString("unit_name"),
                row.getString("instance_id"),
                Coded.get(HandlingState.class, row.getString("state")),
                row.getString("section"),
                row.getString("instruction"),
                row.getString("instructed_by"),
                row.getString("handling_note"),
                Rows.present(row, "started_at"),
                Rows.instant(row, "ended_at"),
                row.getInt("version"),
                row.getInt("round"),
                row.getString("round_reason"),
                row.getString("round_ordered_by"));
    }

    void instance(long id, String instance) {
        jdbc.sql("update proposal_handling set instance_id = :instance where id = :id")
                .param("instance", instance)
                .param("id", id)
                .update();
    }

    void state(long id, HandlingState state) {
        jdbc.sql("update proposal_handling set state = :state, ended_at = null, version = version + 1 where id = :id")
                .param("state", state.code())
                .param("id", id)
                .update();
    }

    /**
     * Begins once more; the instance that ran is not its own any more. What a former unit had finished is the present one's to do
     * again.
     */
    void anew(long id, Assignment now) {
        jdbc.sql("""
                        update proposal_handling set state = :state, ended_at = null, instance_id = null, unit_id = :unit,
                          unit_name = :name, version = version + 1 where id = :id""")
                .param("state", HandlingState.HANDLING.code())
                .param("unit", now.unitId())
                .param("name", now.unitName())
                .param("id", id)
                .update();
    }

    void ended(long id, HandlingState state, Instant now) {
        jdbc.sql("update proposal_handling set state = :state, ended_at = :now, version = version + 1 where id = :id")
                .param("state", state.code())
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    void forwarded(long id, String section, String instruction, String instructedBy) {
        jdbc.sql("""
                        update proposal_handling set section = :section, instruction = :instruction, instructed_by = :by,
                          version = version + 1 where id = :id""")
                .param("section", section)
                .param("instruction", instruction)
                .param("by", instructedBy)
                .param("id", id)
                .update();
    }

    void noted(long id, String note) {
        jdbc.sql("update proposal_handling set handling_note = :note, version = version + 1 where id = :id")
                .param("note", note)
                .param("id", id)
                .update();
    }

    /** The work goes over to the successor's assignment. @param unit also the unit: it is still at work */
    void goesOver(long id, Assignment next, boolean unit) {
        jdbc.sql("update proposal_handling set assignment_id = :next, version = version + 1 where id = :id")
                .param("next", next.id())
                .param("id", id)
                .update();
        if (unit) {
            jdbc.sql("update proposal_handling set unit_id = :unit, unit_name = :name where id = :id")
                    .param("unit", next.unitId())
                    .param("name", next.unitName())
                    .param("id", id)
                    .update();
        }
    }

    // ---- what was said

    void say(
            long handling,
            OpinionStep step,
            int draft,
            OpinionVerdict verdict,
            String opinion,
            @Nullable String proposedClass,
            String person,
            String name,
            Instant now) {
        jdbc.sql("""
                        insert into proposal_handling_opinion (handling_id, step, draft, verdict, opinion, proposed_class, person, name, at)
                        values (:handling, :step, :draft, :verdict, :opinion, :class, :person, :name, :now)""")
                .param("handling", handling)
                .param("step", step.code())
                .param("draft", draft)
                .param("verdict", verdict.code())
                .param("opinion", opinion)
                .param("class", proposedClass)
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .update();
    }

    List<Opinion> opinions(long handling) {
        return jdbc.sql("select * from proposal_handling_opinion where handling_id = :handling order by id")
                .param("handling", handling)
                .query((row, i) -> new Opinion(
                        Coded.get(OpinionStep.class, row.getString("step")),
                        row.getInt("draft"),
                        Coded.get(OpinionVerdict.class, row.getString("verdict")),
                        row.getString("opinion"),
                        row.getString("proposed_class"),
                        row.getString("person"),
                        row.getString("name"),
                        Rows.present(row, "at")))
                .list();
    }

    /** The first round of each of these assignments, in no order. */
    List<Handling> ofAssignments(Collection<Long> assignments) {
        return assignments.isEmpty() ? List.of() : list("round = 1 and assignment_id in (:x)", assignments);
    }
}
