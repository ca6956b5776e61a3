package org.banhao.whole.year;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.banhao.casefile.domain.Dossiers;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.whole.Consistency;
import org.jspecify.annotations.Nullable;

/**
 * What holds in a year. Read by SQL, and counted by {@link Terms}, past the product's own use cases.
 *
 * <ul>
 *   <li>After every step: the answers it gave and the messages it wrote; all of every case it touched, or that the house wrote about meanwhile
 *       ({@link #after}), where one stranger tries to read one of them, and every fifth time a member too; the figures of the session when
 *       one of them counts otherwise than before, or is a mock ({@link Counts}).
 *   <li>After every round of reminders: the rung of each deadline ({@link #reminded}).
 *   <li>After every 250 steps and at the end of the year: what only the whole house can show ({@link #whole}).
 *   <li>At the end of the year: all of every case, which every stranger and one member tries to read ({@link #everyCase}).
 * </ul>
 */
final class Invariants {

    private static final String CLOSING = "solicitationClosing";

    /** State of a row → the one step that waits in its instance; several where the state does not tell which. */
    private static final Map<String, Set<String>> HANDLING = Map.of(
            "handling", Set.of("forwardToSection", "handle"),
            "drafting", Set.of("collateOpinions", "draftReply", "draftCoOpinion"),
            "checking", Set.of("checkReply"),
            "signing", Set.of("signByDeputy", "signByHead", "signCoOpinion"),
            "previewing", Set.of("previewReply"),
            "sealing", Set.of("deliverReply", "sendCoOpinion"));

    private static final Map<String, Set<String>> ASSIGNMENT =
            Map.of("sent", Set.of("answerAssignment"), "returnRequested", Set.of("ruleOnReturn"));
    private static final Map<String, Set<String>> REVISIT = Map.of(
            "reporting", Set.of("reportProgress"),
            "checking", Set.of("checkReport"),
            "escalating", Set.of("decideEscalation"));
    private static final Map<String, Set<String>> EXTENSION =
            Map.of("asked", Set.of("approveRequest"), "approved", Set.of("decideExtension"));

    private static final Map<String, String> REVIEW = Map.of(
            "firstReview", "firstReview",
            "secondReview", "secondReview",
            "returned", "reviseProposal",
            "awaitingNumber", "assignFileNumber");

    /** Which obligation a step is due by; those of a unit are found by its part. */
    private static final Map<String, String> TERM = Map.ofEntries(
            Map.entry("prepareTopics", "solicitationTopics"),
            Map.entry("approveCall", "solicitationApproval"),
            Map.entry("writeSummary", "solicitationSummary"),
            Map.entry("firstReview", "firstReview"),
            Map.entry("secondReview", "secondReview"),
            Map.entry("decideInMeeting", "finalDecision"),
            Map.entry("decideByDirector", "finalDecision"),
            Map.entry("assignFileNumber", "fileNumber"),
            Map.entry("reviseProposal", "resubmission"),
            Map.entry("confirmUnits", "assignment"),
            Map.entry("answerAssignment", "returnWindow"),
            Map.entry("ruleOnReturn", "ruling"),
            Map.entry("forwardToSection", "sectionForward"),
            Map.entry("giveFeedback", "feedback"),
            Map.entry("examineFeedback", "dissatisfaction"),
            Map.entry("mediate", "mediation"),
            Map.entry("reportProgress", "revisitReport"),
            Map.entry("checkReport", "revisitCheck"),
            Map.entry("decideEscalation", "revisitCheck"));

    private static final Map<String, String> TIMER = Map.of(
            "timer_solicitationClosing", CLOSING,
            "timer_signatureDeadline", "coSignature",
            "timer_returnWindow", "returnWindow",
            "timer_feedbackDeadline", "feedback",
            "timer_resubmissionDeadline", "resubmission");

    /** Role of a step in the unit that handles. */
    private static final Map<String, String> UNIT_ROLE = Map.ofEntries(
            Map.entry("forwardToSection", "liaison"),
            Map.entry("handle", "handler"),
            Map.entry("collateOpinions", "handler"),
            Map.entry("draftReply", "handler"),
            Map.entry("checkReply", "checker"),
            Map.entry("signByDeputy", "deputy"),
            Map.entry("signByHead", "head"),
            Map.entry("deliverReply", "liaison"),
            Map.entry("draftCoOpinion", "handler"),
            Map.entry("signCoOpinion", "deputy"),
            Map.entry("sendCoOpinion", "liaison"),
            Map.entry("approveRequest", "deputy"));

    private static final Map<String, List<String>> ROLE = Map.ofEntries(
            Map.entry("prepareTopics", List.of("proposal-clerk")),
            Map.entry("approveCall", List.of("committee-director")),
            Map.entry("writeSummary", List.of("proposal-clerk")),
            Map.entry("firstReview", List.of("proposal-clerk")),
            Map.entry("secondReview", List.of("group-reviewer")),
            Map.entry("decideInMeeting", List.of("meeting-secretary")),
            Map.entry("decideByDirector", List.of("committee-director")),
            Map.entry("assignFileNumber", List.of("proposal-clerk")),
            Map.entry("reviseProposal", List.of("proposal-clerk")),
            Map.entry("ruleOnReturn", List.of("assigning-office-leader")),
            Map.entry("giveFeedback", List.of("proposal-clerk")),
            Map.entry("examineFeedback", List.of("committee-director", "proposal-clerk")),
            Map.entry("mediate", List.of("committee-director", "proposal-clerk")),
            Map.entry("checkReport", List.of("proposal-clerk")),
            Map.entry("decideEscalation", List.of("committee-director")));

