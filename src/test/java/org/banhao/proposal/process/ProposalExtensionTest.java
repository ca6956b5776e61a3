package org.banhao.proposal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The paths of a request for more time, with stubs for beans. */
class ProposalExtensionTest {

    private static Paths paths;

    @BeforeAll
    static void start() {
        paths = new Paths(
                "proposalExtension",
                List.of(
                        "/bpmn/proposal/proposalExtension.bpmn",
                        "/forms/proposal/proposalExtension_approveRequest.form",
                        "/forms/proposal/proposalExtension_decideExtension.form"),
                List.of(),
                Map.of("handlings", new ProposalHandlingTest.Unit()));
    }

    /** Only complete when the whole class runs. */
    @AfterAll
    static void everyNodeAndFlowWasPassed() {
        paths.everythingPassed();
        paths.close();
    }

    private static ProcessInstance asked() {
        return paths.start(Map.of("handling", 7L));
    }

    @Test
    void theDeputyAgreesAndTheOfficeGrants() {
        ProcessInstance extension = asked();
        paths.complete("userTask_approveRequest", Map.of("requestVerdict", "approve"));
        paths.complete("userTask_decideExtension", Map.of("extensionVerdict", "grant"));

        paths.ended(extension, "end_extensionGranted");
    }

    @Test
    void theOfficeRefuses() {
        ProcessInstance extension = asked();
        paths.complete("userTask_approveRequest", Map.of("requestVerdict", "approve"));
        paths.complete("userTask_decideExtension", Map.of("extensionVerdict", "refuse"));

        paths.ended(extension, "end_extensionRefused");
    }

    @Test
    void whatTheDeputyDoesNotWantNeverReachesTheOffice() {
        ProcessInstance extension = asked();
        paths.complete("userTask_approveRequest", Map.of("requestVerdict", "refuse"));

        paths.ended(extension, "end_extensionNotAsked");
        assertThat(paths.passed(extension)).doesNotContain("userTask_decideExtension");
    }
}
