package org.banhao.proposal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paths of one unit's answer, with stubs for beans. */
class ProposalAcceptanceTest {

    private static Paths paths;

    @BeforeAll
    static void start() {
        paths = new Paths(
                "proposalAcceptance",
                List.of(
                        "/bpmn/proposal/proposalAcceptance.bpmn",
                        "/forms/proposal/proposalAcceptance_answerAssignment.form",
                        "/forms/proposal/proposalAcceptance_ruleOnReturn.form"),
                List.of("recordDeemedAcceptance", "replaceUnit", "addUnit"),
                Map.of());
    }

    /** Only complete when the whole class runs. */
    @AfterAll
    static void everyNodeAndFlowWasPassed() {
        paths.everythingPassed();
        paths.close();
    }

    @BeforeEach
    void nothingCalled() {
        paths.called.clear();
    }

    @AfterEach
    void nothingLeft() {
        paths.engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .list()
                .forEach(instance ->
                        paths.engine.getRuntimeService().deleteProcessInstance(instance.getId(), "next test"));
    }

    private static ProcessInstance sent() {
        return paths.start(Map.of("unit", "education-bureau"));
    }

    private static ProcessInstance returned() {
        ProcessInstance unit = sent();
        paths.complete("userTask_answerAssignment", Map.of("unitAnswer", "return"));
        return unit;
    }

    @Test
    void signedForItEnds() {
        ProcessInstance unit = sent();

        paths.complete("userTask_answerAssignment", Map.of("unitAnswer", "accept"));

        paths.ended(unit, "end_accepted");
        assertThat(paths.called).isEmpty();
    }

    @Test
    void withoutAnAnswerTheWindowMakesItAcceptedAndTheTaskIsGone() {
        ProcessInstance unit = sent();

        paths.fire("timer_returnWindow");

        paths.ended(unit, "end_deemedAccepted");
        assertThat(paths.called).containsExactly("recordDeemedAcceptance");
        assertThat(paths.task("userTask_answerAssignment")).isNull();
    }

    @Test
    void aRequestToReturnIsForTheLeadersAloneAndNoWindowRunsAnyMore() {
        returned();

        Task task = paths.task("userTask_ruleOnReturn");
        assertThat(paths.engine.getTaskService().getIdentityLinksForTask(task.getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactly("assigning-office-leader");
        assertThat(task.getDueDate()).isEqualTo(Paths.DUE);
        assertThat(paths.engine.getManagementService().createJobQuery().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"keep,end_kept,", "change,end_unitReplaced,replaceUnit", "add,end_unitAdded,addUnit"})
    void theRulingDecidesHowItEnds(String ruling, String end, String useCase) {
        ProcessInstance unit = returned();

        paths.complete("userTask_ruleOnReturn", Map.of("ruling", ruling));

        paths.ended(unit, end);
        assertThat(paths.called).isEqualTo(useCase == null ? List.of() : List.of(useCase));
    }

    @Test
    void unknownAnswersAreRefusedNotGuessed() {
        sent();
        assertThatThrownBy(() -> paths.complete("userTask_answerAssignment", Map.of("unitAnswer", "perhaps")))
                .isInstanceOf(ProcessEngineException.class);
        paths.complete("userTask_answerAssignment", Map.of("unitAnswer", "return"));

        assertThatThrownBy(() -> paths.complete("userTask_ruleOnReturn", Map.of("ruling", "perhaps")))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(paths.task("userTask_ruleOnReturn")).isNotNull();
    }

    @Test
    void theUnitsOwnLiaisonsAreAskedWithADateAndThreeLinesOfWhatToDo() {
        sent();

        Task task = paths.task("userTask_answerAssignment");
        assertThat(paths.engine.getTaskService().getIdentityLinksForTask(task.getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactly("education-bureau.liaison");
        assertThat(task.getDueDate()).isEqualTo(Paths.DUE);
        assertThat(task.getDescription().lines()).hasSize(3);
    }
}
