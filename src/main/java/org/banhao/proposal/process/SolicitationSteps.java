package org.banhao.proposal.process;

import java.util.function.Function;
import org.banhao.base.Refusal;
import org.banhao.flow.Answer;
import org.banhao.flow.FormData;
import org.banhao.flow.Shown;
import org.banhao.flow.Step;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code proposalSolicitation}: what each form shows and what its answer does. */
@Configuration(proxyBeanMethods = false)
class SolicitationSteps {

    private static final String PROCESS = "proposalSolicitation/userTask_";

    private interface Effect {
        void apply(String caseNumber, String person, Answer answer);
    }

    private record UseCase(String step, Effect effect) implements StepUseCase {
        @Override
        public @Nullable String apply(Step step, Answer answer) {
            String person = step.person();
            if (person == null) {
                throw new Refusal("没有登录，不能办理，请重新登录。");
            }
            effect.apply(Numbers.of(step), person, answer);
            return null;
        }
    }

    private record Provider(String step, Function<String, Shown> shows) implements FormData {
        @Override
        public Shown shown(Step step) {
            return shows.apply(Numbers.of(step));
        }
    }

    @Bean
    FormData prepareTopicsShown(Solicitations solicitations) {
        return new Provider(PROCESS + "prepareTopics", solicitations::prepareShown);
    }

    @Bean
    FormData approveCallShown(Solicitations solicitations) {
        return new Provider(PROCESS + "approveCall", solicitations::approveShown);
    }

    @Bean
    FormData writeSummaryShown(Solicitations solicitations) {
        return new Provider(PROCESS + "writeSummary", solicitations::summaryShown);
    }

    @Bean
    StepUseCase prepareTopicsAnswer(Solicitations solicitations) {
        return new UseCase(
                PROCESS + "prepareTopics",
                (number, person, answer) -> solicitations.prepared(number, answer.required("callText"), person));
    }

    @Bean
    StepUseCase approveCallAnswer(Solicitations solicitations) {
        return new UseCase(
                PROCESS + "approveCall",
                (number, person, answer) -> solicitations.decided(
                        number, answer.required("callVerdict").equals("approve"), answer.text("callOpinion"), person));
    }

    @Bean
    StepUseCase writeSummaryAnswer(Solicitations solicitations) {
        return new UseCase(
                PROCESS + "writeSummary",
                (number, person, answer) -> solicitations.summarized(number, answer.required("summaryText"), person));
    }
}
