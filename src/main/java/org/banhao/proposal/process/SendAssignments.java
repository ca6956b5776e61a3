package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.assignment.OfficePlans;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** 交办: every planned unit is told. */
@Component
@ModelBean("sendAssignments")
class SendAssignments implements JavaDelegate {

    private final OfficePlans useCase;

    SendAssignments(OfficePlans useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.send(Numbers.of(execution));
    }
}
