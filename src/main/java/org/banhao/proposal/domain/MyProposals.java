package org.banhao.proposal.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRead;
import org.banhao.casefile.CaseReading;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.OpenSteps;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.StoredDocument;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a member or an organisation's contact sees of proposals: their own, and those they were asked to sign. */
@Service
@Transactional(readOnly = true)
public class MyProposals {

    private final ProposalRows rows;
    private final ReviewRows reviews;
    private final SecondRows seconds;
    private final Merging merging;
    private final CoSignatureTerm term;
    private final CaseFiles caseFiles;
    private final OpenSteps openSteps;
    private final Deadlines deadlines;
    private final CaseReading reading;
    private final People people;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final Clock clock;

    MyProposals(
            ProposalRows rows,
            ReviewRows reviews,
            SecondRows seconds,
            Merging merging,
            CoSignatureTerm term,
            CaseFiles caseFiles,
            OpenSteps openSteps,
            Deadlines deadlines,
            CaseReading reading,
            People people,
            ApplicationEventPublisher events,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.reviews = reviews;
        this.seconds = seconds;
        this.merging = merging;
        this.term = term;
        this.caseFiles = caseFiles;
        this.openSteps = openSteps;
        this.deadlines = deadlines;
        this.reading = reading;
        this.people = people;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** What hangs on some proposals, each kind read in one look however many they are. */
    private record Known(
            Map<String, List<Signature>> signatures,
            Map<String, Seal> seals,
            Map<String, Instant> signingDue,
            Map<String, CaseRow> cases,
            Map<String, Deadline> resubmissions,
            Map<String, List<Review>> conclusions,
            Map<String, String> grounds,
            Map<String, Proposal> leads) {

        List<Signature> signatures(Proposal proposal) {
            return signatures.getOrDefault(proposal.caseNumber(), List.of());
        }

        @Nullable
        Seal seal(Proposal proposal) {
            return seals.get(proposal.caseNumber());
        }
    }

    private Known known(Collection<Proposal> proposals) {
        List<String> handedIn = numbers(proposals, proposal -> !proposal.draft());
        List<String> reviewed =
                numbers(proposals, proposal -> proposal.submittedAt() != null && proposal.verdict() == null);
        List<String> going = numbers(
                proposals,
                proposal -> proposal.submittedAt() != null
                        && (proposal.verdict() == null
                                || proposal.verdict() == Verdict.FILE
                                || proposal.verdict() == Verdict.MERGE));
        List<String> concluded =
                numbers(proposals, proposal -> proposal.submittedAt() != null && proposal.verdict() != Verdict.FILE);
        Map<String, Proposal> leads = new HashMap<>();
        rows.all(proposals.stream()
                        .filter(Proposal::merged)
                        .map(Proposal::leadCase)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()))
                .forEach(lead -> leads.put(lead.caseNumber(), lead));
        return new Known(
                rows.signatures(handedIn),
                rows.seals(handedIn),
                term.dues(numbers(proposals, Proposal::collecting)),
                caseFiles.all(going),
                deadlines.open(reviewed, "resubmission"),
                reviews.of(concluded),
                concluded.isEmpty() ? Map.of() : reviews.groundWords(),
                leads);
    }

    private static List<String> numbers(Collection<Proposal> proposals, Predicate<Proposal> which) {
        return proposals.stream().filter(which).map(Proposal::caseNumber).toList();
    }

    /**
     * One line of a list.
     *
     * @param statusLine in words, with what is awaited and until when
     * @param myTurn the person has something to do
     * @param revises namely: to change it and hand it in again
     */
    public record Line(
            String caseNumber,
            String title,
            String proposer,
            String role,
            String statusLine,
            boolean myTurn,
            boolean revises,
            boolean draft,
            Instant changed) {}

    /** Own proposals and drafts, and those the person is to revise for somebody; what waits for him first, then the newest. */
    public List<Line> own(String person) {
        Map<String, String> tasks = reviseTasks(person);
        Map<String, Proposal> all = new LinkedHashMap<>();
        rows.ofPerson(person).stream()
                .filter(proposal -> !proposal.draft() || Drafts.writer(proposal).equals(person))
                .forEach(proposal -> all.put(proposal.caseNumber(), proposal));
        rows.ofMembers(organizations(person)).forEach(proposal -> all.putIfAbsent(proposal.caseNumber(), proposal));
        rows.all(tasks.keySet()).forEach(proposal -> all.putIfAbsent(proposal.caseNumber(), proposal));
        return lines(all.values(), tasks, person);
    }

