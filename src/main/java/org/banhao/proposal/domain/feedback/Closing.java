package org.banhao.proposal.domain.feedback;

import java.util.List;
import java.util.Map;
import org.banhao.base.Audit;
import org.banhao.casefile.CaseFiles;
import org.banhao.flow.Processes;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.Status;
import org.banhao.proposal.domain.handling.HandlingEvents;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * 办结: all units have answered, no second handling runs, and everybody who was asked has said what he thinks, or his term has passed
 * in silence. A merged proposal is closed by its own proposers' feedback. Joins the caller's transaction.
 */
@Component
class Closing {

    /** What the proposal's own process waits for; the model has the same word. */
    static final String FEEDBACK_COMPLETE = "proposal.feedbackComplete";

    private final FeedbackRows rows;
    private final Proposals proposals;
    private final CaseFiles caseFiles;
    private final Processes processes;
    private final Audit audit;

    Closing(FeedbackRows rows, Proposals proposals, CaseFiles caseFiles, Processes processes, Audit audit) {
        this.rows = rows;
        this.proposals = proposals;
        this.caseFiles = caseFiles;
        this.processes = processes;
        this.audit = audit;
    }

    @EventListener
    public void on(HandlingEvents.Replied event) {
        check(event.caseNumber());
    }

    /** Harmless when something is still open. Of two who rate at once the second sees the first. */
    void check(String caseNumber) {
        Proposal proposal = proposals.lock(caseNumber);
        List<Feedback> asked = rows.ofCase(caseNumber);
        if (Status.of(caseFiles.get(caseNumber)) != Status.REPLIED
                || asked.isEmpty()
                || !asked.stream().allMatch(Feedback::settled)) {
            return;
        }
        String instance = proposal.instanceId();
        if (instance != null) {
            processes.tell(instance, FEEDBACK_COMPLETE, Map.of());
        }
        long silent = asked.stream()
                .filter(one -> one.given() == null && one.silentAt() != null)
                .count();
        caseFiles.status(caseNumber, Status.CLOSED.code(), Status.CLOSED.label());
        caseFiles.happened(caseNumber, "提案办结", silent == 0 ? null : "未反馈" + silent + "人次");
        audit.record("proposal.closed", caseNumber, "未反馈" + silent + "人次");
        caseFiles.close(caseNumber);
    }
}
