package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.Merging;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Final verdict: merged into another proposal. */
@Component
@ModelBean("mergeIntoLeadCase")
class MergeIntoLeadCase implements JavaDelegate {

    private final Merging useCase;

    MergeIntoLeadCase(Merging useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.merge(Numbers.of(execution));
    }
}
