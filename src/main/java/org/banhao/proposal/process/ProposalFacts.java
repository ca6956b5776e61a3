package org.banhao.proposal.process;

import java.util.Date;
import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.Submission;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** What models ask about a proposal: {@code ${proposalFacts.signaturesDue(execution)}}. Public for expressions. */
@Component
@ModelBean("proposalFacts")
public class ProposalFacts {

    private final Submission submission;

    ProposalFacts(Submission submission) {
        this.submission = submission;
    }

    /** Until when co-signers and the convener may confirm. */
    public Date signaturesDue(DelegateExecution execution) {
        return Date.from(submission.signaturesDue(Numbers.of(execution)));
    }
}
