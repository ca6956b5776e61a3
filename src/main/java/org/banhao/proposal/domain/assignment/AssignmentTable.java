package org.banhao.proposal.domain.assignment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.Meeting;
import org.banhao.casefile.MeetingBusiness;
import org.banhao.casefile.MeetingKind;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.flow.Processes;
import org.banhao.people.People;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All filed proposals that wait for 交办 as one table, and what is done to many of them in one act. Each case is a transaction of
 * its own: those that fail are listed with why and wait on.
 */
@Service
public class AssignmentTable implements MeetingBusiness {

    /** The task that waits for the choice; the model has the same words. */
    public static final String PROCESS = "proposalAssignment";

    public static final String TASK = "userTask_confirmUnits";

    private static final Logger LOG = LoggerFactory.getLogger(AssignmentTable.class);

    private final AssignmentRows rows;
    private final Proposals proposals;
    private final Sessions sessions;
    private final OfficePlans plans;
    private final UnitBook units;
    private final People people;
    private final CaseMeetings meetings;
    private final OpenSteps openSteps;
    private final Processes processes;
    private final TransactionTemplate perCase;
    private final Audit audit;

    AssignmentTable(
            AssignmentRows rows,
            Proposals proposals,
            Sessions sessions,
            OfficePlans plans,
            UnitBook units,
            People people,
            CaseMeetings meetings,
            OpenSteps openSteps,
            Processes processes,
            TransactionTemplate perCase,
            Audit audit) {
        this.rows = rows;
        this.proposals = proposals;
        this.sessions = sessions;
        this.plans = plans;
        this.units = units;
        this.people = people;
        this.meetings = meetings;
        this.openSteps = openSteps;
        this.processes = processes;
        this.perCase = perCase;
        this.audit = audit;
    }

    /**
     * One case.
     *
     * @param own the person's own office assigns it
     * @param lead name of the unit, as it stands or is suggested; empty when none
     * @param cos names, separated by 、
     * @param separate 市水利局：1、3；市生态环境局：2
     * @param suggestions each suggested unit with why
     * @param words what the units said, and who has not answered
     * @param signedOff who and whether; empty when the list is not signed off for this case
     */
    public record Line(
            String caseNumber,
            String numberLine,
            String title,
            String proposerLine,
            String categoryName,
            String wishLine,
            int suggestionCount,
            String officeName,
            boolean own,
            String passedOnReason,
            String lead,
            String cos,
            String separate,
            String requirement,
            List<String> suggestions,
            List<String> words,
            boolean disagreed,
            String signedOff,
            int version) {}

    /** What is asked of the table; null: not asked. @param unit id of a unit that stands in the case or is suggested */
    public record Filter(@Nullable String unit, @Nullable String system, boolean ownOnly) {}

    /** @throws Refusal the person works in neither office */
    @Transactional(readOnly = true)
    public List<Line> lines(Filter filter, String person) {
        units.requireAssigner(person);
        List<Plan> waiting = rows.waiting();
        Map<String, Session> sessionOf = new HashMap<>();
        List<String> numbers = waiting.stream().map(Plan::caseNumber).toList();
        Map<String, Proposal> known =
                proposals.all(numbers).stream().collect(Collectors.toMap(Proposal::caseNumber, proposal -> proposal));
        Map<String, List<Assignment>> assignments =
                rows.of(numbers).stream().collect(Collectors.groupingBy(Assignment::caseNumber));
        Map<String, List<UnitWord>> words =
                rows.words(numbers).stream().collect(Collectors.groupingBy(UnitWord::caseNumber));
        Map<String, String> names = people.units().stream().collect(Collectors.toMap(Unit::id, Unit::name));
        List<String> groups = people.groupsOf(person);
        List<Line> lines = new ArrayList<>();
        for (Plan plan : waiting) {
            List<Assignment> all = assignments.getOrDefault(plan.caseNumber(), List.of());
            boolean own = groups.contains(plan.office());
            if ((filter.ownOnly() && !own) || !fits(filter, all)) {
                continue;
            }
            Proposal proposal = Objects.requireNonNull(known.get(plan.caseNumber()));
            lines.add(line(
                    plan,
                    proposal,
                    sessionOf.computeIfAbsent(proposal.sessionId(), sessions::get),
                    all,
                    words.getOrDefault(plan.caseNumber(), List.of()),
                    names,
                    own));
        }
        return lines;
    }