    /** Proposals of others the person was asked to sign or to confirm, open invitations first. */
    public List<Line> invited(String person) {
        Map<String, String> tasks = reviseTasks(person);
        List<Proposal> signed = rows.all(rows.invitations(person)).stream()
                .filter(proposal -> !proposal.draft() && !tasks.containsKey(proposal.caseNumber()))
                .toList();
        return lines(signed, tasks, person);
    }

    private List<Line> lines(Collection<Proposal> proposals, Map<String, String> tasks, String person) {
        Known known = known(proposals);
        List<String> organizations = organizations(person);
        return proposals.stream()
                .map(proposal -> line(proposal, known, tasks.containsKey(proposal.caseNumber()), organizations, person))
                .sorted(Comparator.comparing(Line::myTurn)
                        .thenComparing(Line::changed)
                        .reversed())
                .toList();
    }

    private Line line(Proposal proposal, Known known, boolean revises, List<String> organizations, String person) {
        return new Line(
                proposal.caseNumber(),
                proposal.title().isEmpty() ? Drafts.UNTITLED : proposal.shownTitle(),
                proposal.proposerName(),
                role(proposal, known, revises, organizations, person),
                statusLine(proposal, known),
                revises || proposal.draft() || asked(proposal, known, person),
                revises,
                proposal.draft(),
                proposal.savedAt());
    }

    private static String role(
            Proposal proposal, Known known, boolean revises, List<String> organizations, String person) {
        if (person.equals(proposal.enteredBy())) {
            return "代录入";
        }
        if (proposal.proposerPerson().equals(person) || organizations.contains(proposal.proposerMember())) {
            return "第一提案人";
        }
        if (revises) {
            return "代第一提案人修改";
        }
        Seal seal = known.seal(proposal);
        return seal != null && person.equals(seal.convenerPerson()) ? "召集人" : "联名人";
    }

    private boolean asked(Proposal proposal, Known known, String person) {
        Instant due = known.signingDue().get(proposal.caseNumber());
        if (due == null || clock.instant().isAfter(due)) {
            return false;
        }
        Seal seal = known.seal(proposal);
        return known.signatures(proposal).stream()
                        .anyMatch(signer -> signer.personId().equals(person) && signer.invited())
                || seal != null && seal.invited() && person.equals(seal.convenerPerson());
    }

    /** Where it stands, as one says it on the telephone. Reviewers' plans are not told before the final decision. */
    private static String statusLine(Proposal proposal, Known known) {
        if (proposal.draft()) {
            return "草稿，" + ChineseTime.text(proposal.savedAt()) + "保存，尚未提交";
        }
        if (proposal.withdrawnAt() != null) {
            return "已撤回";
        }
        if (proposal.submittedAt() == null) {
            return waitingLine(proposal, known);
        }
        Verdict verdict = proposal.verdict();
        if (verdict == null) {
            return reviewLine(proposal, known);
        }
        return switch (verdict) {
            case FILE ->
                proposal.fileNumber() == null
                        ? "已决定立案，等待编定案号"
                        : "已立案，案号" + proposal.fileNumberText() + handlingLine(proposal, known);
            case MERGE -> {
                Proposal lead = known.leads().get(String.valueOf(proposal.leadCase()));
                yield "已并案，并入" + (lead == null ? proposal.leadCase() : lead.numberAndTitle())
                        + (handlingLine(proposal, known).isEmpty() ? "，仍会答复您" : handlingLine(proposal, known));
            }
            case CONVERT -> {
                Destination destination = proposal.destination();
                yield "已转为意见建议" + (destination == null ? "" : "，转往：" + destination.label());
            }
            case NOT_FILE -> "不予立案，理由：" + groundText(proposal, known);
            case RETURN -> reviewLine(proposal, known);
        };
    }

    /** What has become of it since it was filed. */
    private static String handlingLine(Proposal proposal, Known known) {
        CaseRow row = known.cases().get(proposal.caseNumber());
        Status status = row == null ? null : Coded.find(Status.class, row.status());
        return status != null && status.assigned() ? "，" + status.label() : "";
    }

