package org.banhao.flow;

import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/** What a person's answer must satisfy and what it changes in the case. A step without one is only stored. */
public interface StepUseCase {

    String step();

    /**
     * Runs in the engine's transaction, before the engine moves on.
     *
     * @return at a start: the case number, which becomes the business key; elsewhere ignored
     * @throws Refusal nothing is changed, the person reads the sentence at the field
     */
    @Nullable
    String apply(Step step, Answer answer);
}
