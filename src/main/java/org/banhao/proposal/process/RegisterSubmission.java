package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.Submission;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** All signatures are settled: review begins. */
@Component
@ModelBean("registerSubmission")
class RegisterSubmission implements JavaDelegate {

    private final Submission useCase;

    RegisterSubmission(Submission useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.register(Numbers.of(execution));
    }
}