    private static String groundText(Proposal proposal, Known known) {
        Review last = Reviews.latest(
                known.conclusions().getOrDefault(proposal.caseNumber(), List.of()), "final", proposal.reviewRound());
        String code = last == null ? null : last.ground();
        return code == null ? "" : known.grounds().getOrDefault(code, code);
    }

    private static String waitingLine(Proposal proposal, Known known) {
        long waiting =
                known.signatures(proposal).stream().filter(Signature::invited).count();
        Seal seal = known.seal(proposal);
        List<String> whom = new ArrayList<>();
        if (waiting > 0) {
            whom.add(waiting + "位联名人");
        }
        if (seal != null && seal.invited()) {
            whom.add("召集人");
        }
        Instant due = known.signingDue().get(proposal.caseNumber());
        return whom.isEmpty() || due == null
                ? "已提交，等待进入审查"
                : "等待" + String.join("和", whom) + "确认，截止" + ChineseTime.text(due);
    }

    private static String reviewLine(Proposal proposal, Known known) {
        CaseRow row = known.cases().get(proposal.caseNumber());
        Status status = row == null ? null : Coded.find(Status.class, row.status());
        if (status == Status.RETURNED) {
            Review review = Reviews.returned(
                    known.conclusions().getOrDefault(proposal.caseNumber(), List.of()), proposal.reviewRound());
            Deadline deadline = known.resubmissions().get(proposal.caseNumber());
            String due = deadline == null ? "" : "，请在" + ChineseTime.text(deadline.due()) + "前重新提交";
            return (proposal.onBehalf() ? "请修改（由提案委员会办公室代为录入）：" : "请修改：")
                    + (review == null ? "" : Revisers.reasons(review))
                    + due
                    + (proposal.resubmissionOverdueAt() == null ? "" : "（已逾期，仍可提交）");
        }
        return status == Status.FIRST_REVIEW || status == Status.SECOND_REVIEW ? status.label() : "审查中（终审）";
    }

    /**
     * A handed-in proposal as its proposer, co-signer or convener reads it.
     *
     * @param seconds who stands behind it without proposing
     * @param voided why an attachment does not hold any more, by its id
     * @param reviseTask task by which the person hands the revision in; null when it is not his turn
     * @param returned why it came back; null when it did not
     * @param mayConfirm an invitation waits for this person
     * @param mayWithdraw until the units have answered
     * @param voice what he may say while it is merged
     */
    public record Page(
            Proposal proposal,
            String statusLine,
            String kindName,
            String periodName,
            List<Signature> signatures,
            @Nullable Seal seal,
            List<Second> seconds,
            List<StoredDocument> attachments,
            Map<String, String> voided,
            List<String> wish,
            List<TimelineEntry> timeline,
            @Nullable String reviseTask,
            @Nullable Review returned,
            boolean mayConfirm,
            boolean mayManage,
            boolean mayWithdraw,
            Merging.Voice voice) {}

    /** @throws Refusal not his: the same sentence as for one that does not exist */
    @Transactional
    public Page page(String caseNumber, String person) {
        Proposal proposal = rows.find(caseNumber).orElse(null);
        Known known = known(proposal == null ? List.of() : List.of(proposal));
        String reviseTask = reviseTasks(person).get(caseNumber);
        if (proposal == null || !mayRead(proposal, known, reviseTask != null, person)) {
            throw new Refusal("没有这份提案，或者您不能查看它。请从“我的提案”重新进入。");
        }
        boolean manages = Drafts.writer(proposal).equals(person)
                || proposal.proposerPerson().equals(person)
                || speaks(proposal, person);
        Map<String, String> units = people.units().stream().collect(Collectors.toMap(Unit::id, Unit::name));
        audit.record("proposal.read", caseNumber, "查看提案");
        events.publishEvent(new CaseRead(caseNumber, person));
        return new Page(
                proposal,
                statusLine(proposal, known),
                Submission.kindName(proposal),
                Submission.periodName(proposal),
                rows.signatures(caseNumber),
                rows.seal(caseNumber).orElse(null),
                seconds.of(caseNumber),
                reading.papers(caseNumber, person, people.groupsOf(person)),
                reading.voided(caseNumber),
                proposal.wish().stream()
                        .map(unit -> units.getOrDefault(unit, unit))
                        .toList(),
                manages ? ownTimeline(caseNumber) : List.of(),
                reviseTask,
                reviseTask == null
                        ? null
                        : Reviews.returned(
                                known.conclusions().getOrDefault(caseNumber, List.of()), proposal.reviewRound()),
                asked(proposal, known, person),
                manages,
                manages && mayWithdraw(proposal, known),
                merging.voice(proposal, person));
    }

