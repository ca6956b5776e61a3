package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The closing hour has come. */
@Component
@ModelBean("closeSolicitation")
class CloseSolicitation implements JavaDelegate {

    private final Solicitations useCase;

    CloseSolicitation(Solicitations useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.close(Numbers.of(execution));
    }
}
