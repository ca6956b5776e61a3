package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.assignment.UnitAnswers;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The return window has lapsed without a word. */
@Component
@ModelBean("recordDeemedAcceptance")
class RecordDeemedAcceptance implements JavaDelegate {

    private final UnitAnswers useCase;

    RecordDeemedAcceptance(UnitAnswers useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.deemAccepted(execution.getProcessInstanceId());
    }
}
