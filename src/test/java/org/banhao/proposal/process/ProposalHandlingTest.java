package org.banhao.proposal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
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

/** The paths of one unit's handling, with stubs for beans. */
class ProposalHandlingTest {

    private static final List<String> FORMS = List.of(
            "forwardToSection",
            "handle",
            "collateOpinions",
            "draftReply",
            "checkReply",
            "signByDeputy",
            "signByHead",
            "previewReply",
            "deliverReply",
            "draftCoOpinion",
            "signCoOpinion",
            "sendCoOpinion");

    /** What the case is like, as the stubs say it. */
    public static final class Unit {
        private boolean owesReply;
        private boolean coHandlers;
        private boolean key;
        private boolean delivered;

        public String unit(Long handling, String role) {
            return "bureau-" + handling + "." + role;
        }

        public String office(Long handling) {
            return "office";
        }

        public java.util.Date due(DelegateExecution execution) {
            return Paths.DUE;
        }

        public java.util.Date sectionDue(DelegateExecution execution) {
            return Paths.DUE;
        }

        public boolean owesReply(Long handling) {
            return owesReply;
        }

        public boolean replyDelivered(Long handling) {
            return delivered;
        }

        public boolean hasCoHandlers(Long handling) {
            return coHandlers;
        }

        public boolean keyProposal(Long handling) {
            return key;
        }

        public boolean collectiveProposal(Long handling) {
            return false;
        }

        public boolean moneyRelated(Long handling) {
            return false;
        }
    }

    private static final Unit UNIT = new Unit();
    private static Paths paths;

    @BeforeAll
    static void start() {
        paths = new Paths(
                "proposalHandling",
                Stream.concat(
                                Stream.of("/bpmn/proposal/proposalHandling.bpmn", "/dmn/proposal/replySignOff.dmn"),
                                FORMS.stream().map(form -> "/forms/proposal/proposalHandling_" + form + ".form"))
                        .toList(),
                List.of(),
                Map.of("handlings", UNIT, "recordSignOffLevel", (ExecutionListener)
                        execution -> paths.called.add("recordSignOffLevel")));
    }

    /** Only complete when the whole class runs. */
    @AfterAll
    static void everyNodeAndFlowWasPassed() {
        paths.everythingPassed();
        paths.close();
    }

