package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.assignment.AssignmentWithdrawal;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The proposal is withdrawn: its units are told and asked no more. */
@Component
@ModelBean("withdrawAssignments")
class WithdrawAssignments implements JavaDelegate {

    private final AssignmentWithdrawal useCase;

    WithdrawAssignments(AssignmentWithdrawal useCase) {
        this.useCase = useCase;
    }

    @Override
    public void execute(DelegateExecution execution) {
        useCase.withdraw(Numbers.of(execution));
    }
}
