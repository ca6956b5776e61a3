package org.banhao.proposal.process;

import java.util.Objects;
import org.banhao.flow.Step;

/** Where units and proposers are asked in instances of their own, the instance tells which row of the case is meant. */
final class Instances {

    private Instances() {}

    static String of(Step step) {
        return Objects.requireNonNull(step.instanceId(), "step without an instance");
    }
}
