package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.Submission;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The deadline of co-signing has passed. */
@Component
@ModelBean("dropUnconfirmedSigners")
class DropUnconfirmedSigners implements JavaDelegate {

    private final Submission useCase;

    DropUnconfirmedSigners(Submission useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.dropUnconfirmed(Numbers.of(execution));
    }
}