    @BeforeEach
    void aSoleUnit() {
        UNIT.owesReply = true;
        UNIT.coHandlers = false;
        UNIT.key = false;
        UNIT.delivered = true;
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

    private static ProcessInstance handled() {
        ProcessInstance handling = paths.start(Map.of("handling", 7L));
        paths.complete("userTask_forwardToSection", Map.of());
        paths.complete("userTask_handle", Map.of());
        return handling;
    }

    private static ProcessInstance checked() {
        ProcessInstance handling = handled();
        paths.complete("userTask_draftReply", Map.of());
        paths.complete("userTask_checkReply", Map.of("checkVerdict", "pass"));
        return handling;
    }

    @Test
    void aReplyTheDeputySignsIsPreviewedAndDelivered() {
        ProcessInstance handling = checked();
        assertThat(paths.called).containsExactly("recordSignOffLevel");
        paths.complete("userTask_signByDeputy", Map.of("signVerdict", "sign"));
        paths.complete("userTask_previewReply", Map.of("previewVerdict", "pass"));
        paths.complete("userTask_deliverReply", Map.of());

        paths.ended(handling, "end_replyDelivered");
        assertThat(paths.passed(handling))
                .doesNotContain("userTask_collateOpinions", "userTask_signByHead", "userTask_draftCoOpinion");
    }

    @Test
    void whatIsReportedToTheHeadIsSignedByTheHead() {
        ProcessInstance handling = checked();
        paths.complete("userTask_signByDeputy", Map.of("signVerdict", "toHead"));
        paths.complete("userTask_signByHead", Map.of("signVerdict", "sign"));

        assertThat(paths.task("userTask_previewReply")).isNotNull();
        assertThat(paths.passed(handling)).contains("userTask_signByHead");
    }

    @Test
    void theHeadSendsBackToTheHandlerAsWell() {
        checked();
        paths.complete("userTask_signByDeputy", Map.of("signVerdict", "toHead"));
        paths.complete("userTask_signByHead", Map.of("signVerdict", "return"));

        assertThat(paths.task("userTask_draftReply")).isNotNull();
    }

    @Test
    void theLeadCollatesTheOpinionsOfItsCoHandlersFirst() {
        UNIT.coHandlers = true;
        ProcessInstance handling = handled();
        assertThat(paths.task("userTask_draftReply")).isNull();
        paths.complete("userTask_collateOpinions", Map.of());

        assertThat(paths.task("userTask_draftReply")).isNotNull();
        assertThat(paths.passed(handling)).contains("userTask_collateOpinions");
    }

    @Test
    void aDraftSentBackByTheCheckerIsWrittenAgain() {
        handled();
        paths.complete("userTask_draftReply", Map.of());
        paths.complete("userTask_checkReply", Map.of("checkVerdict", "return"));

        assertThat(paths.task("userTask_draftReply")).isNotNull();
        assertThat(paths.called).isEmpty();
    }

    @Test
    void aDraftSentBackByTheDeputyOrTheOfficeIsCheckedAndSignedAnew() {
        checked();
        paths.complete("userTask_signByDeputy", Map.of("signVerdict", "return"));
        paths.complete("userTask_draftReply", Map.of());
        paths.complete("userTask_checkReply", Map.of("checkVerdict", "pass"));
        paths.complete("userTask_signByDeputy", Map.of("signVerdict", "sign"));
        paths.complete("userTask_previewReply", Map.of("previewVerdict", "return"));
        paths.complete("userTask_draftReply", Map.of());
        paths.complete("userTask_checkReply", Map.of("checkVerdict", "pass"));

        assertThat(paths.task("userTask_signByDeputy")).isNotNull();
        assertThat(paths.called).hasSize(3);
    }

    @Test
    void aReplySentBackInsteadOfDeliveredIsWrittenAgain() {
        UNIT.delivered = false;
        checked();
        paths.complete("userTask_signByDeputy", Map.of("signVerdict", "sign"));
        paths.complete("userTask_previewReply", Map.of("previewVerdict", "pass"));
        paths.complete("userTask_deliverReply", Map.of());

        assertThat(paths.task("userTask_draftReply")).isNotNull();
    }

    @Test
    void aCoHandlingUnitGivesItsOpinionAndNoReply() {
        UNIT.owesReply = false;
        ProcessInstance handling = handled();
        paths.complete("userTask_draftCoOpinion", Map.of());
        paths.complete("userTask_signCoOpinion", Map.of("coVerdict", "return"));
        paths.complete("userTask_draftCoOpinion", Map.of());
        paths.complete("userTask_signCoOpinion", Map.of("coVerdict", "sign"));
        paths.complete("userTask_sendCoOpinion", Map.of());

        paths.ended(handling, "end_coOpinionSent");
        assertThat(paths.passed(handling)).doesNotContain("userTask_draftReply", "end_replyDelivered");
    }

    @Test
    void anUnknownVerdictIsRefusedNotGuessed() {
        checked();

        assertThatThrownBy(() -> paths.complete("userTask_signByDeputy", Map.of("signVerdict", "perhaps")))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(paths.task("userTask_signByDeputy")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "forwardToSection,bureau-7.liaison",
        "handle,bureau-7.handler",
        "draftReply,bureau-7.handler",
        "checkReply,bureau-7.checker",
        "signByDeputy,bureau-7.deputy",
        "signByHead,bureau-7.head",
        "previewReply,office",
        "deliverReply,bureau-7.liaison"
    })
    void eachTaskIsOfferedToItsRoleWithADate(String task, String group) {
        paths.start(Map.of("handling", 7L));
        List<Map.Entry<String, Map<String, Object>>> way = List.of(
                Map.entry("forwardToSection", Map.of()),
                Map.entry("handle", Map.of()),
                Map.entry("draftReply", Map.of()),
                Map.entry("checkReply", Map.of("checkVerdict", "pass")),
                Map.entry("signByDeputy", Map.of("signVerdict", "toHead")),
                Map.entry("signByHead", Map.of("signVerdict", "sign")),
                Map.entry("previewReply", Map.of("previewVerdict", "pass")));
        for (Map.Entry<String, Map<String, Object>> step : way) {
            if (step.getKey().equals(task)) {
                break;
            }
            paths.complete("userTask_" + step.getKey(), step.getValue());
        }

        Task waiting = paths.task("userTask_" + task);
        assertThat(waiting.getDueDate()).isEqualTo(Paths.DUE);
        assertThat(paths.engine.getTaskService().getIdentityLinksForTask(waiting.getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactly(group);
        assertThat(waiting.getDescription().lines()).hasSize(3);
    }
}
