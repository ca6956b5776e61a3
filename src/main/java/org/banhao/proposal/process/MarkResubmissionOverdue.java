package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.Reviews;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The term for handing in again has passed. */
@Component
@ModelBean("markResubmissionOverdue")
class MarkResubmissionOverdue implements JavaDelegate {

    private final Reviews useCase;

    MarkResubmissionOverdue(Reviews useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.markResubmissionOverdue(Numbers.of(execution));
    }
}
