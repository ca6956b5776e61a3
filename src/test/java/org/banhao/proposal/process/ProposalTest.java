package org.banhao.proposal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The backbone's paths, with stubs for beans and stand-ins for the called review and assignment. */
class ProposalTest {

    private static Paths paths;

    public static final class Facts {
        public Date signaturesDue(DelegateExecution execution) {
            return Paths.DUE;
        }
    }

    @BeforeAll
    static void start() {
        paths = new Paths(
                "proposal",
                List.of(
                        "/bpmn/proposal/proposal.bpmn",
                        "/proposal/review-stand-in.bpmn",
                        "/proposal/assignment-stand-in.bpmn"),
                List.of("dropUnconfirmedSigners", "registerSubmission", "withdrawAssignments"),
                Map.of("proposalFacts", new Facts()));
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
                .rootProcessInstances()
                .list()
                .forEach(instance ->
                        paths.engine.getRuntimeService().deleteProcessInstance(instance.getId(), "next test"));
    }

    private ProcessInstance handedIn(String signatures) {
        return paths.start(Map.of("signatures", signatures, "finalDecider", "meeting"));
    }

    @Test
    void withAllSignaturesReviewBeginsAtOnceUnderTheSameCaseNumber() {
        ProcessInstance proposal = handedIn("complete");

        assertThat(paths.called).containsExactly("registerSubmission");
        ProcessInstance review = paths.engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .superProcessInstanceId(proposal.getId())
                .singleResult();
        assertThat(review.getBusinessKey()).isEqualTo("TA-2026-000001");
        assertThat(paths.engine.getRuntimeService().getVariables(review.getId()))
                .containsExactly(Map.entry("finalDecider", "meeting"));
        paths.complete("userTask_review", Map.of("finalVerdict", "notFile"));
        paths.ended(proposal, "end_notFiled");
        assertThat(paths.passed(proposal))
                .doesNotContain("receiveTask_signatures", "serviceTask_dropUnconfirmedSigners");
    }

    @Test
    void whenTheLastSignerAnswersReviewBegins() {
        ProcessInstance proposal = handedIn("pending");
        assertThat(paths.called).isEmpty();

        paths.tell(proposal, "proposal.signaturesComplete");

        assertThat(paths.called).containsExactly("registerSubmission");
        assertThat(paths.passed(proposal))
                .contains("receiveTask_signatures")
                .doesNotContain("serviceTask_dropUnconfirmedSigners");
        paths.complete("userTask_review", Map.of("finalVerdict", "file"));
    }

    @Test
    void atTheDeadlineTheSilentOnesAreDroppedAndReviewBegins() {
        ProcessInstance proposal = handedIn("pending");

        paths.fire("timer_signatureDeadline");

        assertThat(paths.called).containsExactly("dropUnconfirmedSigners", "registerSubmission");
        assertThat(paths.passed(proposal)).doesNotContain("receiveTask_signatures");
        paths.complete("userTask_review", Map.of("finalVerdict", "notFile"));
        paths.ended(proposal, "end_notFiled");
    }

    @Test
    void filedItIsAssignedUnderTheSameCaseNumberAndThenWaitsForTheRepliesAndTheFeedback() {
        ProcessInstance proposal = handedIn("complete");
        paths.complete("userTask_review", Map.of("finalVerdict", "file"));
        ProcessInstance assignment = paths.engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .superProcessInstanceId(proposal.getId())
                .singleResult();
        assertThat(assignment.getBusinessKey()).isEqualTo("TA-2026-000001");
        assertThat(paths.engine.getRuntimeService().getVariables(assignment.getId()))
                .isEmpty();
        paths.complete("userTask_assignment", Map.of());
        assertThat(paths.passed(proposal)).doesNotContain("receiveTask_handling");

        paths.tell(proposal, "proposal.handlingComplete");
        assertThat(paths.engine.getRuntimeService().getActiveActivityIds(proposal.getId()))
                .containsExactly("receiveTask_feedback");

        paths.tell(proposal, "proposal.feedbackComplete");

        paths.ended(proposal, "end_handled");
    }

