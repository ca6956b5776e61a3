package org.banhao.proposal.process;

import java.util.List;
import java.util.Map;
import org.banhao.flow.Answer;
import org.banhao.flow.FormData;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.assignment.AssignmentFacts;
import org.banhao.proposal.domain.assignment.AssignmentRole;
import org.banhao.proposal.domain.assignment.Choice;
import org.banhao.proposal.domain.assignment.OfficePlans;
import org.banhao.proposal.domain.assignment.Ruling;
import org.banhao.proposal.domain.assignment.UnitAnswers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code proposalAssignment} and {@code proposalAcceptance}: what each form shows and what its answer does. */
@Configuration(proxyBeanMethods = false)
class AssignmentSteps {

    private static final String CONFIRM = "proposalAssignment/userTask_confirmUnits";
    private static final String ANSWER = "proposalAcceptance/userTask_answerAssignment";
    private static final String RULE = "proposalAcceptance/userTask_ruleOnReturn";

    @Bean
    FormData confirmUnitsShown(AssignmentFacts facts) {
        return new StepShown(CONFIRM, Numbers::of, facts::confirmation);
    }

    @Bean
    FormData answerAssignmentShown(AssignmentFacts facts) {
        return new StepShown(ANSWER, Instances::of, facts::answer);
    }

    @Bean
    FormData ruleOnReturnShown(AssignmentFacts facts) {
        return new StepShown(RULE, Instances::of, facts::ruling);
    }

    @Bean
    StepUseCase confirmUnitsAnswer(OfficePlans plans) {
        return new StepAnswered(CONFIRM, Numbers::of, (number, person, answer) -> {
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
        return new StepAnswered(ANSWER, Instances::of, (instance, person, answer) -> {
            if (answer.required("unitAnswer").equals("accept")) {
                answers.accept(instance, person);
            } else {
                List<String> scans = answer.texts("signedScan");
                answers.requestReturn(
                        instance,
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
        return new StepAnswered(
                RULE,
                Instances::of,
                (instance, person, answer) -> answers.rule(
                        instance,
                        person,
                        new UnitAnswers.Verdict(
                                Coded.choice(Ruling.class, answer.required("ruling"), "ruling", "裁定"),
                                answer.text("newUnit"),
                                Coded.find(AssignmentRole.class, answer.text("addedRole")),
                                "restart".equals(answer.text("restartClock")),
                                answer.text("rulingReason"))));
    }
}
