package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.Reviews;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Final verdict: not filed. */
@Component
@ModelBean("notifyNotFiled")
class NotifyNotFiled implements JavaDelegate {

    private final Reviews useCase;

    NotifyNotFiled(Reviews useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.notifyNotFiled(Numbers.of(execution));
    }
}
