package org.banhao.proposal.process;

import org.banhao.flow.FormData;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code proposalSolicitation}: what each form shows and what its answer does. */
@Configuration(proxyBeanMethods = false)
class SolicitationSteps {

    private static final String PROCESS = "proposalSolicitation/userTask_";

    @Bean
    FormData prepareTopicsShown(Solicitations solicitations) {
        return new StepShown(PROCESS + "prepareTopics", Numbers::of, solicitations::prepareShown);
    }

    @Bean
    FormData approveCallShown(Solicitations solicitations) {
        return new StepShown(PROCESS + "approveCall", Numbers::of, solicitations::approveShown);
    }

    @Bean
    FormData writeSummaryShown(Solicitations solicitations) {
        return new StepShown(PROCESS + "writeSummary", Numbers::of, solicitations::summaryShown);
    }

    @Bean
    StepUseCase prepareTopicsAnswer(Solicitations solicitations) {
        return new StepAnswered(
                PROCESS + "prepareTopics",
                Numbers::of,
                (number, person, answer) -> solicitations.prepared(number, answer.required("callText"), person));
    }

    @Bean
    StepUseCase approveCallAnswer(Solicitations solicitations) {
        return new StepAnswered(
                PROCESS + "approveCall",
                Numbers::of,
                (number, person, answer) -> solicitations.decided(
                        number, answer.required("callVerdict").equals("approve"), answer.text("callOpinion"), person));
    }

    @Bean
    StepUseCase writeSummaryAnswer(Solicitations solicitations) {
        return new StepAnswered(
                PROCESS + "writeSummary",
                Numbers::of,
                (number, person, answer) -> solicitations.summarized(number, answer.required("summaryText"), person));
    }
}
