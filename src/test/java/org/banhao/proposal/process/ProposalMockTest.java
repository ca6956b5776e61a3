package org.banhao.proposal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The paths of a mock proposal: reviewed as any other, then over. */
class ProposalMockTest {

    private static Paths paths;

    @BeforeAll
    static void start() {
        paths = new Paths(
                "proposalMock",
                List.of("/bpmn/proposal/proposalMock.bpmn", "/proposal/review-stand-in.bpmn"),
                List.of("registerSubmission"),
                Map.of());
    }

    /** Only complete when the whole class runs. */
    @AfterAll
    static void everyNodeAndFlowWasPassed() {
        paths.everythingPassed();
        paths.close();
    }

    private static ProcessInstance handedIn() {
        return paths.start(Map.of("signatures", "complete", "finalDecider", "director"));
    }

    @Test
    void itEndsWithTheVerdictOfTheReviewAndIsNeverAssigned() {
        ProcessInstance mock = handedIn();

        paths.complete("userTask_review", Map.of("finalVerdict", "file"));

        paths.ended(mock, "end_judged");
        assertThat(paths.called).contains("registerSubmission");
    }

    @Test
    void withdrawnItEndsInTheMiddleOfTheReview() {
        ProcessInstance mock = handedIn();

        paths.tell(mock, "proposal.mockWithdrawn");

        paths.ended(mock, "end_withdrawn");
    }
}
