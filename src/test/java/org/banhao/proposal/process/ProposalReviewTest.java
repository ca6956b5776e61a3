package org.banhao.proposal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paths of three-level review, with stubs for beans. */
class ProposalReviewTest {

    private static final List<String> FORMS = List.of(
            "firstReview", "secondReview", "decideInMeeting", "decideByDirector", "assignFileNumber", "reviseProposal");

    private static Paths paths;

    @BeforeAll
    static void start() {
        paths = new Paths(
                "proposalReview",
                Stream.concat(
                                Stream.of("/bpmn/proposal/proposalReview.bpmn"),
                                FORMS.stream().map(form -> "/forms/proposal/proposalReview_" + form + ".form"))
                        .toList(),
                List.of("mergeIntoLeadCase", "convertToSuggestion", "notifyNotFiled", "markResubmissionOverdue"),
                Map.of("proposalFacts", new Facts()));
    }

    public static final class Facts {
        public @Nullable String reviser(DelegateExecution execution) {
            return reviser;
        }
    }

    private static @Nullable String reviser;

    /** Only complete when the whole class runs. */
    @AfterAll
    static void everyNodeAndFlowWasPassed() {
        paths.everythingPassed();
        paths.close();
    }

    @BeforeEach
    void nothingCalled() {
        paths.called.clear();
        reviser = "wei-linshu";
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

    private static ProcessInstance submitted(String decider) {
        return paths.start(Map.of("finalDecider", decider));
    }

    private static ProcessInstance reviewedTwice(String decider) {
        ProcessInstance review = submitted(decider);
        paths.complete("userTask_firstReview", Map.of("firstVerdict", "file"));
        paths.complete("userTask_secondReview", Map.of("secondVerdict", "file"));
        return review;
    }

    @Test
    void filedByAMeetingItGetsANumberAndEnds() {
        ProcessInstance review = reviewedTwice("meeting");
        paths.complete("userTask_decideInMeeting", Map.of("finalVerdict", "file"));
        paths.complete("userTask_assignFileNumber", Map.of());

        paths.ended(review, "end_filed");
        assertThat(paths.passed(review)).doesNotContain("userTask_decideByDirector", "userTask_reviseProposal");
        assertThat(paths.called).isEmpty();
    }

    @Test
    void whereTheDirectorDecidesNoMeetingIsAsked() {
        ProcessInstance review = reviewedTwice("director");
        paths.complete("userTask_decideByDirector", Map.of("finalVerdict", "file"));
        paths.complete("userTask_assignFileNumber", Map.of());

        paths.ended(review, "end_filed");
        assertThat(paths.passed(review)).doesNotContain("userTask_decideInMeeting");
    }

    @ParameterizedTest
    @CsvSource({
        "merge,mergeIntoLeadCase,end_merged",
        "convert,convertToSuggestion,end_converted",
        "notFile,notifyNotFiled,end_notFiled"
    })
    void otherVerdictsCallTheirUseCaseOnceAndGiveNoNumber(String verdict, String useCase, String end) {
        ProcessInstance review = reviewedTwice("meeting");

        paths.complete("userTask_decideInMeeting", Map.of("finalVerdict", verdict));

        paths.ended(review, end);
        assertThat(paths.called).containsExactly(useCase);
        assertThat(paths.passed(review)).doesNotContain("userTask_assignFileNumber", "end_filed");
    }

    @Test
    void returnedByTheFirstReviewItComesBackToTheFirstReview() {
        ProcessInstance review = submitted("meeting");
        paths.complete("userTask_firstReview", Map.of("firstVerdict", "return"));
        assertThat(paths.task("userTask_reviseProposal").getAssignee()).isEqualTo("wei-linshu");

        paths.complete("userTask_reviseProposal", Map.of());

        assertThat(paths.task("userTask_firstReview")).isNotNull();
        assertThat(paths.passed(review)).doesNotContain("userTask_secondReview", "serviceTask_markResubmissionOverdue");
    }

    @Test
    void aRevisionNobodyCanBeGivenByNameWaitsForTheOffice() {
        reviser = null;
        submitted("meeting");
        paths.complete("userTask_firstReview", Map.of("firstVerdict", "return"));

        Task task = paths.task("userTask_reviseProposal");
        assertThat(task.getAssignee()).isNull();
        assertThat(paths.engine.getTaskService().getIdentityLinksForTask(task.getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactly("proposal-clerk");
    }

    @Test
    void returnedByTheSecondReviewOrTheMeetingItComesBackToTheFirstReview() {
        ProcessInstance review = submitted("meeting");
        paths.complete("userTask_firstReview", Map.of("firstVerdict", "file"));
        paths.complete("userTask_secondReview", Map.of("secondVerdict", "return"));
        paths.complete("userTask_reviseProposal", Map.of());
        paths.complete("userTask_firstReview", Map.of("firstVerdict", "file"));
        paths.complete("userTask_secondReview", Map.of("secondVerdict", "file"));
        paths.complete("userTask_decideInMeeting", Map.of("finalVerdict", "return"));
        paths.complete("userTask_reviseProposal", Map.of());

        assertThat(paths.task("userTask_firstReview")).isNotNull();
        assertThat(paths.passed(review)).doesNotContain("userTask_assignFileNumber");
    }

    @Test
    void theTermForHandingInAgainMarksOnceAndLeavesTheTask() {
        ProcessInstance review = submitted("meeting");
        paths.complete("userTask_firstReview", Map.of("firstVerdict", "return"));

        paths.fire("timer_resubmissionDeadline");

        assertThat(paths.called).containsExactly("markResubmissionOverdue");
        assertThat(paths.passed(review)).contains("end_overdueMarked");
        assertThat(paths.task("userTask_reviseProposal")).isNotNull();
        paths.complete("userTask_reviseProposal", Map.of());
        assertThat(paths.task("userTask_firstReview")).isNotNull();
    }

    @Test
    void anUnknownVerdictIsRefusedNotGuessed() {
        reviewedTwice("meeting");

        assertThatThrownBy(() -> paths.complete("userTask_decideInMeeting", Map.of("finalVerdict", "perhaps")))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(paths.task("userTask_decideInMeeting")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "firstReview,proposal-clerk",
        "secondReview,group-reviewer",
        "decideInMeeting,meeting-secretary",
        "assignFileNumber,proposal-clerk"
    })
    void eachTaskIsOfferedToItsRoleWithADate(String task, String role) {
        submitted("meeting");
        if (!task.equals("firstReview")) {
            paths.complete("userTask_firstReview", Map.of("firstVerdict", "file"));
        }
        if (task.equals("decideInMeeting") || task.equals("assignFileNumber")) {
            paths.complete("userTask_secondReview", Map.of("secondVerdict", "file"));
        }
        if (task.equals("assignFileNumber")) {
            paths.complete("userTask_decideInMeeting", Map.of("finalVerdict", "file"));
        }

        Task waiting = paths.task("userTask_" + task);
        assertThat(waiting.getDueDate()).isEqualTo(Paths.DUE);
        assertThat(paths.engine.getTaskService().getIdentityLinksForTask(waiting.getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactly(role);
        assertThat(waiting.getDescription().lines()).hasSize(3);
    }
}
