package org.banhao.proposal.domain.assignment;

import static org.banhao.proposal.domain.Rows.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.banhao.base.Refusal;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The rows of assignment. Every call joins the caller's transaction; who changes a case's rows holds its plan. */
@Repository
class AssignmentRows {

    private final JdbcClient jdbc;

    AssignmentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // ---- offices

    /** Group of the office that assigns to units of this system. @throws IllegalStateException no office is entered for it */
    String office(String system) {
        return jdbc.sql("select office from proposal_assigning_office where unit_system = :system")
                .param("system", system)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new IllegalStateException("No assigning office for the system " + system));
    }

    // ---- plans

    void insertPlan(String caseNumber, String instance, String office) {
        jdbc.sql("""
                        insert into proposal_assignment_plan (case_number, instance_id, office, requirement, passed_on_reason, version)
                        values (:number, :instance, :office, '', '', 1)""")
                .param("number", caseNumber)
                .param("instance", instance)
                .param("office", office)
                .update();
    }

    Optional<Plan> plan(String caseNumber) {
        return jdbc.sql("select * from proposal_assignment_plan where case_number = :number")
                .param("number", caseNumber)
                .query((row, i) -> plan(row))
                .optional();
    }

    /** Held until the transaction ends. @throws Refusal the case is not in assignment */
    Plan lockPlan(String caseNumber) {
        jdbc.sql("select case_number from proposal_assignment_plan where case_number = :number for update")
                .param("number", caseNumber)
                .query(String.class)
                .list();
        return plan(caseNumber).orElseThrow(() -> new Refusal("这件提案现在不在交办中，请刷新页面查看它的状态。"));
    }

    List<Plan> plans(Collection<String> caseNumbers) {
        return caseNumbers.isEmpty()
                ? List.of()
                : jdbc.sql("select * from proposal_assignment_plan where case_number in (:numbers)")
                        .param("numbers", caseNumbers)
                        .query((row, i) -> plan(row))
                        .list();
    }

    /** Those that are not assigned yet and not withdrawn, in the order of sessions and file numbers. */
    List<Plan> waiting() {
        return jdbc.sql("""
                        select a.* from proposal_assignment_plan a join proposal_proposal p on p.case_number = a.case_number
                        where a.sent_at is null and p.withdrawn_at is null
                        order by p.session_id, p.file_number, p.case_number""").query((row, i) -> plan(row)).list();
    }

    private static Plan plan(ResultSet row) throws SQLException {
        return new Plan(
                row.getString("case_number"),
                row.getString("instance_id"),
                row.getString("office"),
                row.getString("requirement"),
                row.getString("leader_instruction"),
                row.getString("contact_name"),
                row.getString("contact_phone"),
                row.getString("passed_on_reason"),
                Rows.instant(row, "signed_off_at"),
                row.getString("signed_off_name"),
                Rows.instant(row, "sent_at"),
                row.getString("sent_by_name"),
                row.getInt("version"));
    }

    void instance(String caseNumber, String instance) {
        jdbc.sql("update proposal_assignment_plan set instance_id = :instance where case_number = :number")
                .param("instance", instance)
                .param("number", caseNumber)
                .update();
    }

    void office(String caseNumber, String office, String reason) {
        jdbc.sql("""
                        update proposal_assignment_plan set office = :office, passed_on_reason = :reason, signed_off_at = null,
                          signed_off_by = null, signed_off_name = null, version = version + 1 where case_number = :number""")
                .param("office", office)
                .param("reason", reason)
                .param("number", caseNumber)
                .update();
    }

    /** The units changed: what was signed off no longer holds. */
    void planned(String caseNumber, String requirement) {
        jdbc.sql("""
                        update proposal_assignment_plan set requirement = :requirement, signed_off_at = null, signed_off_by = null,
                          signed_off_name = null, version = version + 1 where case_number = :number""")
                .param("requirement", requirement)
                .param("number", caseNumber)
                .update();
    }

    void briefed(String caseNumber, String leaderInstruction, String contactName, String contactPhone) {
        jdbc.sql("""
                        update proposal_assignment_plan set leader_instruction = :instruction, contact_name = :name, contact_phone = :phone
                        where case_number = :number""")
                .param("instruction", leaderInstruction)
                .param("name", contactName)
                .param("phone", contactPhone)
                .param("number", caseNumber)
                .update();
    }

    void signedOff(String caseNumber, Instant now, String person, String name) {
        jdbc.sql("""
                        update proposal_assignment_plan set signed_off_at = :now, signed_off_by = :person, signed_off_name = :name,
                          version = version + 1 where case_number = :number""")
                .param("now", at(now))
                .param("person", person)
                .param("name", name)
                .param("number", caseNumber)
                .update();
    }

    void sent(String caseNumber, Instant now, String person, String name) {
        jdbc.sql("""
                        update proposal_assignment_plan set sent_at = :now, sent_by = :person, sent_by_name = :name,
                          version = version + 1 where case_number = :number""")
                .param("now", at(now))
                .param("person", person)
                .param("name", name)
                .param("number", caseNumber)
                .update();
    }

    // ---- assignments

    /** A row that is to be. @param active planned or told: the unit stands once in a case */
    record Entry(
            String caseNumber,
            String unitId,
            String unitName,
            String unitSystem,
            AssignmentRole role,
            List<Integer> suggestions,
            String requirement,
            AssignmentState state,
            AssignmentSource source,
            String reason,
            int position) {}

    /** @throws Refusal the unit stands in the case already */
    Assignment insert(Entry entry) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        try {
            jdbc.sql("""
                            insert into proposal_assignment (case_number, unit_id, unit_name, unit_system, role, suggestions, requirement,
                              state, source, reason, position, active_key, version)
                            values (:number, :unit, :name, :system, :role, :suggestions, :requirement, :state, :source, :reason,
                              :position, :active, 1)""")
                    .param("number", entry.caseNumber())
                    .param("unit", entry.unitId())
                    .param("name", entry.unitName())
                    .param("system", entry.unitSystem())
                    .param("role", entry.role().code())
                    .param("suggestions", numbers(entry.suggestions()))
                    .param("requirement", entry.requirement())
                    .param("state", entry.state().code())
                    .param("source", entry.source().code())
                    .param("reason", entry.reason())
                    .param("position", entry.position())
                    .param("active", active(entry.state()) ? entry.caseNumber() + ":" + entry.unitId() : null)
                    .update(key, "id");
        } catch (DuplicateKeyException e) {
            throw new Refusal("「" + entry.unitName() + "」在这件提案里已经有交办，请核对单位。");
        }
        return get(Objects.requireNonNull(key.getKey()).longValue());
    }

    private static boolean active(AssignmentState state) {
        return state == AssignmentState.PLANNED || state.holds();
    }

    Optional<Assignment> find(long id) {
        return jdbc.sql("select * from proposal_assignment where id = :id")
                .param("id", id)
                .query((row, i) -> assignment(row))
                .optional();
    }

    Assignment get(long id) {
        return find(id).orElseThrow(() -> new Refusal("没有这项交办，请从列表重新进入。"));
    }

    Optional<Assignment> byInstance(String instance) {
        return jdbc.sql("select * from proposal_assignment where instance_id = :instance")
                .param("instance", instance)
                .query((row, i) -> assignment(row))
                .optional();
    }

    List<Assignment> of(String caseNumber) {
        return of(List.of(caseNumber));
    }

    List<Assignment> of(Collection<String> caseNumbers) {
        return caseNumbers.isEmpty()
                ? List.of()
                : jdbc.sql("""
                                select * from proposal_assignment where case_number in (:numbers)
                                order by case_number, position, id""")
                        .param("numbers", caseNumbers)
                        .query((row, i) -> assignment(row))
                        .list();
    }

    List<Assignment> ofUnits(Collection<String> units, Collection<AssignmentState> states) {
        return units.isEmpty()
                ? List.of()
                : jdbc.sql("""
                                select * from proposal_assignment where unit_id in (:units) and state in (:states)
                                order by case_number, id""")
                        .param("units", units)
                        .param("states", states.stream().map(Coded::code).toList())
                        .query((row, i) -> assignment(row))
                        .list();
    }

    /** Unit → how many rows in these states. */
    Map<String, Long> countByUnit(Collection<AssignmentState> states) {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbc.sql("""
                        select unit_id, count(*) as many from proposal_assignment where state in (:states)
                        group by unit_id order by unit_id""").param("states", states.stream().map(Coded::code).toList()).query(row -> {
            counts.put(row.getString("unit_id"), row.getLong("many"));
        });
        return counts;
    }

    private static Assignment assignment(ResultSet row) throws SQLException {
        return new Assignment(
                row.getLong("id"),
                row.getString("case_number"),
                row.getString("unit_id"),
                row.getString("unit_name"),
                row.getString("unit_system"),
                Coded.get(AssignmentRole.class, row.getString("role")),
                numbers(row.getString("suggestions")),
                row.getString("requirement"),
                Coded.get(AssignmentState.class, row.getString("state")),
                Coded.get(AssignmentSource.class, row.getString("source")),
                row.getString("reason"),
                row.getInt("position"),
                Rows.instant(row, "sent_at"),
                Rows.instant(row, "clock_start"),
                Rows.instant(row, "answered_at"),
                row.getString("answered_by"),
                row.getString("answered_by_name"),
                Rows.number(row, "replaced_by"),
                row.getString("instance_id"),
                row.getInt("version"));
    }

    static String numbers(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static List<Integer> numbers(String joined) {
        return joined.isEmpty()
                ? List.of()
                : Arrays.stream(joined.split(",")).map(Integer::valueOf).toList();
    }

    /** What a plan says of a unit. @throws Refusal the unit stands in the case already */
    void plan(long id, AssignmentRole role, List<Integer> suggestions, String requirement, int position) {
        jdbc.sql("""
                        update proposal_assignment set role = :role, suggestions = :suggestions, requirement = :requirement,
                          position = :position, state = 'planned', active_key = concat(case_number, ':', unit_id),
                          version = version + 1 where id = :id""")
                .param("role", role.code())
                .param("suggestions", numbers(suggestions))
                .param("requirement", requirement)
                .param("position", position)
                .param("id", id)
                .update();
    }

    void reason(long id, String reason) {
        jdbc.sql("update proposal_assignment set reason = :reason, version = version + 1 where id = :id")
                .param("reason", reason)
                .param("id", id)
                .update();
    }

    void delete(long id) {
        jdbc.sql("delete from proposal_assignment where id = :id")
                .param("id", id)
                .update();
    }

    /** A state in which the unit still stands in the case, or is only suggested. */
    void state(long id, AssignmentState state) {
        String key = active(state) ? "concat(case_number, ':', unit_id)" : "null";
        jdbc.sql("update proposal_assignment set state = :state, active_key = " + key
                        + ", version = version + 1 where id = :id")
                .param("state", state.code())
                .param("id", id)
                .update();
    }

    void role(long id, AssignmentRole role) {
        jdbc.sql("update proposal_assignment set role = :role, version = version + 1 where id = :id")
                .param("role", role.code())
                .param("id", id)
                .update();
    }

    void suggestions(long id, List<Integer> suggestions) {
        jdbc.sql("update proposal_assignment set suggestions = :suggestions, version = version + 1 where id = :id")
                .param("suggestions", numbers(suggestions))
                .param("id", id)
                .update();
    }

    void sent(long id, Instant now, Instant clockStart) {
        jdbc.sql("""
                        update proposal_assignment set state = 'sent', sent_at = :now, clock_start = :clock, version = version + 1
                        where id = :id""")
                .param("now", at(now))
                .param("clock", at(clockStart))
                .param("id", id)
                .update();
    }

    void instance(long id, String instance) {
        jdbc.sql("update proposal_assignment set instance_id = :instance where id = :id")
                .param("instance", instance)
                .param("id", id)
                .update();
    }

    void accepted(
            long id,
            AssignmentState state,
            Instant now,
            Instant clockStart,
            @Nullable String person,
            @Nullable String name) {
        jdbc.sql("""
                        update proposal_assignment set state = :state, answered_at = :now, clock_start = :clock, answered_by = :person,
                          answered_by_name = :name, version = version + 1 where id = :id""")
                .param("state", state.code())
                .param("now", at(now))
                .param("clock", at(clockStart))
                .param("person", person)
                .param("name", name)
                .param("id", id)
                .update();
    }

    /** The unit no longer stands in the case; first, so that its place is free. */
    /** What the unit had its own bureaus do for it is over too. */
    void ended(long id, AssignmentState state, Instant now) {
        jdbc.sql("update proposal_inner_forwarding set ended_at = :now where assignment_id = :id and ended_at is null")
                .param("now", at(now))
                .param("id", id)
                .update();
        jdbc.sql("""
                        update proposal_assignment set state = :state, ended_at = :now, active_key = null, version = version + 1
                        where id = :id""")
                .param("state", state.code())
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    void replacedBy(long id, long next) {
        jdbc.sql("update proposal_assignment set replaced_by = :next where id = :id")
                .param("next", next)
                .param("id", id)
                .update();
    }

    // ---- requests to return

    long insertRequest(
            long assignment,
            int number,
            String reason,
            String basis,
            String unit,
            String unitName,
            String document,
            String person,
            String name,
            Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into proposal_return_request (assignment_id, number, reason, basis, suggested_unit, suggested_unit_name,
                          document_id, requested_by, requested_by_name, requested_at)
                        values (:assignment, :number, :reason, :basis, :unit, :unitName, :document, :person, :name, :now)""")
                .param("assignment", assignment)
                .param("number", number)
                .param("reason", reason)
                .param("basis", basis)
                .param("unit", unit)
                .param("unitName", unitName)
                .param("document", document)
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    void ruled(
            long id,
            Ruling ruling,
            @Nullable String unit,
            @Nullable AssignmentRole role,
            String reason,
            boolean recount,
            String person,
            String name,
            Instant now) {
        jdbc.sql("""
                        update proposal_return_request set ruling = :ruling, ruling_unit = :unit, ruling_role = :role, ruling_reason = :reason,
                          recount = :recount, ruled_by = :person, ruled_by_name = :name, ruled_at = :now where id = :id""")
                .param("ruling", ruling.code())
                .param("unit", unit)
                .param("role", Rows.code(role))
                .param("reason", reason)
                .param("recount", recount)
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    /** Of all units of the case, oldest first. */
    List<ReturnRequest> requests(String caseNumber) {
        return jdbc.sql("""
                        select r.* from proposal_return_request r join proposal_assignment a on a.id = r.assignment_id
                        where a.case_number = :number order by r.id""")
                .param("number", caseNumber)
                .query((row, i) -> request(row))
                .list();
    }

    private static ReturnRequest request(ResultSet row) throws SQLException {
        boolean recount = row.getBoolean("recount");
        Boolean known = row.wasNull() ? null : (Boolean) recount;
        return new ReturnRequest(
                row.getLong("id"),
                row.getLong("assignment_id"),
                row.getInt("number"),
                row.getString("reason"),
                row.getString("basis"),
                row.getString("suggested_unit"),
                row.getString("suggested_unit_name"),
                row.getString("document_id"),
                row.getString("requested_by_name"),
                Rows.present(row, "requested_at"),
                Rows.value(Ruling.class, row.getString("ruling")),
                row.getString("ruling_unit"),
                Rows.value(AssignmentRole.class, row.getString("ruling_role")),
                row.getString("ruling_reason"),
                known,
                row.getString("ruled_by_name"),
                Rows.instant(row, "ruled_at"));
    }

    // ---- words of units

    void insertWord(String caseNumber, String unit, String unitName, String person, String name, Instant now) {
        jdbc.sql("""
                        insert into proposal_unit_word (case_number, unit_id, unit_name, asked_by, asked_by_name, asked_at, reason)
                        values (:number, :unit, :unitName, :person, :name, :now, '')""")
                .param("number", caseNumber)
                .param("unit", unit)
                .param("unitName", unitName)
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .update();
    }

    void word(
            long id,
            boolean agrees,
            @Nullable String other,
            @Nullable String otherName,
            String reason,
            String person,
            String name,
            Instant now) {
        jdbc.sql("""
                        update proposal_unit_word set word = :word, other_unit = :other, other_unit_name = :otherName, reason = :reason,
                          answered_by = :person, answered_by_name = :name, answered_at = :now where id = :id""")
                .param("word", agrees ? "agree" : "other")
                .param("other", other)
                .param("otherName", otherName)
                .param("reason", reason)
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    /** The question goes to another unit as it was asked. */
    void moveWord(long id, String unit, String unitName) {
        jdbc.sql("update proposal_unit_word set unit_id = :unit, unit_name = :unitName where id = :id")
                .param("unit", unit)
                .param("unitName", unitName)
                .param("id", id)
                .update();
    }

    void closeWord(long id, Instant now) {
        jdbc.sql("update proposal_unit_word set closed_at = :now where id = :id")
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    /** 二次交办 of all units of a case that is answered. */
    void endForwardings(String caseNumber, Instant now) {
        jdbc.sql("""
                        update proposal_inner_forwarding set ended_at = :now where ended_at is null
                        and assignment_id in (select id from proposal_assignment where case_number = :number)""").param("now", at(now)).param("number", caseNumber).update();
    }

    void closeWords(String caseNumber, Instant now) {
        jdbc.sql("""
                        update proposal_unit_word set closed_at = :now
                        where case_number = :number and answered_at is null and closed_at is null""").param("now", at(now)).param("number", caseNumber).update();
    }

    List<UnitWord> words(Collection<String> caseNumbers) {
        return caseNumbers.isEmpty()
                ? List.of()
                : jdbc.sql("select * from proposal_unit_word where case_number in (:numbers) order by case_number, id")
                        .param("numbers", caseNumbers)
                        .query((row, i) -> word(row))
                        .list();
    }

    /** Asked of these units and neither answered nor closed, oldest first. */
    List<UnitWord> wordsWaiting(Collection<String> units) {
        return units.isEmpty()
                ? List.of()
                : jdbc.sql("""
                                select * from proposal_unit_word
                                where unit_id in (:units) and answered_at is null and closed_at is null order by id""")
                        .param("units", units)
                        .query((row, i) -> word(row))
                        .list();
    }

    Optional<UnitWord> findWord(long id) {
        return jdbc.sql("select * from proposal_unit_word where id = :id")
                .param("id", id)
                .query((row, i) -> word(row))
                .optional();
    }

    private static UnitWord word(ResultSet row) throws SQLException {
        String word = row.getString("word");
        return new UnitWord(
                row.getLong("id"),
                row.getString("case_number"),
                row.getString("unit_id"),
                row.getString("unit_name"),
                row.getString("asked_by_name"),
                Rows.present(row, "asked_at"),
                word == null ? null : (Boolean) word.equals("agree"),
                row.getString("other_unit"),
                row.getString("other_unit_name"),
                row.getString("reason"),
                row.getString("answered_by_name"),
                Rows.instant(row, "answered_at"),
                Rows.instant(row, "closed_at"));
    }

    // ---- inner forwarding

    void insertForwarding(
            long assignment, String inner, LocalDate due, String requirement, String person, String name, Instant now) {
        jdbc.sql("""
                        insert into proposal_inner_forwarding (assignment_id, inner_unit, due_on, requirement, forwarded_by,
                          forwarded_by_name, forwarded_at)
                        values (:assignment, :inner, :due, :requirement, :person, :name, :now)""")
                .param("assignment", assignment)
                .param("inner", inner)
                .param("due", due)
                .param("requirement", requirement)
                .param("person", person)
                .param("name", name)
                .param("now", at(now))
                .update();
    }

    void endForwarding(long id, Instant now) {
        jdbc.sql("update proposal_inner_forwarding set ended_at = :now where id = :id and ended_at is null")
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    List<InnerForwarding> forwardings(Collection<Long> assignments) {
        return assignments.isEmpty()
                ? List.of()
                : jdbc.sql("select * from proposal_inner_forwarding where assignment_id in (:ids) order by id")
                        .param("ids", assignments)
                        .query((row, i) -> new InnerForwarding(
                                row.getLong("id"),
                                row.getLong("assignment_id"),
                                row.getString("inner_unit"),
                                row.getObject("due_on", LocalDate.class),
                                row.getString("requirement"),
                                row.getString("forwarded_by_name"),
                                Rows.present(row, "forwarded_at"),
                                Rows.instant(row, "ended_at")))
                        .list();
    }
}
