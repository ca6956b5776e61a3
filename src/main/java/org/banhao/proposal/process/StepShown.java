package org.banhao.proposal.process;

import java.util.function.Function;
import org.banhao.flow.FormData;
import org.banhao.flow.Shown;
import org.banhao.flow.Step;

/**
 * What a step's form shows.
 *
 * @param of {@link Numbers#of} or {@link Instances#of}: what the step is about
 */
record StepShown(String step, Function<Step, String> of, Function<String, Shown> shows) implements FormData {

    @Override
    public Shown shown(Step asked) {
        return shows.apply(of.apply(asked));
    }
}