    private static final String OF = "{of}";
    private static final List<String> REPLIED = List.of("replied", "secondHandling", "closed");
    private static final List<String> FILED =
            List.of("filed", "assigned", "handling", "replied", "secondHandling", "closed");

    /** @param statuses of cases in which it may be broken; empty: all · {@code sql} finds what is wrong, of one case or of all */
    private record Rule(String what, List<String> statuses, String sql) {}

    /** Asked of each case a step has touched, and now and then of all. */
    private static final List<Rule> EACH = List.of(
            new Rule(
                    "told more than once what happens once",
                    List.of(),
                    "select case_number || ' ' || template || ' ' || person_id from notice_outbox where channel = 'mail' and"
                            + " case_number {of} and template in ('submitted', 'notFiled', 'converted', 'withdrawn') group by"
                            + " case_number, template, person_id having count(*) > 1"),
            new Rule(
                    "ended without a word to the proposer",
                    List.of("notFiled", "converted", "withdrawn"),
                    "select c.number || ' ' || c.status from casefile_case c join proposal_proposal p on p.case_number = c.number"
                            + " where c.status in ('notFiled', 'converted', 'withdrawn') and c.number {of} and not exists (select 1"
                            + " from notice_outbox o where o.case_number = c.number and o.template = c.status and o.person_id ="
                            + " p.proposer_person)"),
            new Rule(
                    "filed without a word to the proposer",
                    FILED,
                    "select p.case_number from proposal_proposal p where p.file_number is not null and p.case_number {of} and"
                            + " not exists (select 1 from notice_outbox o where o.case_number = p.case_number and o.template ="
                            + " 'filed' and o.person_id = p.proposer_person)"),
            new Rule(
                    "brought a reply and not asked about it, or not told",
                    REPLIED,
                    "select d.case_number || ' ' || d.person_id || ' ' || d.handling_id from proposal_delivery d where d.case_number {of} and"
                            + " ((select count(*) from proposal_delivery e where e.handling_id = d.handling_id)"
                            + " <> (select count(*) from proposal_feedback f where f.handling_id = d.handling_id) or not exists"
                            + " (select 1 from notice_outbox o where o.case_number = d.case_number and o.template = 'replyDelivered'"
                            + " and o.person_id = d.person_id))"),
            new Rule(
                    "proposes and was brought no reply",
                    List.of("replied", "closed"),
                    "select p.case_number || ' ' || s.person_id from proposal_proposal p join casefile_case c on c.number = p.case_number"
                            + " join proposal_signature s on s.case_number = p.case_number and s.state = 'confirmed'"
                            + " where c.status in ('replied', 'closed') and p.kind <> 'collective' and p.case_number {of} and not exists"
                            + " (select 1 from proposal_delivery d where d.case_number = p.case_number and d.person_id = s.person_id)"),
            new Rule(
                    "has answered and still owes",
                    List.of("replied", "closed"),
                    "select d.case_number || ' ' || d.rule_key from calendar_deadline d join casefile_case c on c.number = d.case_number"
                            + " where d.state = 'open' and c.status in ('replied', 'closed') and d.case_number {of}"
                            + " and d.rule_key in ('reply', 'rehandle', 'firstContact', 'returnWindow', 'ruling', 'assignment')"),
            new Rule(
                    "two conclusions of one level in one round",
                    List.of("secondReview", "planFile", "planMerge", "planConvert", "planNotFile", "awaitingNumber"),
                    "select case_number || ' ' || level from proposal_review where case_number {of} group by case_number, round,"
                            + " level having count(*) > 1"),
            new Rule(
                    "decided by a meeting whose record does not say so once",
                    List.of("awaitingNumber", "filed", "merged", "converted", "notFiled", "returned"),
                    "select r.case_number || ' ' || r.held_meeting from proposal_review r where r.level = 'final' and"
                            + " r.held_meeting > 0 and r.case_number {of} and (select count(*) from casefile_meeting_item i join"
                            + " casefile_meeting_decision d on d.item_id = i.id and d.corrects is null where i.meeting_id ="
                            + " r.held_meeting and i.case_number = r.case_number) <> (select count(*) from proposal_review o"
                            + " where o.case_number = r.case_number and o.held_meeting = r.held_meeting and o.level = 'final')"));

    private static final List<String> ENDED = List.of("withdrawn", "converted", "notFiled", "discarded");
    /** Nobody of these ever has to do with a proposal of the story. */
    private static final List<String> STRANGERS =
            List.of("gong-yun", "duan-hai", "miao-zhuang", "xing-lan", "ji-changfeng");

    private final Scene scene;
    private final Counts counts;
    private final Beside beside;
    private final Set<String> before = new HashSet<>();
    private final Set<String> toldBefore = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private long lastMessage;
    private int strangers;
    private int outsiders;

    Invariants(Scene scene) {
        this.scene = scene;
        counts = new Counts(scene, this::fault);
        beside = new Beside(scene, this::fault);
    }

    /** What was there before the story began is looked at too, but its units and clocks were not chosen by it. */
    void before() {
        before.addAll(scene.texts("select number from casefile_case"));
        lastMessage = scene.count("select coalesce(max(id), 0) from notice_outbox");
    }