    private static boolean fits(Filter filter, List<Assignment> all) {
        return (filter.unit() == null
                        || all.stream().anyMatch(row -> row.unitId().equals(filter.unit())))
                && (filter.system() == null
                        || all.stream().anyMatch(row -> row.unitSystem().equals(filter.system())));
    }

    private Line line(
            Plan plan,
            Proposal proposal,
            Session session,
            List<Assignment> all,
            List<UnitWord> words,
            Map<String, String> names,
            boolean own) {
        Choice standing = UnitSuggestions.standing(plan, all);
        String number = proposal.fileNumberText();
        return new Line(
                plan.caseNumber(),
                number == null ? plan.caseNumber() : session.name() + number,
                proposal.title(),
                proposals.proposerLine(proposal),
                proposal.categoryName(),
                proposals.wishLine(proposal),
                proposal.suggestions().size(),
                UnitBook.officeName(plan.office()),
                own,
                plan.passedOnReason(),
                standing == null || standing.lead() == null ? "" : name(names, standing.lead()),
                standing == null
                        ? ""
                        : standing.cos().stream().map(unit -> name(names, unit)).collect(Collectors.joining("、")),
                standing == null ? "" : parts(standing.separate(), names),
                plan.requirement(),
                all.stream()
                        .filter(row -> row.source() != AssignmentSource.OFFICE)
                        .map(row -> row.unitName() + "（" + row.role().label() + "）："
                                + row.source().label() + "，" + row.reason())
                        .toList(),
                words.stream().map(UnitWord::line).toList(),
                words.stream().anyMatch(word -> Boolean.FALSE.equals(word.agrees())),
                plan.signedOffName() == null ? "" : plan.signedOffName() + "签定",
                plan.version());
    }

    private static String name(Map<String, String> names, String unit) {
        return names.getOrDefault(unit, unit);
    }

    private static String parts(List<Choice.Part> parts, Map<String, String> names) {
        return parts.stream()
                .map(part -> name(names, part.unit()) + "："
                        + part.suggestions().stream().map(String::valueOf).collect(Collectors.joining("、")))
                .collect(Collectors.joining("；"));
    }

    // ---- what is typed

    /**
     * The units of one line as they were typed.
     *
     * @param expectedVersion the plan that was shown
     */
    public record Typed(
            String caseNumber,
            int expectedVersion,
            String lead,
            String cos,
            String separate,
            String requirement,
            String reason) {}

    /** @throws Refusal a name is none of a unit in use; names the field */
    Choice choice(Typed typed) {
        Map<String, String> ids = new LinkedHashMap<>();
        people.units().forEach(unit -> ids.put(unit.name(), unit.id()));
        String lead = typed.lead().strip();
        List<Choice.Part> parts = new ArrayList<>();
        for (String part : split(typed.separate(), "[；;\\n]")) {
            String[] halves = part.split("[：:]", 2);
            if (halves.length < 2) {
                throw new Refusal("separate", "「分办单位」请按“市水利局：1、3；市生态环境局：2”的样子填写。");
            }
            parts.add(new Choice.Part(id(ids, halves[0].strip(), "separate"), Choice.numbers(halves[1])));
        }
        return new Choice(
                lead.isEmpty() ? null : id(ids, lead, "leadUnit"),
                split(typed.cos(), "[、，,；;\\s]").stream()
                        .map(name -> id(ids, name, "coUnits"))
                        .toList(),
                parts,
                typed.requirement(),
                typed.reason());
    }

    private static String id(Map<String, String> ids, String name, String field) {
        String id = ids.get(name);
        if (id == null) {
            throw new Refusal(field, "单位表里没有“" + name + "”，请按全称填写，多个单位用顿号隔开。");
        }
        return id;
    }

