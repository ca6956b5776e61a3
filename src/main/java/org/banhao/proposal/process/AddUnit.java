package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.assignment.UnitAnswers;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Ruled: the unit stays, another is added. */
@Component
@ModelBean("addUnit")
class AddUnit implements JavaDelegate {

    private final UnitAnswers useCase;

    AddUnit(UnitAnswers useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.add(execution.getProcessInstanceId());
    }
}
