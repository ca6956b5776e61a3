package org.banhao.proposal.process;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.banhao.base.Refusal;
import org.banhao.flow.Answer;
import org.banhao.flow.FormData;
import org.banhao.flow.Shown;
import org.banhao.flow.Step;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.assignment.AssignmentFacts;
import org.banhao.proposal.domain.assignment.AssignmentRole;
import org.banhao.proposal.domain.assignment.Choice;
import org.banhao.proposal.domain.assignment.OfficePlans;
import org.banhao.proposal.domain.assignment.Ruling;
import org.banhao.proposal.domain.assignment.UnitAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code proposalAssignment} and {@code proposalAcceptance}: what each form shows and what its answer does. */
@Configuration(proxyBeanMethods = false)
class AssignmentSteps {

    private static final String CONFIRM = "proposalAssignment/userTask_confirmUnits";
    private static final String ANSWER = "proposalAcceptance/userTask_answerAssignment";
    private static final String RULE = "proposalAcceptance/userTask_ruleOnReturn";

    private interface Effect {
        void apply(Step step, String person, Answer answer);
    }

    private record UseCase(String step, Effect effect) implements StepUseCase {
        @Override
        public @Nullable String apply(Step step, Answer answer) {
            String person = step.person();
            if (person == null) {
                throw new Refusal("没有登录，不能办理，请重新登录。");
            }
            effect.apply(step, person, answer);
            return null;
        }
    }

    private record Provider<F>(String step, F facts, BiFunction<F, Step, Shown> shows) implements FormData {
        @Override
        public Shown shown(Step step) {
            return shows.apply(facts, step);
        }
    }

    /** A unit answers in an instance of its own: it tells which row is meant. */
    private static String instance(Step step) {
        return Objects.requireNonNull(step.instanceId(), "step without an instance");
    }

    @Bean
    FormData confirmUnitsShown(AssignmentFacts facts) {
        return new Provider<>(CONFIRM, facts, (from, step) -> from.confirmation(Numbers.of(step)));
    }

    @Bean
    FormData answerAssignmentShown(AssignmentFacts facts) {
        return new Provider<>(ANSWER, facts, (from, step) -> from.answer(instance(step)));
    }

    @Bean
    FormData ruleOnReturnShown(AssignmentFacts facts) {
        return new Provider<>(RULE, facts, (from, step) -> from.ruling(instance(step)));
    }

    @Bean
    StepUseCase confirmUnitsAnswer(OfficePlans plans) {
        return new UseCase(CONFIRM, (step, person, answer) -> {
            String number = Numbers.of(step);
            if (answer.required("confirmation").equals("otherOffice")) {
                plans.passOn(number, person, answer.text("passOnReason"));
            } else {
                plans.confirm(number, choice(answer), person);
            }
        });
    }

    private static Choice choice(Answer answer) {
        List<Choice.Part> parts = answer.rows("separate").stream()
                .map(row -> new Choice.Part(part(row, "unit"), Choice.numbers(part(row, "numbers"))))
                .toList();
        String requirement = answer.text("requirement");
        return new Choice(
                answer.text("leadUnit"),
                answer.texts("coUnits"),
                parts,
                requirement == null ? "" : requirement,
                answer.text("changeReason"));
    }

    private static String part(Map<String, Object> row, String key) {
        return row.get(key) instanceof String text ? text : "";
    }

    @Bean
    StepUseCase answerAssignmentAnswer(UnitAnswers answers) {
        return new UseCase(ANSWER, (step, person, answer) -> {
            if (answer.required("unitAnswer").equals("accept")) {
                answers.accept(instance(step), person);
            } else {
                List<String> scans = answer.texts("signedScan");
                answers.requestReturn(
                        instance(step),
                        person,
                        answer.text("returnReason"),
                        answer.text("dutyBasis"),
                        answer.text("proposedUnit"),
                        scans.isEmpty() ? null : scans.get(0));
            }
        });
    }

    @Bean
    StepUseCase ruleOnReturnAnswer(UnitAnswers answers) {
        return new UseCase(
                RULE,
                (step, person, answer) -> answers.rule(
                        instance(step),
                        person,
                        new UnitAnswers.Verdict(
                                Coded.choice(Ruling.class, answer.required("ruling"), "ruling", "裁定"),
                                answer.text("newUnit"),
                                Coded.find(AssignmentRole.class, answer.text("addedRole")),
                                "restart".equals(answer.text("restartClock")),
                                answer.text("rulingReason"))));
    }
}