    private static List<String> split(String text, String at) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(at)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    // ---- many in one act

    /** Saves the lines as they were typed. @throws Refusal nothing is chosen, or the person works in neither office */
    public Outcome plan(List<Typed> lines, String person) {
        Map<String, Typed> byCase = new LinkedHashMap<>();
        lines.forEach(line -> byCase.put(line.caseNumber(), line));
        return each("保存", byCase.keySet(), person, number -> {
            Typed typed = Objects.requireNonNull(byCase.get(number));
            plans.plan(number, typed.expectedVersion(), choice(typed), person);
        });
    }

    /** 签定. @param lines as they are on the screen @throws Refusal as for {@link #plan} */
    public Outcome signOff(List<Typed> lines, String person) {
        return asShown("签定", lines, person, number -> plans.signOff(number, person));
    }

    /** 征求单位意见. @param lines as they are on the screen @throws Refusal as for {@link #plan} */
    public Outcome ask(List<Typed> lines, String person) {
        return asShown("征求意见", lines, person, number -> plans.ask(number, person));
    }

    /** 交办 outside a meeting. @throws Refusal as for {@link #plan} */
    public Outcome assign(List<Typed> lines, String person) {
        return assign(lines, null, person);
    }

    /**
     * 交办, through the waiting tasks and their form's contract.
     *
     * @param lines as they are on the screen
     * @param meeting 交办会 in whose name it is done and recorded; null: none
     * @throws Refusal as for {@link #plan}, or the meeting may not decide
     */
    public Outcome assign(List<Typed> lines, @Nullable Long meeting, String person) {
        if (meeting != null) {
            // nothing is begun in the name of a meeting that does not fit
            perCase.executeWithoutResult(status -> deciding(meeting));
        }
        Map<String, OpenStep> steps = waitingSteps();
        return asShown("交办", lines, person, number -> {
            Meeting held = meeting == null ? null : deciding(meeting);
            Plan plan = rows.lockPlan(number);
            // the answer names whole offices: that the person works there is asked before, not only by the step
            units.requireOffice(person, plan.office());
            String task = step(steps, number).taskId();
            Choice choice = UnitSuggestions.standing(plan, rows.of(number));
            if (choice == null) {
                throw new Refusal("leadUnit", "还没有拟定承办单位，请先填写「主办（独办）单位」。");
            }
            String office = UnitBook.officeName(plan.office());
            processes.answerFor(
                    task, person, held == null ? office + "（批量交办）" : office + "（" + held.name() + "）", values(choice));
            if (held != null) {
                meetings.decided(
                        held.id(), null, number, proposals.get(number).title(), "交办", choice.requirement(), person);
            }
        });
    }

    private Meeting deciding(long meeting) {
        if (meetings.find(meeting)
                .filter(one -> one.kind() == MeetingKind.ASSIGNMENT)
                .isEmpty()) {
            throw new Refusal("meeting", "请选择一次交办会；还没有的，先在“会议”页建立。");
        }
        return meetings.deciding(meeting);
    }

    /** 交办会 that may still assign, latest first. */
    @Transactional(readOnly = true)
    public List<Meeting> meetings() {
        return meetings.all().stream()
                .filter(one -> one.kind() == MeetingKind.ASSIGNMENT && !one.closed())
                .toList();
    }

    @Override
    public String label() {
        return "交办";
    }

    @Override
    @Transactional(readOnly = true)
    public List<Waiting> waiting(MeetingKind kind) {
        return kind != MeetingKind.ASSIGNMENT
                ? List.of()
                : proposals.all(rows.waiting().stream().map(Plan::caseNumber).toList()).stream()
                        .map(proposal -> new Waiting(proposal.caseNumber(), proposal.title()))
                        .toList();
    }

    @Override
    public String page(Meeting meeting) {
        return "/proposals/assignment?meeting=" + meeting.id();
    }