    /** @param numbers of the cases that a step has touched */
    void after(Collection<String> numbers) {
        answers();
        for (String number : numbers) one(number);
        if (numbers.stream().anyMatch(Scene::mock)) counts.mock(numbers);
        List<String> own =
                numbers.stream().filter(number -> !before.contains(number)).toList();
        if (!own.isEmpty()) {
            String number = own.get(strangers % own.size());
            reads(number, STRANGERS.get(strangers % STRANGERS.size()));
            if (strangers % 5 == 0) member(number);
            strangers++;
        }
        messages();
        raise();
    }

    private void raise() {
        if (faults.isEmpty()) return;
        List<String> all = List.copyOf(faults);
        faults.clear();
        throw new AssertionError(String.join("\n  ", all));
    }

    private void fault(String number, String what) {
        faults.add(number + ": " + what);
    }

    // ---- answers

    private void answers() {
        for (Books.Given given : scene.books().fresh()) {
            List<String> stored = scene.texts(
                    "select answer from casefile_step_answer where task_id = ? and person = ?",
                    given.todo().id(),
                    given.person());
            if (stored.size() != 1) {
                fault(given.todo().number(), "the answer of " + given + " is kept " + stored.size() + " times");
                continue;
            }
            for (String field : given.fields()) {
                if (!stored.get(0).contains("\"" + field + "\"")) {
                    fault(given.todo().number(), "the answer of " + given + " has lost " + field);
                }
            }
        }
    }

    // ---- one case

    private record Row(
            long id,
            @Nullable String instance,
            String state,
            String unit,
            String role,
            int round,
            @Nullable Instant start) {}

    private record Owed(
            long id,
            String key,
            Instant start,
            Instant due,
            boolean counted,
            @Nullable String instance,
            @Nullable String task) {}

    private record Case(
            String status,
            boolean closed,
            boolean important,
            @Nullable String instance,
            @Nullable String verdict,
            @Nullable Integer fileNumber,
            boolean withdrawn,
            @Nullable String period,
            boolean handedIn) {}

    private void one(String number) {
        Case row = scene
                .rows(
                        "select c.status, c.closed, c.important, p.instance_id, p.verdict, p.file_number,"
                                + " p.withdrawn_at, p.period, p.handed_in_at from casefile_case c join proposal_proposal p on p.case_number ="
                                + " c.number where c.number = ?",
                        (rs, n) -> new Case(
                                rs.getString("status"),
                                rs.getObject("closed") != null,
                                rs.getBoolean("important"),
                                rs.getString("instance_id"),
                                rs.getString("verdict"),
                                rs.getObject("file_number", Integer.class),
                                rs.getObject("withdrawn_at") != null,
                                rs.getString("period"),
                                rs.getObject("handed_in_at") != null),
                        number)
                .stream()
                .findFirst()
                .orElse(null);
        if (row == null) {
            if (number.startsWith("ZJ-")) solicitation(number);
            else if (number.startsWith("HY-")) beside.meeting(number);
            return;
        }
        List<Todo> todos = scene.todos(List.of(number));
        List<Owed> owed = owed(number);
        List<Row> assignments = scene.rows(
                "select * from proposal_assignment where case_number = ? order by id",
                (rs, n) -> new Row(
                        rs.getLong("id"),
                        rs.getString("instance_id"),
                        rs.getString("state"),
                        rs.getString("unit_id"),
                        rs.getString("role"),
                        0,
                        Scene.instant(rs, "clock_start")),
                number);
        List<Row> handlings = scene.rows(
                "select h.*, a.role, a.clock_start from proposal_handling h join proposal_assignment a on a.id ="
                        + " h.assignment_id where h.case_number = ? order by h.id",
                (rs, n) -> new Row(
                        rs.getLong("id"),
                        rs.getString("instance_id"),
                        rs.getString("state"),
                        rs.getString("unit_id"),
                        rs.getString("role"),
                        rs.getInt("round"),
                        rs.getInt("round") > 1 ? Scene.instant(rs, "started_at") : Scene.instant(rs, "clock_start")),
                number);
        engine(number, todos);
        positions(number, row, todos);
        rowsAndSteps(number, row.withdrawn(), todos, assignments, handlings);
        obligations(number, row, assignments, handlings);
        asideOfAssignment(number, row);
        owners(number, todos, assignments, handlings);
        dates(number, row.status(), todos, owed, assignments, handlings);
        each(number, row.status());
        counts.one(number, row.verdict(), row.withdrawn(), row.handedIn(), row.fileNumber());
        if (row.handedIn()) beside.proposal(number, row.period());
        merged(number, row, assignments);
    }

    private List<Owed> owed(String number) {
        return scene.rows(
                "select * from calendar_deadline where case_number = ? and state = 'open' order by id",
                (rs, n) -> new Owed(
                        rs.getLong("id"),
                        rs.getString("rule_key"),
                        Objects.requireNonNull(Scene.instant(rs, "start_at")),
                        Objects.requireNonNull(Scene.instant(rs, "due_at")),
                        rs.getBoolean("counted"),
                        rs.getString("instance_id"),
                        rs.getString("task")),
                number);
    }

