package org.banhao.proposal.process;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.banhao.flow.Answer;
import org.banhao.flow.Footprint;
import org.banhao.flow.RetractableStep;
import org.banhao.flow.Step;
import org.banhao.flow.StepUseCase;
import org.jspecify.annotations.Nullable;

/**
 * A step whose answer can be retracted.
 *
 * @param touches the rows its answer may change
 * @param toldAs beginning of the line in the timeline
 * @param finalWhen the sentence why an answer cannot be retracted; null: it can
 */
record StepRetractable(
        StepUseCase answered,
        Function<Step, Footprint> touches,
        BiFunction<Step, Answer, String> toldAs,
        Function<Answer, @Nullable String> finalWhen)
        implements RetractableStep {

    /** Every answer can be retracted. */
    static StepUseCase always(StepUseCase answered, Function<Step, Footprint> touches, String toldAs) {
        return new StepRetractable(answered, touches, (step, answer) -> toldAs, answer -> null);
    }

    /** No answer can: it has effect outside at once. */
    static StepUseCase never(StepUseCase answered, String why) {
        return new StepRetractable(answered, step -> Footprint.NOTHING, (step, answer) -> "", answer -> why);
    }

    @Override
    public String step() {
        return answered.step();
    }

    @Override
    public @Nullable String apply(Step step, Answer answer) {
        return answered.apply(step, answer);
    }

    @Override
    public @Nullable String finalBecause(Step step, Answer answer) {
        return finalWhen.apply(answer);
    }

    @Override
    public Footprint footprint(Step step) {
        return touches.apply(step);
    }

    @Override
    public String toldAs(Step step, Answer answer) {
        return toldAs.apply(step, answer);
    }
}
