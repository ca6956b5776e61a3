package org.banhao.proposal.process;

import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.banhao.base.Refusal;
import org.banhao.flow.Answer;
import org.banhao.flow.FormData;
import org.banhao.flow.Shown;
import org.banhao.flow.Step;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.feedback.DissatisfiedFeedback;
import org.banhao.proposal.domain.feedback.Examination;
import org.banhao.proposal.domain.feedback.FeedbackFacts;
import org.banhao.proposal.domain.feedback.Outcome;
import org.banhao.proposal.domain.feedback.ProposerFeedback;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code proposalFeedback}: what each form shows and what its answer does. */
@Configuration(proxyBeanMethods = false)
class FeedbackSteps {

    private static final String FEEDBACK = "proposalFeedback/userTask_";

    private interface Effect {
        void apply(String instance, String person, Answer answer);
    }

    private record UseCase(String step, Effect effect) implements StepUseCase {
        @Override
        public @Nullable String apply(Step step, Answer answer) {
            String person = step.person();
            if (person == null) {
                throw new Refusal("没有登录，不能办理，请重新登录。");
            }
            effect.apply(instance(step), person, answer);
            return null;
        }
    }

    private record Provider(String step, FeedbackFacts facts, BiFunction<FeedbackFacts, String, Shown> shows)
            implements FormData {
        @Override
        public Shown shown(Step step) {
            return shows.apply(facts, instance(step));
        }
    }

    /** Each proposer is asked in an instance of its own: it tells which row is meant. */
    private static String instance(Step step) {
        return Objects.requireNonNull(step.instanceId(), "step without an instance");
    }

    @Bean
    FormData giveFeedbackShown(FeedbackFacts facts) {
        return new Provider(FEEDBACK + "giveFeedback", facts, FeedbackFacts::give);
    }

    @Bean
    FormData examineFeedbackShown(FeedbackFacts facts) {
        return new Provider(FEEDBACK + "examineFeedback", facts, FeedbackFacts::examine);
    }

    @Bean
    FormData mediateShown(FeedbackFacts facts) {
        return new Provider(FEEDBACK + "mediate", facts, FeedbackFacts::mediate);
    }

    @Bean
    StepUseCase giveFeedbackAnswer(ProposerFeedback feedback) {
        return new UseCase(FEEDBACK + "giveFeedback", (instance, person, answer) -> {
            List<String> scans = answer.texts("feedbackScan");
            feedback.answered(
                    instance,
                    person,
                    new ProposerFeedback.Typed(
                            answer.text("attitude"),
                            answer.text("result"),
                            answer.text("faceToFace"),
                            answer.text("leaderPresent"),
                            answer.text("pointByPoint"),
                            answer.text("opinion"),
                            answer.date("signedOn")),
                    answer.text("way"),
                    scans.isEmpty() ? null : scans.get(0));
        });
    }

    @Bean
    StepUseCase examineFeedbackAnswer(DissatisfiedFeedback feedback) {
        return new UseCase(
                FEEDBACK + "examineFeedback",
                (instance, person, answer) -> feedback.examine(
                        instance,
                        person,
                        Coded.choice(Examination.class, answer.required("examination"), "examination", "核实结论"),
                        answer.text("examinationNote")));
    }

    @Bean
    StepUseCase mediateAnswer(DissatisfiedFeedback feedback) {
        return new UseCase(
                FEEDBACK + "mediate",
                (instance, person, answer) -> feedback.mediated(
                        instance,
                        person,
                        Coded.choice(Outcome.class, answer.required("outcome"), "outcome", "会商结果"),
                        answer.text("outcomeNote")));
    }
}