    /** The table of open steps and the engine tell the same. */
    private void engine(String number, List<Todo> todos) {
        Map<String, String> tasks = new HashMap<>();
        Map<String, Set<String>> offered = new HashMap<>();
        scene.rows(
                "select t.id_, t.task_def_key_, t.assignee_, t.due_date_, t.suspension_state_, t.proc_inst_id_, l.group_id_"
                        + " from act_ru_task t join act_ru_execution e on e.id_ = t.proc_inst_id_ left join"
                        + " act_ru_identitylink l on l.task_id_ = t.id_ and l.type_ = 'candidate' and l.group_id_ is not"
                        + " null where e.business_key_ = ?",
                (rs, n) -> {
                    Set<String> groups = offered.computeIfAbsent(rs.getString("id_"), id -> new HashSet<>());
                    if (rs.getString("group_id_") != null) groups.add(rs.getString("group_id_"));
                    return tasks.put(
                            rs.getString("id_"),
                            line(
                                    rs.getString("task_def_key_"),
                                    rs.getString("assignee_"),
                                    rs.getTimestamp("due_date_") == null
                                            ? null
                                            : rs.getTimestamp("due_date_").toInstant(),
                                    rs.getInt("suspension_state_") == 2,
                                    rs.getString("proc_inst_id_")));
                },
                number);
        Map<String, String> steps = new HashMap<>();
        Map<String, Set<String>> shown = new HashMap<>();
        todos.forEach(todo -> {
            steps.put(todo.id(), line(todo.task(), todo.assignee(), todo.due(), todo.rests(), todo.instance()));
            shown.put(todo.id(), Set.copyOf(todo.groups()));
        });
        if (!tasks.equals(steps)) fault(number, "the engine has " + tasks + ", open steps are " + steps);
        if (!offered.equals(shown)) fault(number, "the engine offers to " + offered + ", open steps to " + shown);
    }

    private static String line(
            String task, @Nullable String assignee, @Nullable Instant due, boolean rests, String instance) {
        return task + " " + assignee + " " + (due == null ? null : due.getEpochSecond()) + " " + rests + " " + instance;
    }

    /** The word on the case, and where its own process stands. */
    private void positions(String number, Case row, List<Todo> todos) {
        List<String> at = row.instance() == null
                ? List.of()
                : scene.texts(
                        "select distinct act_id_ from act_ru_execution where proc_inst_id_ = ? and (act_id_ like"
                                + " 'receiveTask%' or act_id_ like 'callActivity%')",
                        row.instance());
        Set<String> wanted =
                switch (row.status()) {
                    case "collecting" -> Set.of("receiveTask_signatures");
                    case "firstReview",
                            "secondReview",
                            "planFile",
                            "planMerge",
                            "planConvert",
                            "planNotFile",
                            "returned",
                            "awaitingNumber" -> Set.of("callActivity_proposalReview");
                    case "filed", "assigned" ->
                        Scene.mock(number) ? Set.of() : Set.of("callActivity_proposalAssignment");
                    case "handling" -> Set.of("receiveTask_handling");
                    case "merged" -> Set.of("receiveTask_leadReply");
                    case "replied", "secondHandling" ->
                        // who was dissatisfied late opened a closed case again: its process has ended
                        at.isEmpty()
                                ? Set.of()
                                : Set.of(
                                        "merge".equals(row.verdict())
                                                ? "receiveTask_mergedFeedback"
                                                : "receiveTask_feedback");
                    default -> Set.of();
                };
        if (!wanted.equals(new HashSet<>(at))) fault(number, row.status() + ", and its process stands at " + at);
        String review = REVIEW.get(row.status());
        List<String> inReview = todos.stream()
                .filter(todo -> todo.process().equals("proposalReview"))
                .map(Todo::name)
                .toList();
        if (review != null && !inReview.equals(List.of(review)))
            fault(number, row.status() + ", and review waits for " + inReview);
        if (row.status().startsWith("plan")
                && !inReview.equals(List.of("decideInMeeting"))
                && !inReview.equals(List.of("decideByDirector"))) {
            fault(number, row.status() + ", and review waits for " + inReview);
        }
        boolean ended = ENDED.contains(row.status());
        if (ended && !todos.isEmpty()) fault(number, row.status() + ", and waits for " + todos);
        if (row.closed() != (ended || row.status().equals("closed")))
            fault(number, row.status() + ", closed: " + row.closed());
        if (row.withdrawn() != row.status().equals("withdrawn"))
            fault(number, row.status() + ", withdrawn: " + row.withdrawn());
    }

    /** Each row of a unit, a proposer, a look-back waits for exactly the step its state tells. */
    private void rowsAndSteps(
            String number, boolean withdrawn, List<Todo> todos, List<Row> assignments, List<Row> handlings) {
        assignments.forEach(
                row -> waits(number, "assignment", row, ASSIGNMENT.getOrDefault(row.state(), Set.of()), todos));
        handlings.forEach(row -> {
            Set<String> wanted = HANDLING.getOrDefault(row.state(), Set.of());
            Set<String> own = wanted.stream()
                    .filter(step -> wanted.size() == 1
                            || row.role().equals("co") == step.contains("Opinion") && !step.equals("collateOpinions")
                            || !row.role().equals("co") && step.equals("collateOpinions")
                            || row.state().equals("handling"))
                    .collect(Collectors.toSet());
            waits(number, "handling", row, own, todos);
        });
        scene.rows(
                        "select * from proposal_revisit where case_number = ?",
                        (rs, n) -> new Row(
                                rs.getLong("id"),
                                rs.getString("instance_id"),
                                rs.getString("state"),
                                rs.getString("unit_id"),
                                "",
                                0,
                                null),
                        number)
                .forEach(row -> waits(number, "look-back", row, REVISIT.getOrDefault(row.state(), Set.of()), todos));
        scene.rows(
                        "select x.* from proposal_extension x join proposal_handling h on h.id = x.handling_id where"
                                + " h.case_number = ?",
                        (rs, n) -> new Row(
                                rs.getLong("id"), rs.getString("instance_id"), rs.getString("state"), "", "", 0, null),
                        number)
                .forEach(row -> waits(number, "extension", row, EXTENSION.getOrDefault(row.state(), Set.of()), todos));
        scene.rows(
                        "select f.*, case when f.state = 'open' then 'giveFeedback' when f.state = 'given' and"
                                + " f.result = 'dissatisfied' and f.examination is null and f.outcome is null then case"
                                + " when f.round > 1 then 'mediate' else 'examineFeedback' end else '' end as wanted from"
                                + " proposal_feedback f where f.case_number = ?",
                        (rs, n) -> new Row(
                                rs.getLong("id"), rs.getString("instance_id"), rs.getString("wanted"), "", "", 0, null),
                        number)
                .forEach(row -> waits(
                        number,
                        "feedback",
                        row,
                        row.state().isEmpty() || withdrawn ? Set.of() : Set.of(row.state()),
                        todos));
    }

