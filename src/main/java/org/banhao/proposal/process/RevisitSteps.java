package org.banhao.proposal.process;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.banhao.base.Refusal;
import org.banhao.flow.Answer;
import org.banhao.flow.FormData;
import org.banhao.flow.Shown;
import org.banhao.flow.Step;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.revisit.ItemResult;
import org.banhao.proposal.domain.revisit.RevisitFacts;
import org.banhao.proposal.domain.revisit.RevisitOutcome;
import org.banhao.proposal.domain.revisit.Revisits;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code proposalRevisit}: what each form shows and what its answer does. */
@Configuration(proxyBeanMethods = false)
class RevisitSteps {

    private static final String PROCESS = "proposalRevisit/userTask_";

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

    private record Provider(String step, Function<String, Shown> shows) implements FormData {
        @Override
        public Shown shown(Step step) {
            return shows.apply(instance(step));
        }
    }

    /** A case may be looked at again in several instances: the instance tells which is meant. */
    private static String instance(Step step) {
        return Objects.requireNonNull(step.instanceId(), "step without an instance");
    }

    @Bean
    FormData reportProgressShown(RevisitFacts facts) {
        return new Provider(PROCESS + "reportProgress", facts::report);
    }

    @Bean
    FormData checkReportShown(RevisitFacts facts) {
        return new Provider(PROCESS + "checkReport", facts::check);
    }

    @Bean
    FormData decideEscalationShown(RevisitFacts facts) {
        return new Provider(PROCESS + "decideEscalation", facts::escalate);
    }

    @Bean
    StepUseCase reportProgressAnswer(Revisits revisits) {
        return new UseCase(
                PROCESS + "reportProgress",
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
        return new UseCase(PROCESS + "checkReport", (instance, person, answer) -> {
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
        return new UseCase(
                PROCESS + "decideEscalation",
                (instance, person, answer) -> revisits.escalate(
                        instance,
                        answer.required("escalation").equals("chair"),
                        answer.date("nextOn"),
                        answer.text("escalationOpinion"),
                        person));
    }
}
