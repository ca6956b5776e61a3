package org.banhao.proposal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The paths of assignment, with stubs for beans and the real decision. */
class ProposalAssignmentTest {

    private static final Office OFFICE = new Office();

    private static Paths paths;

    /** What models ask about assignment. */
    public static final class Office {
        String group = "government-office-assigner";
        String keywordClass = "schoolHealth";

        public String office(DelegateExecution execution) {
            return group;
        }

        public String category(DelegateExecution execution) {
            return "society";
        }

        public String keywordClass(DelegateExecution execution) {
            return keywordClass;
        }

        public @Nullable String proposerWish(DelegateExecution execution) {
            return null;
        }
    }

    @BeforeAll
    static void start() {
        paths = new Paths(
                "proposalAssignment",
                List.of(
                        "/bpmn/proposal/proposalAssignment.bpmn",
                        "/dmn/proposal/unitSuggestion.dmn",
                        "/forms/proposal/proposalAssignment_confirmUnits.form"),
                List.of("recordUnitSuggestion", "sendAssignments"),
                Map.of("assignments", OFFICE));
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
        OFFICE.group = "government-office-assigner";
        OFFICE.keywordClass = "schoolHealth";
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

    private static ProcessInstance filed() {
        return paths.start(Map.of());
    }

    private static List<String> offeredTo() {
        Task task = paths.task("userTask_confirmUnits");
        return paths.engine.getTaskService().getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .toList();
    }

    @Test
    void suggestedThenConfirmedItIsSentAndEndsWhenTheUnitsHaveAccepted() {
        ProcessInstance assignment = filed();
        assertThat(paths.called).containsExactly("recordUnitSuggestion");
        assertThat(paths.engine.getRuntimeService().getVariables(assignment.getId()))
                .as("what the decision asked and said does not stay")
                .isEmpty();

        paths.complete("userTask_confirmUnits", Map.of("confirmation", "confirm"));
        assertThat(paths.called).containsExactly("recordUnitSuggestion", "sendAssignments");

        paths.tell(assignment, "proposal.unitsAccepted");
        paths.ended(assignment, "end_assigned");
    }

    @Test
    void aCaseNoRuleKnowsIsAskedAllTheSame() {
        OFFICE.keywordClass = "nothing";
        filed();

        assertThat(paths.task("userTask_confirmUnits")).isNotNull();
    }

    @Test
    void passedOnItIsOfferedToTheOtherOfficeAndNothingIsSent() {
        ProcessInstance assignment = filed();
        assertThat(offeredTo()).containsExactly("government-office-assigner");

        OFFICE.group = "party-office-assigner";
        paths.complete("userTask_confirmUnits", Map.of("confirmation", "otherOffice"));

        assertThat(offeredTo()).containsExactly("party-office-assigner");
        assertThat(paths.called).containsExactly("recordUnitSuggestion");
        paths.complete("userTask_confirmUnits", Map.of("confirmation", "confirm"));
        paths.tell(assignment, "proposal.unitsAccepted");
        paths.ended(assignment, "end_assigned");
    }

    @Test
    void anUnknownAnswerIsRefusedNotGuessed() {
        filed();

        assertThatThrownBy(() -> paths.complete("userTask_confirmUnits", Map.of("confirmation", "perhaps")))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(paths.task("userTask_confirmUnits")).isNotNull();
    }

    @Test
    void theTaskHasADateAndSaysInThreeLinesWhatToDo() {
        filed();

        Task task = paths.task("userTask_confirmUnits");
        assertThat(task.getDueDate()).isEqualTo(Paths.DUE);
        assertThat(task.getDescription().lines()).hasSize(3);
    }
}