    private void waits(String number, String kind, Row row, Set<String> wanted, List<Todo> todos) {
        List<String> waiting = todos.stream()
                .filter(todo -> todo.instance().equals(row.instance()))
                .map(Todo::name)
                .toList();
        boolean fits = wanted.isEmpty() ? waiting.isEmpty() : waiting.size() == 1 && wanted.contains(waiting.get(0));
        if (!fits) fault(number, kind + " " + row + " waits for " + waiting + " instead of one of " + wanted);
    }

    /** Whoever holds a filed proposal owes its reply or has given it. */
    private void obligations(String number, Case row, List<Row> assignments, List<Row> handlings) {
        boolean assigned = List.of("assigned", "handling", "replied", "secondHandling", "closed")
                .contains(row.status());
        if (!"file".equals(row.verdict()) || !assigned) return;
        List<Row> holding = assignments.stream()
                .filter(one -> List.of("sent", "returnRequested", "accepted", "deemedAccepted", "kept")
                        .contains(one.state()))
                .toList();
        if (holding.stream().noneMatch(one -> !one.role().equals("co")))
            fault(number, "nobody answers: " + assignments);
        boolean outstanding = holding.stream()
                .anyMatch(one -> List.of("sent", "returnRequested").contains(one.state()));
        if (row.status().equals("assigned") != outstanding) fault(number, row.status() + " with " + holding);
        Set<Long> handled = new HashSet<>(scene.db()
                .sql("select assignment_id from proposal_handling where case_number = ? and round = 1")
                .param(number)
                .query(Long.class)
                .list());
        Set<Long> delivered = new HashSet<>(scene.db()
                .sql("select h.assignment_id from proposal_handling h join proposal_reply r on r.handling_id = h.id"
                        + " where h.case_number = ? and h.round = 1 and h.state = 'delivered' and r.delivered_at is"
                        + " not null and exists (select 1 from proposal_delivery d where d.handling_id = h.id)")
                .param(number)
                .query(Long.class)
                .list());
        for (Row one : holding) {
            boolean accepted = !List.of("sent", "returnRequested").contains(one.state());
            if (accepted && !handled.contains(one.id())) fault(number, one + " has accepted and does not handle");
            if (List.of("replied", "secondHandling", "closed").contains(row.status())
                    && !one.role().equals("co")
                    && !delivered.contains(one.id())) {
                // who takes over a second handling with only an opinion given answers for itself; until then it is
                // handled again
                if (!row.status().equals("secondHandling"))
                    fault(number, row.status() + ", and " + one + " has delivered nothing");
            }
        }
        boolean all =
                holding.stream().filter(one -> !one.role().equals("co")).allMatch(one -> delivered.contains(one.id()));
        if (!outstanding && all && List.of("assigned", "handling").contains(row.status())) {
            fault(number, row.status() + ", and everybody has replied");
        }
        if (all && !outstanding)
            handlings.stream()
                    .filter(one -> one.role().equals("co") && HANDLING.containsKey(one.state()))
                    .forEach(one -> fault(number, row.status() + ", and an opinion is still awaited of " + one));
        boolean again = handlings.stream().anyMatch(one -> one.round() > 1 && HANDLING.containsKey(one.state()));
        if (again && !row.status().equals("secondHandling"))
            fault(number, row.status() + ", and handled again: " + handlings);
        if (!again && all && row.status().equals("secondHandling"))
            fault(number, "nobody handles it again: " + handlings);
    }

    /** Questions to units end with 交办, and what a county handed on inside ends with the reply or with its own part in the case. */
    private void asideOfAssignment(String number, Case row) {
        long asked = scene.count(
                "select count(*) from proposal_unit_word where case_number = ? and answered_at is null and closed_at is"
                        + " null",
                number);
        if (asked > 0
                && (row.withdrawn()
                        || scene.count(
                                        "select count(*) from proposal_assignment_plan where case_number = ? and sent_at is not null",
                                        number)
                                > 0)) {
            fault(number, row.status() + ", and units are asked for their word");
        }
        boolean answered = List.of("replied", "secondHandling", "closed").contains(row.status());
        scene.texts(
                        "select a.unit_id from proposal_inner_forwarding f join proposal_assignment a on a.id ="
                                + " f.assignment_id where a.case_number = ? and f.ended_at is null and (? or a.state not in"
                                + " ('accepted', 'deemedAccepted', 'kept'))",
                        number,
                        answered)
                .forEach(unit -> fault(number, row.status() + ", and it is still handed on inside " + unit));
    }

