package org.banhao.proposal.process;

import java.util.Objects;
import org.banhao.flow.Step;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The business key of every instance of a proposal is its case number. */
final class Numbers {

    private Numbers() {}

    static String of(DelegateExecution execution) {
        return Objects.requireNonNull(execution.getProcessBusinessKey(), "instance without a case number");
    }

    static String of(Step step) {
        return Objects.requireNonNull(step.caseNumber(), "step without a case number");
    }
}
