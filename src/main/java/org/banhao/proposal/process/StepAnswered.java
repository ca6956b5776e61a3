package org.banhao.proposal.process;

import java.util.function.Function;
import org.banhao.base.Refusal;
import org.banhao.flow.Answer;
import org.banhao.flow.Step;
import org.banhao.flow.StepUseCase;
import org.jspecify.annotations.Nullable;

/**
 * What the answer of a step's form does; it is always a person's.
 *
 * @param of {@link Numbers#of} or {@link Instances#of}: what the step is about
 */
record StepAnswered(String step, Function<Step, String> of, Effect effect) implements StepUseCase {

    interface Effect {
        void apply(String of, String person, Answer answer);
    }

    @Override
    public @Nullable String apply(Step answered, Answer answer) {
        String person = answered.person();
        if (person == null) {
            throw new Refusal("没有登录，不能办理，请重新登录。");
        }
        effect.apply(of.apply(answered), person, answer);
        return null;
    }
}
