package org.banhao.flow;

import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/** Remembers what an answer is about to change, and who looked at what followed. Implemented by {@code casefile}. */
public interface StepRetractions {

    /**
     * A person answers a step; called in the engine's transaction before the use case is applied.
     *
     * @param name of the step, as people read it
     * @param holder who has claimed it; null: it is offered to its groups
     * @param useCase null: the step has none
     */
    void begins(Step step, String name, @Nullable String holder, @Nullable StepUseCase useCase, Answer answer);

    /**
     * The form of an open task is served with its content: from now on the answer before it cannot be retracted, unless it is that
     * person's own.
     *
     * @throws Refusal the answer before it is being retracted at this moment
     */
    void opened(Step step);
}
