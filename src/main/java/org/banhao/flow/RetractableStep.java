package org.banhao.flow;

import org.jspecify.annotations.Nullable;

/**
 * A step whose answer can be retracted (撤回) for some minutes by who gave it, as long as nobody has gone on from it. Its inverse is
 * declared, not written: the rows named here are put back as they were, and the processes to where they stood.
 */
public interface RetractableStep extends StepUseCase {

    /**
     * Asked before the answer is applied.
     *
     * @return why this very answer cannot be retracted and what to do instead, as one sentence; null: it can
     */
    @Nullable
    String finalBecause(Step step, Answer answer);

    /** The step's own rows; the case row and the deadlines are looked after below. Asked before the answer is applied. */
    Footprint footprint(Step step);

    /** How the retraction is told in the timeline, as a beginning: it is kept from the same readers as the answer's own lines. */
    String toldAs(Step step, Answer answer);
}