    /** As {@link Submission#withdraw} will see it; a merged proposal that others lead is only found there. */
    private static boolean mayWithdraw(Proposal proposal, Known known) {
        Verdict verdict = proposal.verdict();
        CaseRow row = known.cases().get(proposal.caseNumber());
        return proposal.withdrawnAt() == null
                && (verdict == null || verdict == Verdict.FILE || verdict == Verdict.MERGE)
                && (row == null || !Status.of(row).answered());
    }

    /** Whether the person has this page at all: who revised it for somebody may lose it with the task. */
    public boolean reads(String caseNumber, String person) {
        return rows.find(caseNumber)
                .filter(proposal -> mayRead(
                        proposal, known(List.of(proposal)), reviseTasks(person).containsKey(caseNumber), person))
                .isPresent();
    }

    /** Without what reviewers concluded on the way: that is advice until the last decision. */
    private List<TimelineEntry> ownTimeline(String caseNumber) {
        // as a proposer, whatever else he may be
        return reading.timeline(caseNumber, List.of());
    }

    /** Organisations whose contact this person is today. */
    private List<String> organizations(String person) {
        return people.membershipsOf(person).stream()
                .filter(member -> !member.kind().equals("member"))
                .map(Member::id)
                .toList();
    }

    /** The contact of today answers for what his organisation handed in, whoever was its contact then. */
    private boolean speaks(Proposal proposal, String person) {
        return !proposal.draft() && organizations(person).contains(proposal.proposerMember());
    }

    private boolean mayRead(Proposal proposal, Known known, boolean revises, String person) {
        if (Drafts.writer(proposal).equals(person)) {
            return true;
        }
        if (proposal.draft()) {
            return false;
        }
        Seal seal = known.seal(proposal);
        return revises
                || proposal.proposerPerson().equals(person)
                || speaks(proposal, person)
                || known.signatures(proposal).stream()
                        .anyMatch(
                                signer -> signer.personId().equals(person) && (signer.invited() || signer.confirmed()))
                || seal != null && person.equals(seal.convenerPerson()) && (seal.invited() || seal.confirmed());
    }

    /** Case number → task of what this person may revise: his by name, or offered to the office he works in. */
    private Map<String, String> reviseTasks(String person) {
        Map<String, String> tasks = new HashMap<>();
        openSteps.heldBy(person).stream()
                .filter(step -> step.task().equals(Revisers.TASK))
                .forEach(step -> tasks.put(step.caseNumber(), step.taskId()));
        List<String> groups = people.groupsOf(person);
        if (groups.contains(Roles.PROPOSAL_CLERK)) {
            openSteps.waiting(Revisers.REVIEW, Revisers.TASK).stream()
                    .filter(step ->
                            step.assignee() == null && step.groups().stream().anyMatch(groups::contains))
                    .forEach(step -> tasks.put(step.caseNumber(), step.taskId()));
        }
        return tasks;
    }

    /** How the open session's closing hour concerns who writes now; without one, who opens it. */
    public static String closingLine(Optional<Session> session, Instant now) {
        return session.map(open -> closingLine(open, now)).orElse(Sessions.NONE_OPEN);
    }

    /** How the session's closing hour concerns who writes now. */
    public static String closingLine(Session session, Instant now) {
        String closes = ChineseTime.text(session.closesAt());
        if (now.isAfter(session.closesAt())) {
            return session.name() + "大会提案已于" + closes + "截止，现在提交的作为平时提案。";
        }
        long hours = Duration.between(now, session.closesAt()).toHours();
        String left = hours >= 48 ? "还有" + hours / 24 + "天" : hours >= 1 ? "还有" + hours + "小时" : "不到1小时";
        return session.name() + "大会提案" + closes + "截止（" + left + "），截止后提交的自动作为平时提案。";
    }
}
