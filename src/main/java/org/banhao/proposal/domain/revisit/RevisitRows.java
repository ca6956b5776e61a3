package org.banhao.proposal.domain.revisit;

import static org.banhao.proposal.domain.Rows.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Refusal;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Rows;
import org.banhao.proposal.domain.handling.Commitment;
import org.banhao.proposal.domain.handling.Handling;
import org.banhao.proposal.domain.handling.Reply;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Look-backs, their items, words of proposers and the history of classes. Every call joins the caller's transaction. */
@Repository
class RevisitRows {

    /** No delivered reply of a later round stands in the place of {@code h}. */
    private static final String LATEST = """
            and not exists (select 1 from proposal_handling l where l.assignment_id = h.assignment_id
              and l.round > h.round and l.state = 'delivered')
            """;

    /** No round of {@code h}'s reply is being looked at. */
    private static final String NOT_OPEN = """
            and not exists (select 1 from proposal_revisit n join proposal_handling o on o.id = n.handling_id
              where n.open_key is not null and o.assignment_id = h.assignment_id)
            """;

    /** {@code h} stands in a proposal that lives: what was withdrawn is not looked back at. */
    private static final String NOT_WITHDRAWN = """
            and exists (select 1 from proposal_proposal p where p.case_number = h.case_number and p.withdrawn_at is null)
            """;

    /**
     * The reply a promise {@code c} is looked back at with. What was agreed in a consultation goes with the reply of the unit that owns
     * it, and waits while that unit owes one; who gives an opinion only reports by the lead, which answers for the whole. Entries without
     * a unit go with the first reply of the case.
     */
    private static final String LOOKED_AT_WITH = """

            coalesce(c.handling_id,
              (select min(o.id) from proposal_handling o where o.assignment_id = c.assignment_id and o.state = 'delivered'),
              (select min(f.id) from proposal_handling f where f.case_number = c.case_number and f.state = 'delivered'
                and not exists (select 1 from proposal_assignment a where a.id = c.assignment_id and a.active_key is not null
                  and a.role <> 'co')))
            """;

    private final JdbcClient jdbc;

    RevisitRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(
            Handling handling,
            Unit unit,
            Reply reply,
            RevisitCause cause,
            String roundName,
            String startedName,
            Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into proposal_revisit (case_number, handling_id, unit_id, unit_name, cause, round_name, state, original_class,
                          original_class_name, report, evidence, check_opinion, followed, escalation_opinion, started_name, started_at, open_key)
                        values (:number, :handling, :unit, :unitName, :cause, :round, 'reporting', :class, :className, '', '', '', false, '',
                          :by, :now, :handling)""")
                .param("number", handling.caseNumber())
                .param("handling", handling.id())
                .param("unit", unit.id())
                .param("unitName", unit.name())
                .param("cause", cause.code())
                .param("round", roundName)
                .param("class", reply.resultClass())
                .param("className", reply.resultClassName())
                .param("by", startedName)
                .param("now", at(now))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    void item(long revisit, @Nullable Long commitment, int position, String content) {
        jdbc.sql("""
                        insert into proposal_revisit_item (revisit_id, commitment_id, position, content, reason, figures)
                        values (:revisit, :commitment, :position, :content, '', '')""")
                .param("revisit", revisit)
                .param("commitment", commitment, Types.BIGINT)
                .param("position", position)
                .param("content", content)
                .update();
    }

    void instance(long id, String instance) {
        jdbc.sql("update proposal_revisit set instance_id = :instance where id = :id")
                .param("instance", instance)
                .param("id", id)
                .update();
    }

    Revisit get(long id) {
        return list("id = :x", id).stream().findFirst().orElseThrow(() -> new Refusal("没有这次回头看，请从列表重新进入。"));
    }

    Optional<Revisit> byInstance(String instance) {
        return list("instance_id = :x", instance).stream().findFirst();
    }

    /** Oldest first. */
    List<Revisit> ofCase(String caseNumber) {
        return list("case_number = :x", caseNumber);
    }

    /** Of many cases in one look, oldest first. */
    List<Revisit> ofCases(Collection<String> caseNumbers) {
        return caseNumbers.isEmpty() ? List.of() : list("case_number in (:x)", caseNumbers);
    }

    boolean open(long handling) {
        return !list("open_key = :x", handling).isEmpty();
    }

    List<Revisit> openOfUnit(String unit) {
        return list("unit_id = :x and open_key is not null", unit);
    }

    List<Revisit> allOpen() {
        return list("open_key is not null and id > :x", 0L);
    }

    /**
     * Latest delivered replies of which some round was looked at, with a day for the next look that has come and was not followed, and
     * that are not looked at now.
     */
    List<Long> dueAgain(LocalDate day) {
        return jdbc.sql("""
                        select distinct h.id from proposal_revisit d join proposal_handling e on e.id = d.handling_id
                          join proposal_handling h on h.assignment_id = e.assignment_id
                        where d.state = 'done' and d.followed = false and d.next_on <= :day and h.state = 'delivered'
                          """ + LATEST + NOT_OPEN + NOT_WITHDRAWN + " order by h.id")
                .param("day", day)
                .query(Long.class)
                .list();
    }

    /** Carried through to what the committee found, of all replies of that session's cases. */
    List<Revisit> doneOf(String session) {
        return list(
                "state = 'done' and outcome is not null and case_number in (select case_number from proposal_proposal where session_id = :x)",
                session);
    }

    private List<Revisit> list(String where, Object value) {
        return jdbc.sql("select * from proposal_revisit where " + where + " order by id")
                .param("x", value)
                .query((row, i) -> revisit(row))
                .list();
    }

    private static Revisit revisit(ResultSet row) throws SQLException {
        return new Revisit(
                row.getLong("id"),
                row.getString("case_number"),
                row.getLong("handling_id"),
                row.getString("unit_id"),
                row.getString("unit_name"),
                Coded.get(RevisitCause.class, row.getString("cause")),
                row.getString("round_name"),
                row.getString("instance_id"),
                Coded.get(RevisitState.class, row.getString("state")),
                row.getString("original_class"),
                row.getString("original_class_name"),
                row.getString("report"),
                row.getString("proposed_class"),
                Rows.split(row.getString("evidence")),
                row.getString("reported_name"),
                Rows.instant(row, "reported_at"),
                row.getString("check_opinion"),
                row.getString("checked_name"),
                Rows.instant(row, "checked_at"),
                Rows.value(RevisitOutcome.class, row.getString("outcome")),
                row.getString("accepted_class"),
                row.getString("accepted_class_name"),
                Rows.day(row, "next_on"),
                row.getString("escalation"),
                row.getString("escalation_opinion"),
                row.getString("escalated_name"),
                row.getString("started_name"),
                Rows.present(row, "started_at"));
    }

    List<Revisit.Item> items(long revisit) {
        return jdbc.sql("select * from proposal_revisit_item where revisit_id = :id order by position")
                .param("id", revisit)
                .query((row, i) -> new Revisit.Item(
                        row.getLong("id"),
                        Rows.number(row, "commitment_id"),
                        row.getString("content"),
                        Rows.value(ItemResult.class, row.getString("result")),
                        row.getString("reason"),
                        row.getString("figures")))
                .list();
    }

    void reported(long item, ItemResult result, String reason, String figures) {
        jdbc.sql(
                        "update proposal_revisit_item set result = :result, reason = :reason, figures = :figures where id = :id")
                .param("result", result.code())
                .param("reason", reason)
                .param("figures", figures)
                .param("id", item)
                .update();
    }

    void reported(long id, String report, String proposedClass, Collection<String> evidence, String by, Instant now) {
        jdbc.sql("""
                        update proposal_revisit set state = 'checking', report = :report, proposed_class = :class, evidence = :evidence,
                          reported_name = :by, reported_at = :now where id = :id""")
                .param("report", report)
                .param("class", proposedClass)
                .param("evidence", Rows.join(evidence))
                .param("by", by)
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    void returned(long id, String opinion, String by, Instant now) {
        jdbc.sql("""
                        update proposal_revisit set state = 'reporting', check_opinion = :opinion, checked_name = :by, checked_at = :now
                        where id = :id""")
                .param("opinion", opinion)
                .param("by", by)
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    void accepted(
            long id,
            RevisitOutcome outcome,
            String code,
            String className,
            @Nullable LocalDate nextOn,
            String opinion,
            String by,
            Instant now) {
        jdbc.sql("""
                        update proposal_revisit set outcome = :outcome, accepted_class = :class, accepted_class_name = :className,
                          next_on = :next, check_opinion = :opinion, checked_name = :by, checked_at = :now where id = :id""")
                .param("outcome", outcome.code())
                .param("class", code)
                .param("className", className)
                .param("next", nextOn, Types.DATE)
                .param("opinion", opinion)
                .param("by", by)
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    void escalating(long id) {
        jdbc.sql("update proposal_revisit set state = 'escalating' where id = :id")
                .param("id", id)
                .update();
    }

    void escalated(long id, String how, LocalDate nextOn, String opinion, String by) {
        jdbc.sql("""
                        update proposal_revisit set escalation = :how, next_on = :next, escalation_opinion = :opinion, escalated_name = :by
                        where id = :id""")
                .param("how", how)
                .param("next", nextOn)
                .param("opinion", opinion)
                .param("by", by)
                .param("id", id)
                .update();
    }

    void done(long id, Instant now) {
        jdbc.sql("update proposal_revisit set state = 'done', ended_at = :now, open_key = null where id = :id")
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    /** Whatever day was set for this reply, in whatever round: it is being looked at again. */
    void followed(long handling) {
        jdbc.sql("""
                        update proposal_revisit set followed = true where state = 'done' and handling_id in (
                          select e.id from proposal_handling e join proposal_handling h on h.assignment_id = e.assignment_id
                          where h.id = :handling)""").param("handling", handling).update();
    }

    void goesOver(long id, Unit unit) {
        jdbc.sql("update proposal_revisit set unit_id = :unit, unit_name = :name where id = :id")
                .param("unit", unit.id())
                .param("name", unit.name())
                .param("id", id)
                .update();
    }

    // ---- words of proposers

    void word(long revisit, String person, String name, ProposerWord word, String opinion, Instant now) {
        jdbc.sql("delete from proposal_revisit_word where revisit_id = :id and person_id = :person")
                .param("id", revisit)
                .param("person", person)
                .update();
        jdbc.sql("""
                        insert into proposal_revisit_word (revisit_id, person_id, name, word, opinion, at)
                        values (:id, :person, :name, :word, :opinion, :now)""")
                .param("id", revisit)
                .param("person", person)
                .param("name", name)
                .param("word", word.code())
                .param("opinion", opinion)
                .param("now", at(now))
                .update();
    }

    List<Revisit.Word> words(long revisit) {
        return jdbc.sql("select * from proposal_revisit_word where revisit_id = :id order by at")
                .param("id", revisit)
                .query((row, i) -> new Revisit.Word(
                        row.getString("person_id"),
                        row.getString("name"),
                        Coded.get(ProposerWord.class, row.getString("word")),
                        row.getString("opinion")))
                .list();
    }

    // ---- history of classes

    void classOf(Revisit revisit, Instant now) {
        jdbc.sql("""
                        insert into proposal_class_history (case_number, handling_id, revisit_id, class_code, class_name, decided_name, at)
                        values (:number, :handling, :revisit, :class, :name, :by, :now)""")
                .param("number", revisit.caseNumber())
                .param("handling", revisit.handlingId())
                .param("revisit", revisit.id())
                .param("class", revisit.acceptedClass())
                .param("name", revisit.acceptedClassName())
                .param("by", revisit.checkedName())
                .param("now", at(now))
                .update();
    }

    /** Of many replies in one look, by handling, oldest first. */
    Map<Long, List<Revisit.ClassAt>> classes(Collection<Long> handlings) {
        Map<Long, List<Revisit.ClassAt>> found = new HashMap<>();
        if (!handlings.isEmpty()) {
            jdbc.sql("select handling_id, class_code, class_name, at from proposal_class_history"
                            + " where handling_id in (:ids) order by id")
                    .param("ids", handlings)
                    .query(row -> {
                        found.computeIfAbsent(row.getLong("handling_id"), id -> new ArrayList<>())
                                .add(new Revisit.ClassAt(
                                        row.getString("class_code"),
                                        row.getString("class_name"),
                                        Rows.present(row, "at")));
                    });
        }
        return found;
    }

    /** Handlings that are being looked at. */
    Set<Long> allOpenHandlings() {
        return allOpen().stream().map(Revisit::handlingId).collect(Collectors.toSet());
    }

    /** Oldest first. */
    List<Revisit.ClassAt> classes(long handling) {
        return jdbc.sql(
                        "select class_code, class_name, at from proposal_class_history where handling_id = :id order by id")
                .param("id", handling)
                .query((row, i) -> new Revisit.ClassAt(
                        row.getString("class_code"), row.getString("class_name"), Rows.present(row, "at")))
                .list();
    }

    // ---- what there is to look at

    /**
     * What a reply and those of earlier rounds promised, and what was agreed in a consultation and is looked at with them. Only what
     * binds.
     */
    List<Commitment> promises(Handling handling) {
        return jdbc.sql("""
                        select c.* from proposal_commitment c
                        where c.case_number = :number and c.binding = true and """ + LOOKED_AT_WITH + """
                          in (select e.id from proposal_handling e join proposal_handling h on h.assignment_id = e.assignment_id
                            where h.id = :handling and e.round <= h.round)
                        order by c.id""")
                .param("number", handling.caseNumber())
                .param("handling", handling.id())
                .query((row, i) -> new Commitment(
                        row.getLong("id"),
                        row.getString("case_number"),
                        row.getString("source"),
                        Rows.integer(row, "suggestion"),
                        row.getString("content"),
                        Rows.day(row, "due_on"),
                        row.getString("responsible"),
                        row.getBoolean("binding")))
                .list();
    }

    /**
     * Promises that are settled: not asked for any more, or kept as the committee found too. Where it found a part kept of what was
     * reported as kept throughout, nobody can say which: all are asked again.
     */
    List<Long> settled(long handling) {
        return jdbc.sql("""
                        select i.commitment_id from proposal_revisit_item i join proposal_revisit r on r.id = i.revisit_id
                          join proposal_handling e on e.id = r.handling_id
                          join proposal_handling h on h.assignment_id = e.assignment_id
                        where h.id = :handling and r.state = 'done' and i.commitment_id is not null
                          and (i.result = 'lapsed' or i.result = 'kept' and (r.outcome = 'kept' or r.outcome = 'partly'
                            and exists (select 1 from proposal_revisit_item o where o.revisit_id = r.id
                              and o.result in ('partly', 'notKept'))))""").param("handling", handling).query(Long.class).list();
    }

    /**
     * Latest delivered replies with a promise, of theirs or of an earlier round, whose day has come and that nobody looked at yet, and
     * that are not looked at now.
     */
    List<Long> dueForTheFirstTime(LocalDate day) {
        return jdbc.sql("""
                        select distinct h.id from proposal_handling h
                          join proposal_commitment c on c.case_number = h.case_number
                        where h.state = 'delivered' and c.binding = true and c.due_on <= :day
                          and """ + LOOKED_AT_WITH + """
                          in (select e.id from proposal_handling e where e.assignment_id = h.assignment_id and e.round <= h.round)
                          and not exists (select 1 from proposal_revisit_item i where i.commitment_id = c.id)
                          """ + LATEST + NOT_OPEN + NOT_WITHDRAWN + " order by h.id")
                .param("day", day)
                .query(Long.class)
                .list();
    }

    /** The latest delivered reply of each unit in a session's cases. */
    List<Long> answered(String session) {
        return jdbc.sql("""
                        select h.id from proposal_handling h join proposal_proposal p on p.case_number = h.case_number
                          join proposal_reply r on r.handling_id = h.id
                        where p.session_id = :session and h.state = 'delivered' and p.withdrawn_at is null
                          """ + LATEST + " order by p.file_number, h.id")
                .param("session", session)
                .query(Long.class)
                .list();
    }

    /** Units of delivered replies. */
    List<String> units() {
        return jdbc.sql("select distinct unit_id from proposal_handling where state = 'delivered' order by unit_id")
                .query(String.class)
                .list();
    }

    /** Of two nodes one sweeps; the other waits here and then finds nothing. */
    void lockSweep(Instant now) {
        jdbc.sql("update proposal_revisit_sweep set at = :now where name = 'revisit'")
                .param("now", at(now))
                .update();
    }
}