    @ParameterizedTest
    @CsvSource({"convert,end_converted", "notFile,end_notFiled"})
    void theVerdictOfReviewDecidesHowItEnds(String verdict, String end) {
        ProcessInstance proposal = handedIn("complete");

        paths.complete("userTask_review", Map.of("finalVerdict", verdict));

        paths.ended(proposal, end);
        assertThat(List.of("end_handled", "end_merged", "end_converted", "end_notFiled"))
                .filteredOn(paths.passed(proposal)::contains)
                .containsExactly(end);
    }

    private ProcessInstance merged() {
        ProcessInstance proposal = handedIn("complete");
        paths.complete("userTask_review", Map.of("finalVerdict", "merge"));
        return proposal;
    }

    @Test
    void mergedItStaysAliveUntilItsLeadCaseIsAnsweredAndItsOwnProposersHaveSpoken() {
        ProcessInstance proposal = merged();
        assertThat(paths.engine.getRuntimeService().getActiveActivityIds(proposal.getId()))
                .containsExactly("receiveTask_leadReply");

        paths.tell(proposal, "proposal.leadReplied");
        assertThat(paths.engine.getRuntimeService().getActiveActivityIds(proposal.getId()))
                .containsExactly("receiveTask_mergedFeedback");

        paths.tell(proposal, "proposal.feedbackComplete");

        paths.ended(proposal, "end_merged");
    }

    @Test
    void takenOutOfTheMergeItIsReviewedAgainAndEndsByItsOwnVerdict() {
        ProcessInstance proposal = merged();

        paths.tell(proposal, "proposal.unmerged");

        assertThat(paths.task("userTask_review")).isNotNull();
        paths.complete("userTask_review", Map.of("finalVerdict", "notFile"));
        paths.ended(proposal, "end_notFiled");
        assertThat(paths.passed(proposal)).doesNotContain("end_merged");
        assertThat(paths.called).containsExactly("registerSubmission");
    }

    @Test
    void aMergedProposalMayStillBeWithdrawn() {
        ProcessInstance proposal = merged();

        paths.tell(proposal, "proposal.withdrawn");

        paths.ended(proposal, "end_withdrawn");
    }

    @Test
    void anUnknownVerdictIsRefusedNotGuessed() {
        ProcessInstance proposal = handedIn("complete");

        assertThatThrownBy(() -> paths.complete("userTask_review", Map.of("finalVerdict", "perhaps")))
                .isInstanceOf(ProcessEngineException.class);
        paths.tell(proposal, "proposal.withdrawn");
    }

    @Test
    void withdrawnWhileSignaturesAreCollectedNothingIsRegistered() {
        ProcessInstance proposal = handedIn("pending");

        paths.tell(proposal, "proposal.withdrawn");

        paths.ended(proposal, "end_withdrawn");
        assertThat(paths.called).containsExactly("withdrawAssignments");
    }

    @Test
    void withdrawnWhileUnitsHandleItTheirAssignmentsAreTakenBackOnce() {
        ProcessInstance proposal = handedIn("complete");
        paths.complete("userTask_review", Map.of("finalVerdict", "file"));
        paths.complete("userTask_assignment", Map.of());
        paths.called.clear();

        paths.tell(proposal, "proposal.withdrawn");

        paths.ended(proposal, "end_withdrawn");
        assertThat(paths.called).containsExactly("withdrawAssignments");
        assertThat(paths.passed(proposal)).doesNotContain("receiveTask_handling", "end_handled");
    }

    @Test
    void withdrawnDuringReviewItsTasksAreGone() {
        ProcessInstance proposal = handedIn("complete");

        paths.tell(proposal, "proposal.withdrawn");

        paths.ended(proposal, "end_withdrawn");
        assertThat(paths.task("userTask_review")).isNull();
        assertThat(paths.passed(proposal)).doesNotContain("end_handled");
    }
}
