package org.banhao.proposal.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseResumed;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.flow.Processes;
import org.banhao.people.LeftGroup;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.SpeakerChanged;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who revises a returned proposal: the first proposer (for an organisation whoever speaks for it today); if he has left the
 * term or his account is closed, the next one who signed; if nobody is left, or the proposal came on paper, the committee's
 * office. A person gets the task by name, the office is the group that always stands behind it.
 */
@Service
@Transactional
public class Revisers {

    static final String TASK = "userTask_reviseProposal";
    static final String REVIEW = "proposalReview";

    /** Those whose pages let them propose, and revise. */
    private static final List<String> PROPOSERS =
            List.of(Roles.MEMBER, Roles.ORGANIZATION_CONTACT, Roles.SECTOR_CONVENER);

    private final ProposalRows rows;
    private final ReviewRows reviews;
    private final CaseFiles caseFiles;
    private final OpenSteps openSteps;
    private final Processes processes;
    private final Deadlines deadlines;
    private final People people;
    private final Informing informing;
    private final Audit audit;

    Revisers(
            ProposalRows rows,
            ReviewRows reviews,
            CaseFiles caseFiles,
            OpenSteps openSteps,
            Processes processes,
            Deadlines deadlines,
            People people,
            Informing informing,
            Audit audit) {
        this.rows = rows;
        this.reviews = reviews;
        this.caseFiles = caseFiles;
        this.openSteps = openSteps;
        this.processes = processes;
        this.deadlines = deadlines;
        this.people = people;
        this.informing = informing;
        this.audit = audit;
    }

    /** The person to whom the task is given; null: it is the office's. */
    @Transactional(readOnly = true)
    public @Nullable String of(String caseNumber) {
        Proposal proposal = rows.get(caseNumber);
        return proposal.onBehalf() ? null : contact(caseNumber);
    }

    /** Whom one speaks with about the case: the first of those who propose that is in office and works with the system; null: nobody. */
    @Transactional(readOnly = true)
    public @Nullable String contact(String caseNumber) {
        Proposal proposal = rows.get(caseNumber);
        List<String> members = new ArrayList<>(List.of(proposal.proposerMember()));
        rows.signatures(caseNumber).stream()
                .filter(signer -> signer.role().equals("co") && signer.confirmed())
                .map(Signature::memberId)
                .forEach(members::add);
        Map<String, String> inOffice =
                people.members().stream().collect(Collectors.toMap(Member::id, Member::personId));
        return members.stream()
                .map(inOffice::get)
                .filter(person -> person != null && works(person))
                .findFirst()
                .orElse(null);
    }

    private boolean works(String person) {
        return people.find(person).filter(Person::active).isPresent()
                && people.groupsOf(person).stream().anyMatch(PROPOSERS::contains);
    }

    /** Who may no longer propose hands over what he was to revise, in the transaction that changes his account. */
    @EventListener
    public void on(LeftGroup left) {
        openSteps.heldBy(left.personId()).stream()
                .filter(step -> step.task().equals(TASK))
                .forEach(step -> handOn(step, left.personId()));
    }

    /** Who speaks for the member now reads what was handed in, and gets what the one before was to revise. */
    @EventListener
    public void on(SpeakerChanged changed) {
        for (Proposal proposal : rows.ofMembers(List.of(changed.memberId()))) {
            caseFiles.party(proposal.caseNumber(), "firstProposer", changed.now(), false);
        }
        openSteps.heldBy(changed.before()).stream()
                .filter(step -> step.task().equals(TASK)
                        && rows.get(step.caseNumber()).proposerMember().equals(changed.memberId()))
                .forEach(step -> handOn(step, changed.before()));
    }

    /** A term ends by its date and nobody is told: asked again when the date for handing in has passed. */
    void again(String caseNumber) {
        for (OpenStep step : openSteps.ofCase(caseNumber)) {
            String holder = step.assignee();
            if (step.task().equals(TASK)
                    && holder != null
                    && !people.groupsOf(holder).contains(Roles.PROPOSAL_CLERK)) {
                handOn(step, holder);
            }
        }
    }

    /** Who left while the case rested could not hand over what he was to revise. */
    @EventListener
    public void on(CaseResumed resumed) {
        again(resumed.caseNumber());
    }

    private void handOn(OpenStep step, String holder) {
        String number = step.caseNumber();
        String next = of(number);
        // what rests is handed over when the case goes on
        if (holder.equals(next) || openSteps.rests(number, step.taskId())) {
            return;
        }
        String who = next == null ? "提案委员会办公室" : people.nameOf(next);
        if (next == null) {
            processes.release(step.taskId());
        } else {
            processes.handOver(step.taskId(), next);
            Proposal proposal = rows.get(number);
            // he may have heard of the return as one who signed, not that it is his turn
            tell(proposal, next, proposal.reviewRound() + "-handed");
        }
        caseFiles.happened(number, "改由" + who + "修改后重新提交", people.nameOf(holder) + "不再担任提案者或者账号已停用");
        audit.record(
                "proposal.handOverRevision", number, holder + " → " + (next == null ? Roles.PROPOSAL_CLERK : next));
    }

    /** 退回修改: what is to be changed and until when. */
    private void tell(Proposal proposal, String person, String occasion) {
        Review returned = Reviews.returned(reviews.of(proposal.caseNumber()), proposal.reviewRound());
        Map<String, String> values = new HashMap<>();
        values.put("reason", returned == null ? "" : reasons(returned));
        deadlines
                .open(proposal.caseNumber(), "resubmission")
                .map(Deadline::due)
                .ifPresent(due -> values.put("dueText", ChineseTime.text(due)));
        informing.one(proposal, "returned", occasion, person, values);
    }

    static String reasons(Review returned) {
        return returned.defects().stream().map(Defect::label).collect(Collectors.joining("、"));
    }
}