    /** Exactly the people whose step it is, and somebody of them is there. */
    private void owners(String number, List<Todo> todos, List<Row> assignments, List<Row> handlings) {
        for (Todo todo : todos) {
            List<String> wanted = ROLE.get(todo.name());
            if (UNIT_ROLE.containsKey(todo.name())) {
                String unit = todo.process().equals("proposalExtension")
                        ? scene.texts(
                                        "select h.unit_id from proposal_extension x join proposal_handling h on h.id ="
                                                + " x.handling_id where x.id = ?",
                                        todo.row())
                                .get(0)
                        : unit(handlings, todo.row());
                wanted = List.of(unit + "." + UNIT_ROLE.get(todo.name()));
            } else if (todo.name().equals("answerAssignment")) {
                wanted = List.of(unit(assignments, todo.row()) + ".liaison");
            } else if (List.of("confirmUnits", "previewReply", "decideExtension")
                    .contains(todo.name())) {
                wanted = scene.texts("select office from proposal_assignment_plan where case_number = ?", number);
            } else if (todo.name().equals("reportProgress")) {
                wanted = scene.texts("select unit_id from proposal_revisit where id = ?", todo.row()).stream()
                        .map(unit -> unit + ".liaison")
                        .toList();
            }
            if (!todo.groups().stream().sorted().toList().equals(wanted))
                fault(number, todo + " is offered to others than " + wanted);
            if (scene.house().of(todo.groups()).isEmpty()
                    && !before.contains(number)
                    && (todo.assignee() == null || !scene.house().active(todo.assignee()))) {
                fault(number, todo + " waits for nobody");
            }
            if (todo.name().equals("giveFeedback")) {
                String person = scene.texts("select person_id from proposal_feedback where id = ?", todo.row())
                        .get(0);
                if (todo.assignee() != null && !todo.assignee().equals(person))
                    fault(number, todo + " is not held by " + person);
            }
        }
    }

    private static String unit(List<Row> rows, long id) {
        return rows.stream()
                .filter(row -> row.id() == id)
                .map(Row::unit)
                .findFirst()
                .orElse("nobody");
    }

    /** Row, step and timer show one date, and it is the one that comes out when it is counted once more. */
    private void dates(
            String number,
            String status,
            List<Todo> todos,
            List<Owed> owed,
            List<Row> assignments,
            List<Row> handlings) {
        Map<String, Row> byInstance = new HashMap<>();
        handlings.forEach(one -> byInstance.put(String.valueOf(one.instance()), one));
        Set<String> running = new HashSet<>(
                scene.texts("select id_ from act_ru_execution where business_key_ = ? and parent_id_ is null", number));
        for (Owed one : owed) {
            if (one.instance() != null && !running.contains(one.instance()))
                fault(number, one + " is owed by an instance that has ended");
            Row handling = byInstance.get(String.valueOf(one.instance()));
            Instant due = due(number, one, handling);
            if (due != null && !due.equals(one.due())) fault(number, one + " should be " + due);
        }
        for (Todo todo : todos) {
            String key = TERM.get(todo.name());
            String instance = todo.instance();
            if (todo.process().equals("proposalHandling") || todo.process().equals("proposalExtension")) {
                Row handling = todo.process().equals("proposalHandling")
                        ? byInstance.get(instance)
                        : ofExtension(todo.row(), handlings);
                if (handling == null) {
                    fault(number, todo + " belongs to no handling");
                    continue;
                }
                instance = String.valueOf(handling.instance());
                if (!todo.name().equals("forwardToSection")) key = owes(handling);
            }
            String wanted = key;
            String of = instance;
            Owed term = owed.stream()
                    .filter(one -> one.key().equals(wanted) && of.equals(one.instance()))
                    .findFirst()
                    .orElse(null);
            if (term == null) {
                boolean over = scene.count(
                                "select count(*) from calendar_deadline where instance_id = ? and rule_key = ? and"
                                        + " state = 'lapsed'",
                                of,
                                String.valueOf(wanted))
                        > 0;
                // a day that passed and marked leaves the step open
                if (!over || !List.of("giveFeedback", "reviseProposal").contains(todo.name())) {
                    fault(number, todo + " is due by no open row " + wanted + " of " + owed);
                }
                continue;
            }
            if (!term.due().equals(todo.due())) fault(number, todo + " is not due by " + term);
            // who takes his answer back has the step again, and the time that was left
            if (TERM.containsKey(todo.name())
                    && Duration.between(term.start(), todo.created()).abs().toSeconds() > 30
                    && scene.count(
                                    "select count(*) from casefile_step_answer where case_number = ? and task = ? and retracted_at is not null",
                                    number,
                                    todo.task())
                            == 0) {
                fault(number, todo + " has come at another time than " + term);
            }
        }
        scene.rows(
                "select j.duedate_, j.handler_cfg_, j.process_instance_id_, j.retries_ from act_ru_job j"
                        + " join act_ru_execution e on e.id_ = j.process_instance_id_ where e.business_key_ = ?",
                (rs, n) -> {
                    String timer = rs.getString("handler_cfg_").replaceAll("\\$.*", "");
                    Instant due = rs.getTimestamp("duedate_").toInstant();
                    String instance = rs.getString("process_instance_id_");
                    boolean fits = owed.stream()
                            .anyMatch(one -> one.key().equals(TIMER.get(timer))
                                    && (instance.equals(one.instance())
                                            || one.key().equals(CLOSING))
                                    && one.due().getEpochSecond() == due.getEpochSecond());
                    if (!fits) fault(number, timer + " fires at " + due + ", which nobody owes: " + owed);
                    if (rs.getInt("retries_") == 0) fault(number, timer + " was given up");
                    return 0;
                },
                number);
        if (status.equals("collecting")
                && owed.stream().noneMatch(one -> one.key().equals("coSignature"))) {
            fault(number, "collecting without a term");
        }
    }

