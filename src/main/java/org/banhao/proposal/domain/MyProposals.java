package org.banhao.proposal.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.people.People;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a member or an organisation's contact sees of proposals: their own, and those they were asked to sign. */
@Service
@Transactional(readOnly = true)
public class MyProposals {

    private final ProposalRows rows;
    private final Reviews reviews;
    private final CaseFiles caseFiles;
    private final OpenSteps openSteps;
    private final Deadlines deadlines;
    private final Documents documents;
    private final People people;
    private final Audit audit;
    private final Clock clock;

    MyProposals(
            ProposalRows rows,
            Reviews reviews,
            CaseFiles caseFiles,
            OpenSteps openSteps,
            Deadlines deadlines,
            Documents documents,
            People people,
            Audit audit,
            Clock clock) {
        this.rows = rows;
        this.reviews = reviews;
        this.caseFiles = caseFiles;
        this.openSteps = openSteps;
        this.deadlines = deadlines;
        this.documents = documents;
        this.people = people;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One line of a list.
     *
     * @param statusLine in words, with what is awaited and until when
     * @param myTurn the person has something to do
     */
    public record Line(
            String caseNumber,
            String title,
            String proposer,
            String role,
            String statusLine,
            boolean myTurn,
            boolean draft,
            Instant changed) {}

    /** Own proposals and drafts; drafts and returned ones first, then the newest. */
    public List<Line> own(String person) {
        return rows.ofPerson(person).stream()
                .filter(proposal -> !proposal.draft() || Drafts.writer(proposal).equals(person))
                .map(proposal -> line(proposal, person))
                .sorted(Comparator.comparing(Line::myTurn)
                        .thenComparing(Line::changed)
                        .reversed())
                .toList();
    }

    /** Proposals of others the person was asked to sign or to confirm, open invitations first. */
    public List<Line> invited(String person) {
        return rows.all(rows.invitations(person)).stream()
                .filter(proposal -> !proposal.draft())
                .map(proposal -> line(proposal, person))
                .sorted(Comparator.comparing(Line::myTurn)
                        .thenComparing(Line::changed)
                        .reversed())
                .toList();
    }

    private Line line(Proposal proposal, String person) {
        boolean mine = Drafts.writer(proposal).equals(person)
                || proposal.proposerPerson().equals(person);
        boolean asked = asked(proposal, person);
        boolean returned = mine && reviseTask(proposal.caseNumber(), person) != null;
        return new Line(
                proposal.caseNumber(),
                proposal.title().isEmpty() ? Drafts.UNTITLED : proposal.title(),
                proposal.proposerName(),
                mine ? (person.equals(proposal.enteredBy()) ? "代录入" : "第一提案人") : roleOf(proposal, person),
                statusLine(proposal),
                asked || returned || proposal.draft(),
                proposal.draft(),
                proposal.savedAt());
    }

    private String roleOf(Proposal proposal, String person) {
        return rows.seal(proposal.caseNumber())
                        .filter(seal -> person.equals(seal.convenerPerson()))
                        .isPresent()
                ? "召集人"
                : "联名人";
    }

    private boolean asked(Proposal proposal, String person) {
        Instant due = proposal.signaturesDue();
        if (proposal.draft()
                || proposal.submittedAt() != null
                || due == null
                || clock.instant().isAfter(due)) {
            return false;
        }
        return rows.signatures(proposal.caseNumber()).stream()
                        .anyMatch(signer -> signer.personId().equals(person) && signer.invited())
                || rows.seal(proposal.caseNumber())
                        .filter(seal -> seal.invited() && person.equals(seal.convenerPerson()))
                        .isPresent();
    }

    /** Where it stands, as one says it on the telephone. Reviewers' plans are not told before the final decision. */
    public String statusLine(Proposal proposal) {
        if (proposal.draft()) {
            return "草稿，" + ChineseTime.text(proposal.savedAt()) + "保存，尚未提交";
        }
        if (proposal.withdrawnAt() != null) {
            return "已撤回";
        }
        if (proposal.submittedAt() == null) {
            return waitingLine(proposal);
        }
        Verdict verdict = proposal.verdict();
        if (verdict == null) {
            return reviewLine(proposal);
        }
        return switch (verdict) {
            case FILE ->
                proposal.fileNumber() == null
                        ? "已决定立案，等待编定案号"
                        : "已立案，案号" + proposal.fileNumberText() + handlingLine(proposal);
            case MERGE ->
                "已并案，并入" + proposal.leadCase() + leadTitle(proposal)
                        + (handlingLine(proposal).isEmpty() ? "，仍会答复您" : handlingLine(proposal));
            case CONVERT -> {
                Destination destination = proposal.destination();
                yield "已转为意见建议" + (destination == null ? "" : "，转往：" + destination.label());
            }
            case NOT_FILE -> "不予立案，理由：" + reviews.groundText(proposal.caseNumber());
            case RETURN -> reviewLine(proposal);
        };
    }

    /** What has become of it since it was filed. */
    private String handlingLine(Proposal proposal) {
        Status status = caseFiles
                .find(proposal.caseNumber())
                .map(row -> Coded.find(Status.class, row.status()))
                .orElse(null);
        return status == Status.ASSIGNED || status == Status.HANDLING || status == Status.REPLIED
                ? "，" + status.label()
                : "";
    }

    private String waitingLine(Proposal proposal) {
        long waiting = rows.signatures(proposal.caseNumber()).stream()
                .filter(Signature::invited)
                .count();
        boolean convener =
                rows.seal(proposal.caseNumber()).filter(Seal::invited).isPresent();
        List<String> whom = new ArrayList<>();
        if (waiting > 0) {
            whom.add(waiting + "位联名人");
        }
        if (convener) {
            whom.add("召集人");
        }
        Instant due = proposal.signaturesDue();
        return whom.isEmpty() || due == null
                ? "已提交，等待进入审查"
                : "等待" + String.join("和", whom) + "确认，截止" + ChineseTime.text(due);
    }

    private String reviewLine(Proposal proposal) {
        String status =
                caseFiles.find(proposal.caseNumber()).map(CaseRow::status).orElse("");
        Status known = Coded.find(Status.class, status);
        if (known == Status.RETURNED) {
            Review review = reviews.returned(proposal.caseNumber());
            String defects = review == null
                    ? ""
                    : review.defects().stream().map(Defect::label).collect(Collectors.joining("、"));
            String due = resubmissionDue(proposal.caseNumber())
                    .map(moment -> "，请在" + ChineseTime.text(moment) + "前重新提交")
                    .orElse("");
            return "请修改：" + defects + due + (proposal.resubmissionOverdueAt() == null ? "" : "（已逾期，仍可提交）");
        }
        return known == Status.FIRST_REVIEW || known == Status.SECOND_REVIEW ? known.label() : "审查中（终审）";
    }

    private String leadTitle(Proposal proposal) {
        String lead = proposal.leadCase();
        return lead == null
                ? ""
                : rows.find(lead).map(found -> "《" + found.title() + "》").orElse("");
    }

    private Optional<Instant> resubmissionDue(String caseNumber) {
        return deadlines.open(caseNumber, "resubmission").map(Deadline::due);
    }

    /**
     * A handed-in proposal as its proposer, co-signer or convener reads it.
     *
     * @param reviseTask task by which the person hands the revision in; null when it is not his turn
     * @param returned why it came back; null when it did not
     * @param mayConfirm an invitation waits for this person
     */
    public record Page(
            Proposal proposal,
            String statusLine,
            String kindName,
            String periodName,
            List<Signature> signatures,
            @Nullable Seal seal,
            List<StoredDocument> attachments,
            List<String> wish,
            List<TimelineEntry> timeline,
            @Nullable String reviseTask,
            @Nullable Review returned,
            boolean mayConfirm,
            boolean mayManage) {}

    /** @throws Refusal not his: the same sentence as for one that does not exist */
    @Transactional
    public Page page(String caseNumber, String person) {
        Proposal proposal = rows.find(caseNumber)
                .filter(found -> mayRead(found, person))
                .orElseThrow(() -> new Refusal("没有这份提案，或者您不能查看它。请从“我的提案”重新进入。"));
        boolean manages = Drafts.writer(proposal).equals(person)
                || proposal.proposerPerson().equals(person);
        Map<String, String> units = people.units().stream().collect(Collectors.toMap(Unit::id, Unit::name));
        audit.record("proposal.read", caseNumber, "查看提案");
        return new Page(
                proposal,
                statusLine(proposal),
                Submission.kindName(proposal),
                Submission.periodName(proposal),
                rows.signatures(caseNumber),
                rows.seal(caseNumber).orElse(null),
                documents.ofCase(caseNumber),
                proposal.wish().stream()
                        .map(unit -> units.getOrDefault(unit, unit))
                        .toList(),
                manages ? ownTimeline(caseNumber) : List.of(),
                reviseTask(caseNumber, person),
                reviseTask(caseNumber, person) == null ? null : reviews.returned(caseNumber),
                asked(proposal, person),
                manages);
    }

    /** Without what reviewers concluded on the way: that is advice until the last decision. */
    private List<TimelineEntry> ownTimeline(String caseNumber) {
        return caseFiles.timeline(caseNumber).stream()
                .filter(entry -> !Reviews.advice(entry))
                .toList();
    }

    private boolean mayRead(Proposal proposal, String person) {
        if (Drafts.writer(proposal).equals(person)) {
            return true;
        }
        if (proposal.draft()) {
            return false;
        }
        return proposal.proposerPerson().equals(person)
                || rows.signatures(proposal.caseNumber()).stream()
                        .anyMatch(
                                signer -> signer.personId().equals(person) && (signer.invited() || signer.confirmed()))
                || rows.seal(proposal.caseNumber())
                        .filter(seal -> person.equals(seal.convenerPerson()) && (seal.invited() || seal.confirmed()))
                        .isPresent();
    }

    private @Nullable String reviseTask(String caseNumber, String person) {
        return openSteps.ofCase(caseNumber).stream()
                .filter(step -> step.task().equals("userTask_reviseProposal") && person.equals(step.assignee()))
                .map(OpenStep::taskId)
                .findFirst()
                .orElse(null);
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
