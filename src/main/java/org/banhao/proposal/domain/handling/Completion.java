package org.banhao.proposal.domain.handling;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.casefile.CaseFiles;
import org.banhao.flow.Processes;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Status;
import org.banhao.proposal.domain.assignment.Assignment;
import org.banhao.proposal.domain.assignment.AssignmentEvents;
import org.banhao.proposal.domain.assignment.Assignments;
import org.banhao.proposal.domain.assignment.InnerForwardings;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** 已答复: every unit that owes the proposers a reply has delivered it. Joins the caller's transaction. */
@Component
class Completion {

    /** What the proposal's own process waits for; the model has the same word. */
    static final String HANDLING_COMPLETE = "proposal.handlingComplete";

    /** What the process of a proposal that was merged waits for. */
    static final String LEAD_REPLIED = "proposal.leadReplied";

    private final HandlingRows rows;
    private final HandlingLife life;
    private final Assignments assignments;
    private final Proposals proposals;
    private final CaseFiles caseFiles;
    private final InnerForwardings forwardings;
    private final Processes processes;
    private final ApplicationEventPublisher events;
    private final Audit audit;

    Completion(
            HandlingRows rows,
            HandlingLife life,
            Assignments assignments,
            Proposals proposals,
            CaseFiles caseFiles,
            InnerForwardings forwardings,
            Processes processes,
            ApplicationEventPublisher events,
            Audit audit) {
        this.rows = rows;
        this.life = life;
        this.assignments = assignments;
        this.proposals = proposals;
        this.caseFiles = caseFiles;
        this.forwardings = forwardings;
        this.processes = processes;
        this.events = events;
        this.audit = audit;
    }

    /**
     * Units come and go after others have answered: whether all is answered is asked again when the whole act is done, because the
     * proposal's own process is only then where it waits for it.
     */
    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    public void after(AssignmentEvents event) {
        if (event instanceof AssignmentEvents.Accepted accepted) {
            check(accepted.assignment().caseNumber());
        } else if (event instanceof AssignmentEvents.Replaced replaced) {
            check(replaced.next().caseNumber());
        } else if (event instanceof AssignmentEvents.RoleChanged changed) {
            check(changed.after().caseNumber());
        }
    }

    /**
     * Harmless when something is still owed, or when it was said before. Of two units that deliver at once the second sees the first. A
     * first reply can also be owed while the case is handled again: a unit that only gave its opinion took over who handled it again.
     */
    void check(String caseNumber) {
        List<Proposal> held = proposals.lockWithMerged(caseNumber);
        Proposal proposal = held.get(0);
        List<Assignment> holding = assignments.holding(caseNumber);
        // until each unit has answered 交办 the proposal's own process is not where it waits for the replies: asked again
        // then
        if (holding.stream().anyMatch(assignment -> assignment.state().outstanding())) {
            return;
        }
        List<Assignment> answering = holding.stream()
                .filter(assignment -> assignment.role().answers())
                .toList();
        if (proposal.withdrawnAt() != null || answering.isEmpty()) {
            return;
        }
        Map<Long, HandlingState> states = rows
                .ofAssignments(answering.stream().map(Assignment::id).toList())
                .stream()
                .collect(Collectors.toMap(Handling::assignmentId, Handling::state));
        if (answering.stream().anyMatch(assignment -> states.get(assignment.id()) != HandlingState.DELIVERED)) {
            return;
        }
        life.opinionsNotAwaited(caseNumber);
        if (Status.of(caseFiles.get(caseNumber)) == Status.SECOND_HANDLING) {
            answeredAgain(caseNumber, held);
            return;
        }
        tell(proposal, HANDLING_COMPLETE);
        String units = answering.stream().map(Assignment::unitName).collect(Collectors.joining("、"));
        replied(caseNumber, units);
        held.stream().skip(1).forEach(merged -> {
            tell(merged, LEAD_REPLIED);
            replied(merged.caseNumber(), units);
        });
    }

    private void tell(Proposal proposal, String message) {
        String instance = proposal.instanceId();
        if (instance != null) {
            processes.tell(instance, message, Map.of());
        }
    }

    private void replied(String caseNumber, String units) {
        if (Status.of(caseFiles.get(caseNumber)).answered()) {
            return;
        }
        caseFiles.status(caseNumber, Status.REPLIED.code(), Status.REPLIED.label());
        caseFiles.happened(caseNumber, "应当答复的单位均已送达答复", units);
        forwardings.caseIsAnswered(caseNumber);
        audit.record("proposal.replied", caseNumber, units);
        events.publishEvent(new HandlingEvents.Replied(caseNumber));
    }

    /** A second handling begins: the case and those merged into it are at work again, though they were closed. */
    void reopened(String caseNumber) {
        proposals.lockWithMerged(caseNumber).stream().map(Proposal::caseNumber).forEach(number -> {
            caseFiles.reopen(number);
            caseFiles.status(number, Status.SECOND_HANDLING.code(), Status.SECOND_HANDLING.label());
        });
    }

    /** The last one owed is there, or gone with its unit: 已答复 again when no unit handles the case a second time. */
    private void answeredAgain(String caseNumber, List<Proposal> held) {
        boolean atWork = rows.ofCase(caseNumber).stream()
                .anyMatch(row -> row.again() && row.state().open());
        if (atWork) {
            return;
        }
        held.stream().map(Proposal::caseNumber).forEach(number -> {
            caseFiles.reopen(number);
            caseFiles.status(number, Status.REPLIED.code(), Status.REPLIED.label());
            events.publishEvent(new HandlingEvents.Replied(number));
        });
    }
}
