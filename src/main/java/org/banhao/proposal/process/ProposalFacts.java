package org.banhao.proposal.process;

import java.util.Date;
import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.Revisers;
import org.banhao.proposal.domain.Submission;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What models ask about a proposal: {@code ${proposalFacts.signaturesDue(execution)}}. Public for expressions. */
@Component
@ModelBean("proposalFacts")
public class ProposalFacts {

    private final Submission submission;
    private final Revisers revisers;

    ProposalFacts(Submission submission, Revisers revisers) {
        this.submission = submission;
        this.revisers = revisers;
    }

    /** Until when co-signers and the convener may confirm. */
    public Date signaturesDue(DelegateExecution execution) {
        return Date.from(submission.signaturesDue(Numbers.of(execution), execution.getProcessInstanceId()));
    }

    /** To whom a returned proposal is given by name; null: to the committee's office as a group. */
    public @Nullable String reviser(DelegateExecution execution) {
        return revisers.of(Numbers.of(execution));
    }
}
