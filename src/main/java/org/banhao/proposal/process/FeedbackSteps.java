package org.banhao.proposal.process;

import java.util.List;
import org.banhao.flow.FormData;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.feedback.DissatisfiedFeedback;
import org.banhao.proposal.domain.feedback.Examination;
import org.banhao.proposal.domain.feedback.FeedbackFacts;
import org.banhao.proposal.domain.feedback.Outcome;
import org.banhao.proposal.domain.feedback.ProposerFeedback;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code proposalFeedback}: what each form shows and what its answer does. */
@Configuration(proxyBeanMethods = false)
class FeedbackSteps {

    private static final String FEEDBACK = "proposalFeedback/userTask_";

    @Bean
    FormData giveFeedbackShown(FeedbackFacts facts) {
        return new StepShown(FEEDBACK + "giveFeedback", Instances::of, facts::give);
    }

    @Bean
    FormData examineFeedbackShown(FeedbackFacts facts) {
        return new StepShown(FEEDBACK + "examineFeedback", Instances::of, facts::examine);
    }

    @Bean
    FormData mediateShown(FeedbackFacts facts) {
        return new StepShown(FEEDBACK + "mediate", Instances::of, facts::mediate);
    }

    @Bean
    StepUseCase giveFeedbackAnswer(ProposerFeedback feedback) {
        StepUseCase answered =
                new StepAnswered(FEEDBACK + "giveFeedback", Instances::of, (instance, person, answer) -> {
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
        return StepRetractable.always(answered, step -> ProposerFeedback.footprint(Instances.of(step)), "");
    }

    @Bean
    StepUseCase examineFeedbackAnswer(DissatisfiedFeedback feedback) {
        return new StepAnswered(
                FEEDBACK + "examineFeedback",
                Instances::of,
                (instance, person, answer) -> feedback.examine(
                        instance,
                        person,
                        Coded.choice(Examination.class, answer.required("examination"), "examination", "核实结论"),
                        answer.text("examinationNote")));
    }

    @Bean
    StepUseCase mediateAnswer(DissatisfiedFeedback feedback) {
        return new StepAnswered(
                FEEDBACK + "mediate",
                Instances::of,
                (instance, person, answer) -> feedback.mediated(
                        instance,
                        person,
                        Coded.choice(Outcome.class, answer.required("outcome"), "outcome", "会商结果"),
                        answer.text("outcomeNote")));
    }
}
