package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** 征集通知: everybody who may propose is told. */
@Component
@ModelBean("sendSolicitationCall")
class SendSolicitationCall implements JavaDelegate {

    private final Solicitations useCase;

    SendSolicitationCall(Solicitations useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.send(Numbers.of(execution));
    }
}