    /** 转另一办, likewise. @throws Refusal as for {@link #plan} */
    public Outcome passOn(Collection<String> numbers, String reason, String person) {
        Map<String, OpenStep> steps = waitingSteps();
        return each("转另一办", numbers, person, number -> {
            Plan plan = rows.plan(number).orElseThrow(() -> new Refusal("这件提案现在不在交办中，请刷新页面查看。"));
            units.requireOffice(person, plan.office());
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("confirmation", "otherOffice");
            if (!reason.isBlank()) {
                values.put("passOnReason", reason.strip());
            }
            processes.answerFor(
                    step(steps, number).taskId(), person, UnitBook.officeName(plan.office()) + "（批量转办）", values);
        });
    }

    /** As the form of the task has them: an absent field was not answered. */
    private static Map<String, Object> values(Choice choice) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("confirmation", "confirm");
        if (choice.lead() != null) {
            values.put("leadUnit", choice.lead());
        }
        if (!choice.cos().isEmpty()) {
            values.put("coUnits", choice.cos());
        }
        if (!choice.separate().isEmpty()) {
            values.put(
                    "separate",
                    choice.separate().stream()
                            .map(part -> Map.of(
                                    "unit",
                                    part.unit(),
                                    "numbers",
                                    part.suggestions().stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining("、"))))
                            .toList());
        }
        if (!choice.requirement().isEmpty()) {
            values.put("requirement", choice.requirement());
        }
        return values;
    }

    private Map<String, OpenStep> waitingSteps() {
        Map<String, OpenStep> steps = new LinkedHashMap<>();
        openSteps.waiting(PROCESS, TASK).forEach(step -> steps.put(step.caseNumber(), step));
        return steps;
    }

    private static OpenStep step(Map<String, OpenStep> steps, String number) {
        OpenStep step = steps.get(number);
        if (step == null) {
            throw new Refusal("这件提案已经不在等待交办，可能别人刚办过，请刷新页面查看。");
        }
        return step;
    }

    /** What is done to a line is done to what stood on the screen: not to what a colleague changed since, nor to what is typed and not saved. */
    private Outcome asShown(String what, List<Typed> lines, String person, Consumer<String> act) {
        Map<String, Typed> byCase = new LinkedHashMap<>();
        lines.forEach(line -> byCase.put(line.caseNumber(), line));
        return each(what, byCase.keySet(), person, number -> {
            rows.plan(number).filter(plan -> !plan.sent()).ifPresent(known -> {
                Plan plan = rows.lockPlan(number);
                Typed typed = Objects.requireNonNull(byCase.get(number));
                if (plan.version() != typed.expectedVersion()) {
                    throw new Refusal("页面显示以后这一行又有改动，没有" + what + "，请刷新页面核对后再办。");
                }
                Choice standing = UnitSuggestions.standing(plan, rows.of(number));
                if (!plan.sent() && standing != null && !choice(typed).sameUnits(standing)) {
                    throw new Refusal("这一行改过还没有保存，没有" + what + "，请先按「保存」再办。");
                }
            });
            act.accept(number);
        });
    }

    private Outcome each(String what, Collection<String> numbers, String person, Consumer<String> act) {
        units.requireAssigner(person);
        if (numbers.isEmpty()) {
            throw new Refusal("请至少勾选一件提案。");
        }
        int done = 0;
        List<Outcome.Failure> failures = new ArrayList<>();
        for (String number : numbers.stream().distinct().toList()) {
            try {
                perCase.executeWithoutResult(status -> act.accept(number));
                done++;
            } catch (Refusal refusal) {
                failures.add(new Outcome.Failure(number, refusal.sentence()));
            } catch (ConcurrencyFailureException e) {
                failures.add(new Outcome.Failure(number, Outcome.FASTER));
            } catch (RuntimeException e) {
                // the others are already committed: the person must hear of all of them, not of this one alone
                LOG.error("Assignment of {} could not be changed ({})", number, what, e);
                failures.add(new Outcome.Failure(number, Outcome.BROKEN));
            }
        }
        audit.record("proposal.assignmentTable", null, what + done + "件，未成" + failures.size() + "件");
        return new Outcome(done, failures);
    }
}
