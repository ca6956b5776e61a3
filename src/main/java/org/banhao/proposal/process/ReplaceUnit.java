package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.assignment.UnitAnswers;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Ruled: another unit takes the place of this one. */
@Component
@ModelBean("replaceUnit")
class ReplaceUnit implements JavaDelegate {

    private final UnitAnswers useCase;

    ReplaceUnit(UnitAnswers useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.replace(execution.getProcessInstanceId());
    }
}
