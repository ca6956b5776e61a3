package org.banhao.proposal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The paths of one look-back, with stubs for beans. */
class ProposalRevisitTest {

    public static final class Units {
        public String unit(Long revisit, String role) {
            return "bureau-" + revisit + "." + role;
        }
    }

    private static Paths paths;

    @BeforeAll
    static void start() {
        paths = new Paths(
                "proposalRevisit",
                Stream.concat(
                                Stream.of("/bpmn/proposal/proposalRevisit.bpmn"),
                                Stream.of("reportProgress", "checkReport", "decideEscalation")
                                        .map(form -> "/forms/proposal/proposalRevisit_" + form + ".form"))
                        .toList(),
                List.of("recordRevisitOutcome"),
                Map.of("revisits", new Units()));
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

    private static ProcessInstance reported() {
        ProcessInstance revisit = paths.start(Map.of("revisit", 7L));
        paths.complete("userTask_reportProgress", Map.of());
        return revisit;
    }

    @Test
    void aKeptPromiseEndsTheLookBack() {
        ProcessInstance revisit = reported();
        paths.complete("userTask_checkReport", Map.of("checkVerdict", "accept", "outcome", "kept"));

        paths.ended(revisit, "end_commitmentKept");
        assertThat(paths.called).containsExactly("recordRevisitOutcome");
        assertThat(paths.passed(revisit)).doesNotContain("userTask_decideEscalation");
    }

    @Test
    void aPartlyKeptPromiseEndsItToo() {
        ProcessInstance revisit = reported();
        paths.complete("userTask_checkReport", Map.of("checkVerdict", "accept", "outcome", "partly"));

        paths.ended(revisit, "end_commitmentPartlyKept");
    }

    @Test
    void aPromiseNotKeptGoesToTheDirector() {
        ProcessInstance revisit = reported();
        paths.complete("userTask_checkReport", Map.of("checkVerdict", "accept", "outcome", "notKept"));
        assertThat(paths.called).containsExactly("recordRevisitOutcome");
        paths.complete("userTask_decideEscalation", Map.of());

        paths.ended(revisit, "end_commitmentNotKept");
    }

    @Test
    void aReturnedReportIsWrittenAgainAndNothingIsRecorded() {
        reported();
        paths.complete("userTask_checkReport", Map.of("checkVerdict", "return"));

        assertThat(paths.task("userTask_reportProgress")).isNotNull();
        assertThat(paths.called).isEmpty();
    }

    @Test
    void anUnknownOutcomeIsRefusedNotGuessed() {
        reported();

        assertThatThrownBy(() ->
                        paths.complete("userTask_checkReport", Map.of("checkVerdict", "accept", "outcome", "perhaps")))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(paths.task("userTask_checkReport")).isNotNull();
    }

    @Test
    void theUnitReportsTheOfficeChecks() {
        paths.start(Map.of("revisit", 7L));
        assertThat(groups("userTask_reportProgress")).containsExactly("bureau-7.liaison");
        paths.complete("userTask_reportProgress", Map.of());
        assertThat(groups("userTask_checkReport")).containsExactly("proposal-clerk");
        paths.complete("userTask_checkReport", Map.of("checkVerdict", "accept", "outcome", "notKept"));
        assertThat(groups("userTask_decideEscalation")).containsExactly("committee-director");
        assertThat(paths.task("userTask_decideEscalation").getDueDate()).isEqualTo(Paths.DUE);
    }

    private static List<String> groups(String task) {
        return paths
                .engine
                .getTaskService()
                .getIdentityLinksForTask(paths.task(task).getId())
                .stream()
                .map(IdentityLink::getGroupId)
                .toList();
    }
}
