package org.banhao.proposal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The paths of a session's solicitation, with stubs for beans. */
class ProposalSolicitationTest {

    public static final class Closing {
        public Date closing(DelegateExecution execution) {
            return Paths.DUE;
        }
    }

    private static Paths paths;

    @BeforeAll
    static void start() {
        paths = new Paths(
                "proposalSolicitation",
                List.of(
                        "/bpmn/proposal/proposalSolicitation.bpmn",
                        "/forms/proposal/proposalSolicitation_prepareTopics.form",
                        "/forms/proposal/proposalSolicitation_approveCall.form",
                        "/forms/proposal/proposalSolicitation_writeSummary.form"),
                List.of("sendSolicitationCall", "closeSolicitation"),
                Map.of("solicitations", new Closing()));
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

    @Test
    void anApprovedCallGoesOutAndTheHourOfTheSessionClosesIt() {
        ProcessInstance solicitation = paths.start(Map.of());
        paths.complete("userTask_prepareTopics", Map.of());
        paths.complete("userTask_approveCall", Map.of("callVerdict", "approve"));
        assertThat(paths.called).containsExactly("sendSolicitationCall");
        assertThat(paths.task("userTask_writeSummary")).isNull();
        paths.fire("timer_solicitationClosing");
        assertThat(paths.called).containsExactly("sendSolicitationCall", "closeSolicitation");
        paths.complete("userTask_writeSummary", Map.of());

        paths.ended(solicitation, "end_solicitationSummarized");
    }

    @Test
    void aReturnedCallIsWrittenAgainAndNobodyIsTold() {
        ProcessInstance solicitation = paths.start(Map.of());
        paths.complete("userTask_prepareTopics", Map.of());
        paths.complete("userTask_approveCall", Map.of("callVerdict", "return"));

        assertThat(paths.task("userTask_prepareTopics")).isNotNull();
        assertThat(paths.called).isEmpty();
        paths.engine.getRuntimeService().deleteProcessInstance(solicitation.getId(), "next test");
    }
}