    private @Nullable Row ofExtension(long extension, List<Row> handlings) {
        long handling = scene.count("select handling_id from proposal_extension where id = ?", extension);
        return handlings.stream()
                .filter(row -> row.id() == handling)
                .findFirst()
                .orElse(null);
    }

    /** Null: nobody but the product can know, such as of what was there before. */
    private @Nullable Instant due(String number, Owed owed, @Nullable Row handling) {
        if (owed.key().equals(CLOSING)) return scene.books().closes();
        if (owed.key().equals("coSignature")) return scene.books().signing(number);
        if (!Terms.known(owed.key())) return null;
        if (handling == null) return scene.terms().due(owed.key(), owed.start());
        if (owed.key().equals("sectionForward")) {
            Instant own = scene.terms().due(owed.key(), owed.start());
            Instant outer = scene.terms().due(owes(handling), started(number, owes(handling), handling));
            return own.isAfter(outer) && outer.isAfter(owed.start()) ? outer : own;
        }
        Instant granted = scene.books().granted(handling.id());
        if (!owed.counted()) return granted == null ? Instant.EPOCH : granted;
        return scene.terms().due(owed.key(), started(number, owed.key(), handling));
    }

    /** What a unit owes outside. */
    private static String owes(Row handling) {
        return handling.round() > 1 ? "rehandle" : handling.role().equals("co") ? "coOpinion" : "reply";
    }

    private Instant started(String number, String key, Row handling) {
        Instant start = key.equals("rehandle") ? null : scene.books().clock(number, handling.unit());
        return start == null ? handling.start() : start;
    }

    /** A merged one is counted once: no number, no units of its own, nobody merged into it. */
    private void merged(String number, Case row, List<Row> assignments) {
        if (!"merge".equals(row.verdict()) || row.withdrawn()) return;
        if (row.fileNumber() != null) fault(number, "merged with a file number");
        if (!assignments.isEmpty()) fault(number, "merged with units " + assignments);
        if (scene.count(
                        "select count(*) from proposal_proposal where lead_case = ? and verdict = 'merge' and"
                                + " withdrawn_at is null",
                        number)
                > 0) {
            fault(number, "merged, and others into it");
        }
        List<String> lead = scene.texts(
                "select c.status from proposal_proposal p join casefile_case c on c.number = p.lead_case where"
                        + " p.case_number = ?",
                number);
        boolean answered = List.of("replied", "secondHandling", "closed").contains(lead.get(0));
        boolean replied = List.of("replied", "secondHandling", "closed").contains(row.status());
        if (answered != replied) fault(number, row.status() + ", its lead " + lead);
    }

    /** A member who has nothing to do with it reads nothing, as little as the strangers. */
    private void member(String number) {
        Set<String> family = scene.family(number);
        Set<String> concerned = new TreeSet<>();
        for (String one : family) {
            concerned.addAll(scene.texts("select person_id from proposal_signature where case_number = ?", one));
            concerned.addAll(scene.texts("select holder from casefile_party where case_number = ?", one));
            concerned.addAll(
                    scene.texts("select coalesce(assignee, '') from casefile_open_step where number = ?", one));
        }
        List<Member> members = scene.house().members("member");
        Member member = members.get(outsiders++ % members.size());
        if (!concerned.contains(member.personId())) reads(number, member.personId());
    }

    private void reads(String number, String stranger) {
        List<String> groups = scene.bean(People.class).groupsOf(stranger);
        if (scene.bean(Dossiers.class).mayRead(number, stranger, groups)) fault(number, "read by " + stranger);
    }

    private void each(String number, String status) {
        for (Rule rule : EACH) {
            if (rule.statuses().isEmpty() || rule.statuses().contains(status))
                none(rule.what(), rule.sql().replace(OF, "= ?"), number);
        }
    }

    // ---- the solicitation

    private static final Map<String, List<String>> SOLICITATION = Map.of(
            "preparing", List.of("prepareTopics"),
            "approving", List.of("approveCall"),
            "calling", List.of(),
            "closed", List.of("writeSummary"),
            "summarized", List.of());

    private void solicitation(String number) {
        List<Todo> todos = scene.todos(List.of(number));
        String state = beside.solicitation(number);
        List<String> waits = todos.stream().map(Todo::name).toList();
        if (!waits.equals(SOLICITATION.get(state))) fault(number, state + ", and waits for " + waits);
        engine(number, todos);
        owners(number, todos, List.of(), List.of());
        dates(number, state, todos, owed(number), List.of(), List.of());
    }

    // ---- messages

    /** Nobody is told the same twice in one moment. */
    private void messages() {
        List<String> twice = scene.texts(
                "select person_id || ' ' || template || ' ' || case_number || ' ' || subject from notice_outbox where"
                        + " id > ? and case_number is not null and channel = 'mail' group by person_id, template,"
                        + " case_number, subject, text_body having count(*) > 1",
                lastMessage);
        twice.forEach(line -> faults.add("told twice in one step: " + line));
        lastMessage = scene.count("select coalesce(max(id), 0) from notice_outbox");
    }

