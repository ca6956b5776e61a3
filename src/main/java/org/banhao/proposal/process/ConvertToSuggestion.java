package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.Reviews;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Final verdict: goes on as something else than a proposal. */
@Component
@ModelBean("convertToSuggestion")
class ConvertToSuggestion implements JavaDelegate {

    private final Reviews useCase;

    ConvertToSuggestion(Reviews useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.convertToSuggestion(Numbers.of(execution));
    }
}
