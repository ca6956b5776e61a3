package org.banhao.proposal.process;

import java.util.List;
import java.util.Map;
import org.banhao.flow.Answer;
import org.banhao.flow.FormData;
import org.banhao.flow.StepUseCase;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.assignment.AssignmentFacts;
import org.banhao.proposal.domain.assignment.AssignmentRole;
import org.banhao.proposal.domain.assignment.Brief;
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
        StepUseCase answered = new StepAnswered(CONFIRM, Numbers::of, (number, person, answer) -> {
            if (passedOn(answer)) {
                plans.passOn(number, person, answer.text("passOnReason"));
            } else {
                plans.confirm(
                        number,
                        choice(answer),
                        new Brief(
                                answer.text("leaderInstruction"),
                                answer.text("officeContact"),
                                answer.text("officePhone")),
                        person);
            }
        });
        return new StepRetractable(
                answered,
                step -> OfficePlans.footprint(Numbers.of(step)),
                (step, answer) -> OfficePlans.LIST,
                answer -> passedOn(answer) ? null : "交办已经告知承办单位和提案者，不能撤回；需要调整的，请单位申请退回，由交办部门领导裁定。");
    }

    private static boolean passedOn(Answer answer) {
        return answer.required("confirmation").equals("otherOffice");
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
        StepUseCase answered = new StepAnswered(ANSWER, Instances::of, (instance, person, answer) -> {
            if (accepted(answer)) {
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
        return new StepRetractable(
                answered,
                step -> UnitAnswers.footprint(Instances.of(step)),
                (step, answer) -> answers.toldAs(Instances.of(step), accepted(answer)),
                answer -> null);
    }

    private static boolean accepted(Answer answer) {
        return answer.required("unitAnswer").equals("accept");
    }

    @Bean
    StepUseCase ruleOnReturnAnswer(UnitAnswers answers) {
        StepUseCase answered = new StepAnswered(
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
        return StepRetractable.never(answered, "裁定已经告知有关单位，不能撤回；需要改正的，请由单位再次申请退回，另行裁定。");
    }
}
