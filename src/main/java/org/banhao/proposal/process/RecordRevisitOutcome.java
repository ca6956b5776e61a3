package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.revisit.Revisits;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The committee has accepted the report: 现办理结果. */
@Component
@ModelBean("recordRevisitOutcome")
class RecordRevisitOutcome implements JavaDelegate {

    private final Revisits useCase;

    RecordRevisitOutcome(Revisits useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.recordOutcome(execution.getProcessInstanceId());
    }
}
