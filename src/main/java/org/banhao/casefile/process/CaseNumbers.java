package org.banhao.casefile.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The business key of an instance is the number of its case. */
final class CaseNumbers {
    private CaseNumbers() {}

    static String of(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        if (number == null) {
            throw new IllegalStateException(
                    "Instance " + execution.getProcessInstanceId() + " of " + execution.getProcessDefinitionId()
                            + " has no case number; a call activity must pass the business key on");
        }
        return number;
    }
}