    /** After the round of reminders the highest rung that was reached stands at each deadline somebody owes, once a rung and due date. */
    void reminded() {
        record Climbed(Instant due, int days) {}
        Map<Long, Climbed> climbed = new HashMap<>();
        scene.rows(
                "select * from notice_ladder",
                (rs, n) -> climbed.put(
                        rs.getLong("deadline_id"),
                        new Climbed(Objects.requireNonNull(Scene.instant(rs, "due_at")), rs.getInt("days"))));
        Map<String, Boolean> waiting = new HashMap<>();
        scene.rows(
                "select instance_id, max(case when suspended = true then 1 else 0 end) as rests from"
                        + " casefile_open_step group by instance_id",
                (rs, n) -> waiting.put(rs.getString("instance_id"), rs.getInt("rests") == 1));
        scene.rows("select * from calendar_deadline where state = 'open' and instance_id is not null", (rs, n) -> {
            Boolean rests = waiting.get(rs.getString("instance_id"));
            if (rests == null || rests) return 0;
            if (Scene.mock(rs.getString("case_number"))) {
                if (climbed.containsKey(rs.getLong("id")))
                    fault(rs.getString("case_number"), "a mock presses somebody");
                return 0;
            }
            Instant due = Objects.requireNonNull(Scene.instant(rs, "due_at"));
            Integer rung = rung(
                    rs.getString("rule_key"),
                    OfficialDays.day(Objects.requireNonNull(Scene.instant(rs, "start_at"))),
                    OfficialDays.day(due));
            Climbed stands = climbed.get(rs.getLong("id"));
            Climbed wanted = rung == null ? null : new Climbed(due, rung);
            if (wanted != null && !wanted.equals(stands)) {
                fault(
                        rs.getString("case_number"),
                        "deadline " + rs.getLong("id") + " " + rs.getString("rule_key") + " due " + due + " reached "
                                + wanted + " and was told " + stands);
            }
            return 0;
        });
        raise();
    }

    private @Nullable Integer rung(String key, LocalDate start, LocalDate due) {
        Integer highest = null;
        // of what is due inside a unit nobody outside hears
        int[] ladder = key.equals("sectionForward") ? new int[] {0, 1} : new int[] {-10, -3, 0, 1, 5, 10};
        for (int rung : ladder) {
            LocalDate day = due;
            if (rung == 0) {
                while (!scene.days().working(day)) day = day.minusDays(1);
            } else {
                day = scene.days().workingDay(due, rung);
            }
            if (!day.isAfter(scene.today()) && day.isAfter(start)) highest = rung;
        }
        return highest;
    }

    // ---- the whole house

    void everyCase() {
        for (String number : scene.texts(
                "select number from casefile_case where kind in ('TA', 'MN', 'ZJ', 'HY') order by number")) {
            one(number);
            if (before.contains(number)) continue;
            STRANGERS.forEach(stranger -> reads(number, stranger));
            member(number);
        }
        raise();
    }

    /** What a year has lived at its end: else nothing of it was looked at. */
    void lived() {
        beside.lived();
        raise();
    }

    void whole() {
        faults.addAll(Consistency.faults(scene.db()));
        EACH.forEach(rule -> none(rule.what(), rule.sql().replace(OF, "<> ?"), ""));
        counts.whole();
        none(
                "promise nobody looked back at",
                "select k.case_number || ' ' || k.content || ' ' || k.due_on from proposal_commitment k join"
                        + " proposal_handling h on h.id = k.handling_id join proposal_proposal p on p.case_number ="
                        + " h.case_number join people_unit u on u.id = h.unit_id where k.source = 'reply' and k.binding ="
                        + " true and h.state = 'delivered' and k.due_on < ? and cast(h.ended_at as date) < ? and p.withdrawn_at is null and (u.active ="
                        + " true or exists (select 1 from proposal_unit_successor s where s.unit_id = u.id)) and not"
                        + " exists (select 1 from casefile_suspension x where x.case_number = h.case_number and x.until is"
                        + " null) and not exists (select 1 from proposal_revisit_item i where i.commitment_id = k.id) and"
                        // one look-back at a time of what a unit owes a case: an earlier round's is ended first
                        + " not exists (select 1 from proposal_revisit v join proposal_handling e on e.id = v.handling_id where"
                        + " e.assignment_id = h.assignment_id and (v.open_key is not null"
                        + " or cast(v.ended_at as date) >= ?)) and not exists (select 1"
                        + " from proposal_handling o where o.assignment_id = h.assignment_id and o.round > h.round)",
                scene.today(),
                // brought when the day of its promise was over: begun the morning after
                scene.today(),
                scene.today().minusDays(1));
        none(
                "file number given twice or to a merged one",
                "select case_number from proposal_proposal where file_number is not null and verdict <> 'file' and"
                        + " withdrawn_at is null and 1 = ?",
                1);
        none(
                "mail that cannot be written again",
                "select notice_key from notice_outbox where state = 'dead' and 1 = ?",
                1);
        if (!scene.books().leftBehind().isEmpty())
            faults.add("left with a dissolved unit: " + scene.books().leftBehind());
        raise();
    }

    private void none(String what, String sql, Object... params) {
        scene.texts(sql, params).stream()
                .filter(line -> toldBefore.add(what + line))
                .forEach(line -> faults.add(what + ": " + line));
    }
}
