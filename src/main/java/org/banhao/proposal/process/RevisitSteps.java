package org.banhao.proposal.process;

import java.util.Map;
import org.banhao.flow.FormData;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.revisit.ItemResult;
import org.banhao.proposal.domain.revisit.RevisitFacts;
import org.banhao.proposal.domain.revisit.RevisitOutcome;
import org.banhao.proposal.domain.revisit.Revisits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code proposalRevisit}: what each form shows and what its answer does. */
@Configuration(proxyBeanMethods = false)
class RevisitSteps {

    private static final String PROCESS = "proposalRevisit/userTask_";

    @Bean
    FormData reportProgressShown(RevisitFacts facts) {
        return new StepShown(PROCESS + "reportProgress", Instances::of, facts::report);
    }

    @Bean
    FormData checkReportShown(RevisitFacts facts) {
        return new StepShown(PROCESS + "checkReport", Instances::of, facts::check);
    }

    @Bean
    FormData decideEscalationShown(RevisitFacts facts) {
        return new StepShown(PROCESS + "decideEscalation", Instances::of, facts::escalate);
    }

    @Bean
    StepUseCase reportProgressAnswer(Revisits revisits) {
        return new StepAnswered(
                PROCESS + "reportProgress",
                Instances::of,
                (instance, person, answer) -> revisits.report(
                        instance,
                        answer.rows("items").stream()
                                .map(row -> new Revisits.ItemAnswer(
                                        Coded.find(ItemResult.class, text(row, "itemResult")),
                                        text(row, "itemReason"),
                                        text(row, "itemFigures")))
                                .toList(),
                        answer.required("reportText"),
                        answer.required("proposedClass"),
                        answer.texts("evidence"),
                        person));
    }

    private static String text(Map<String, Object> row, String key) {
        return row.get(key) instanceof String text ? text : "";
    }

    @Bean
    StepUseCase checkReportAnswer(Revisits revisits) {
        return new StepAnswered(PROCESS + "checkReport", Instances::of, (instance, person, answer) -> {
            String outcome = answer.text("outcome");
            revisits.check(
                    instance,
                    answer.required("checkVerdict").equals("accept"),
                    outcome == null ? null : Coded.choice(RevisitOutcome.class, outcome, "outcome", "承诺是否兑现"),
                    answer.text("acceptedClass"),
                    answer.date("nextOn"),
                    answer.text("checkOpinion"),
                    person);
        });
    }

    @Bean
    StepUseCase decideEscalationAnswer(Revisits revisits) {
        return new StepAnswered(
                PROCESS + "decideEscalation",
                Instances::of,
                (instance, person, answer) -> revisits.escalate(
                        instance,
                        answer.required("escalation").equals("chair"),
                        answer.date("nextOn"),
                        answer.text("escalationOpinion"),
                        person));
    }
}
