package org.banhao.proposal.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.flow.Processes;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 编定案号: a pile in a chosen order in one transaction, or one at a time; gapless per session. The numbers may be dealt
 * again until they are published (交办), after that never.
 */
@Service
@Transactional
public class Registration {

    public static final String TASK = "userTask_assignFileNumber";
    private static final String REVIEW = "proposalReview";

    private final ProposalRows rows;
    private final Sessions sessions;
    private final CaseFiles caseFiles;
    private final OpenSteps openSteps;
    private final Processes processes;
    private final People people;
    private final Informing informing;
    private final Audit audit;
    private final Clock clock;

    Registration(
            ProposalRows rows,
            Sessions sessions,
            CaseFiles caseFiles,
            OpenSteps openSteps,
            Processes processes,
            People people,
            Informing informing,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.sessions = sessions;
        this.caseFiles = caseFiles;
        this.openSteps = openSteps;
        this.processes = processes;
        this.people = people;
        this.informing = informing;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param present 案号 it has now; empty while it waits */
    public record Line(
            String proposed,
            String present,
            String caseNumber,
            String title,
            String proposer,
            String kindName,
            String categoryName) {}

    /** What would be numbered now, in that order. */
    @Transactional(readOnly = true)
    public List<Line> preview(NumberOrder order) {
        Session session = sessions.current();
        int next = next(session.id());
        List<Line> lines = new ArrayList<>();
        for (Proposal proposal : sorted(waiting(session.id()).keySet(), order)) {
            lines.add(line(proposal, next + lines.size()));
        }
        return lines;
    }

    /** How the numbers would stand after dealing them again in that order. */
    @Transactional(readOnly = true)
    public List<Line> previewRenumbering(NumberOrder order) {
        List<Line> lines = new ArrayList<>();
        dealt(rows.numbered(sessions.current().id()), order)
                .forEach((proposal, number) -> lines.add(line(proposal, number)));
        lines.sort(Comparator.comparing(Line::proposed));
        return lines;
    }

    /** The session whose proposals are numbered here; empty when none is open. */
    @Transactional(readOnly = true)
    public Optional<Session> session() {
        return sessions.open();
    }

    /** The number the next single one would get. */
    @Transactional(readOnly = true)
    public String proposedNumber(String caseNumber) {
        return Proposal.fileNumberText(next(rows.get(caseNumber).sessionId()));
    }

    /**
     * Numbers all that wait in the current session.
     *
     * @param expected case numbers in the order that was previewed
     * @return how many
     * @throws Refusal the pile has changed since the preview: nothing is numbered
     */
    public int numberAll(NumberOrder order, List<String> expected, String person) {
        requireClerk(person);
        Session session = sessions.lock(sessions.current().id());
        Map<String, String> tasks = waiting(session.id());
        List<Proposal> sorted = sorted(tasks.keySet(), order);
        if (sorted.isEmpty()) {
            throw new Refusal("现在没有等待编号的提案。");
        }
        if (!sorted.stream().map(Proposal::caseNumber).toList().equals(expected)) {
            throw new Refusal("预览以后待编号的提案有变化，请重新预览目录，再确认编号。");
        }
        for (Proposal proposal : sorted) {
            processes.answerFor(
                    Objects.requireNonNull(tasks.get(proposal.caseNumber())),
                    person,
                    "提案委员会办公室（整批编号）",
                    Map.of("numberConfirmed", true));
        }
        audit.record("proposal.numberAll", null, session.name() + "，" + sorted.size() + "件，" + order.label());
        return sorted.size();
    }

    /**
     * Gives this proposal the next number. Called by the step, for one or for each of a pile.
     *
     * @throws Refusal it has one, or is not decided to be filed
     */
    public void assign(String caseNumber, String person) {
        // the session first, as whoever deals all numbers again does
        Session session = sessions.lock(rows.get(caseNumber).sessionId());
        Proposal proposal = rows.lock(caseNumber);
        if (proposal.fileNumber() != null) {
            throw new Refusal("这件提案已经编为" + proposal.fileNumberText() + "，不必再编。");
        }
        if (proposal.verdict() != Verdict.FILE || proposal.withdrawnAt() != null) {
            throw new Refusal("这件提案没有决定立案，或者已经撤回，不能编号。");
        }
        int number = caseFiles.nextFileNumber(session.id());
        String text = Proposal.fileNumberText(number);
        rows.fileNumber(caseNumber, number, clock.instant());
        caseFiles.fileNumber(caseNumber, text);
        caseFiles.status(caseNumber, Status.FILED.code(), Status.FILED.label());
        caseFiles.happened(caseNumber, "立案，编定案号", session.name() + text);
        informing.proposers(
                proposal,
                "filed",
                "1",
                Map.of(
                        "fileNumber",
                        session.name() + text,
                        "filedText",
                        ChineseTime.text(ChineseTime.day(clock.instant()))));
        audit.record("proposal.assignFileNumber", caseNumber, text + "，" + people.nameOf(person));
    }

    /**
     * Deals the given numbers again. Withdrawn ones keep theirs: a number is never used for two proposals.
     *
     * @return how many changed
     * @throws Refusal the numbers are published
     */
    public int renumber(NumberOrder order, String person) {
        requireClerk(person);
        Session session = sessions.lock(sessions.current().id());
        if (session.published()) {
            throw new Refusal(session.name() + "的案号已经公布，不能重排；新的提案接续编号。");
        }
        Map<Proposal, Integer> changed = new HashMap<>();
        dealt(rows.lockNumbered(session.id()), order).forEach((proposal, number) -> {
            if (!number.equals(proposal.fileNumber())) {
                changed.put(proposal, number);
            }
        });
        // first all away, because no two may ever have the same
        changed.keySet().forEach(proposal -> {
            rows.fileNumber(proposal.caseNumber(), null, null);
            caseFiles.fileNumber(proposal.caseNumber(), null);
        });
        changed.forEach((proposal, number) -> {
            String text = Proposal.fileNumberText(number);
            rows.fileNumber(proposal.caseNumber(), number, null);
            caseFiles.fileNumber(proposal.caseNumber(), text);
            caseFiles.happened(proposal.caseNumber(), "重排案号", proposal.fileNumberText() + "改为" + text);
            informing.proposers(
                    proposal, "filed", "renumbered-" + proposal.version(), Map.of("fileNumber", session.name() + text));
        });
        audit.record("proposal.renumber", null, session.name() + "，改动" + changed.size() + "件，" + order.label());
        return changed.size();
    }

    /** 公布: from now on no number of the session changes. @throws Refusal published before, or nothing is numbered */
    public void publish(String person) {
        requireClerk(person);
        Session session = sessions.lock(sessions.current().id());
        if (session.published()) {
            throw new Refusal(session.name() + "的案号已经公布过。");
        }
        if (rows.numbered(session.id()).isEmpty()) {
            throw new Refusal("还没有编号的提案，不能公布。");
        }
        Instant now = clock.instant();
        sessions.published(session.id(), now, person);
        audit.record("proposal.publishNumbers", null, session.name());
    }

    private void requireClerk(String person) {
        if (!people.groupsOf(person).contains(Roles.PROPOSAL_CLERK)) {
            throw new Refusal("只有提案委员会办公室工作人员可以编定案号。");
        }
    }

    /** case number → task */
    private Map<String, String> waiting(String session) {
        Map<String, String> tasks = new HashMap<>();
        for (OpenStep step : openSteps.waiting(REVIEW, TASK)) {
            tasks.put(step.caseNumber(), step.taskId());
        }
        Map<String, String> ofSession = new HashMap<>();
        for (Proposal proposal : rows.all(tasks.keySet())) {
            if (proposal.sessionId().equals(session)) {
                ofSession.put(proposal.caseNumber(), Objects.requireNonNull(tasks.get(proposal.caseNumber())));
            }
        }
        return ofSession;
    }

    private List<Proposal> sorted(Iterable<String> numbers, NumberOrder order) {
        List<String> wanted = new ArrayList<>();
        numbers.forEach(wanted::add);
        return rows.all(wanted).stream().sorted(comparator(order)).toList();
    }

    private static Map<Proposal, Integer> dealt(List<Proposal> numbered, NumberOrder order) {
        List<Proposal> all = numbered.stream()
                .filter(proposal -> proposal.withdrawnAt() == null)
                .sorted(comparator(order))
                .toList();
        List<Integer> numbers = all.stream()
                .map(Proposal::fileNumber)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        Map<Proposal, Integer> dealt = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            dealt.put(all.get(i), numbers.get(i));
        }
        return dealt;
    }

    static Comparator<Proposal> comparator(NumberOrder order) {
        Comparator<Proposal> submission = Comparator.comparing(
                        Proposal::submittedAt, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Proposal::caseNumber);
        return switch (order) {
            case COLLECTIVE_FIRST ->
                Comparator.comparing(Proposal::collectiveKind, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(submission);
            case BY_CATEGORY ->
                Comparator.comparing(Proposal::categoryDecided, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(submission);
            case BY_SUBMISSION -> submission;
        };
    }

    private int next(String session) {
        return rows.numbered(session).stream()
                        .map(Proposal::fileNumber)
                        .filter(Objects::nonNull)
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0)
                + 1;
    }

    private Line line(Proposal proposal, int number) {
        String present = proposal.fileNumberText();
        return new Line(
                Proposal.fileNumberText(number),
                present == null ? "" : present,
                proposal.caseNumber(),
                proposal.title(),
                proposal.proposerName(),
                Submission.kindName(proposal),
                proposal.categoryName());
    }
}
