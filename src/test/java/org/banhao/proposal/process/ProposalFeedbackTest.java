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
import org.junit.jupiter.params.provider.ValueSource;

/** The paths of one proposer's feedback, with stubs for beans. */
class ProposalFeedbackTest {

    public static final class Asked {
        private boolean again;

        public String person(Long feedback) {
            return "proposer-" + feedback;
        }

        public boolean again(Long feedback) {
            return again;
        }
    }

    private static final Asked ASKED = new Asked();
    private static Paths paths;

    @BeforeAll
    static void start() {
        paths = new Paths(
                "proposalFeedback",
                List.of(
                        "/bpmn/proposal/proposalFeedback.bpmn",
                        "/forms/proposal/proposalFeedback_giveFeedback.form",
                        "/forms/proposal/proposalFeedback_examineFeedback.form",
                        "/forms/proposal/proposalFeedback_mediate.form"),
                List.of("markFeedbackSilent"),
                Map.of("feedbacks", ASKED));
    }

    /** Only complete when the whole class runs. */
    @AfterAll
    static void everyNodeAndFlowWasPassed() {
        paths.everythingPassed();
        paths.close();
    }

    @BeforeEach
    void aFirstReply() {
        ASKED.again = false;
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

    private static ProcessInstance asked() {
        return paths.start(Map.of("feedback", 7L));
    }

    private static ProcessInstance dissatisfied() {
        ProcessInstance feedback = asked();
        paths.complete("userTask_giveFeedback", Map.of("result", "dissatisfied"));
        return feedback;
    }

    @ParameterizedTest
    @ValueSource(strings = {"satisfied", "basicallySatisfied"})
    void whoIsSatisfiedIsAskedNothingMore(String result) {
        ProcessInstance feedback = asked();
        paths.complete("userTask_giveFeedback", Map.of("result", result));

        paths.ended(feedback, "end_satisfied");
        assertThat(paths.passed(feedback)).doesNotContain("userTask_examineFeedback", "userTask_mediate");
    }

    @Test
    void silenceIsMarkedAndAnAnswerIsTakenAllTheSame() {
        ProcessInstance feedback = asked();
        paths.fire("timer_feedbackDeadline");
        assertThat(paths.called).containsExactly("markFeedbackSilent");
        assertThat(paths.passed(feedback)).contains("end_silenceMarked").doesNotContain("end_satisfied");

        paths.complete("userTask_giveFeedback", Map.of("result", "satisfied"));

        paths.ended(feedback, "end_satisfied");
    }

    @Test
    void aDissatisfiedFeedbackOnAFirstReplyMayLeadToASecondHandling() {
        ProcessInstance feedback = dissatisfied();
        paths.complete("userTask_examineFeedback", Map.of("examination", "rehandle"));

        paths.ended(feedback, "end_rehandled");
        assertThat(paths.passed(feedback)).doesNotContain("userTask_mediate", "end_left");
    }

    @Test
    void orToNoneWithAReason() {
        ProcessInstance feedback = dissatisfied();
        paths.complete("userTask_examineFeedback", Map.of("examination", "leave"));

        paths.ended(feedback, "end_left");
    }

    @Test
    void aDissatisfiedFeedbackOnASecondReplyLeadsToAConsultation() {
        ASKED.again = true;
        ProcessInstance feedback = dissatisfied();
        assertThat(paths.task("userTask_examineFeedback")).isNull();
        paths.complete("userTask_mediate", Map.of());

        paths.ended(feedback, "end_mediated");
    }

    @Test
    void anUnknownConclusionIsRefusedNotGuessed() {
        dissatisfied();

        assertThatThrownBy(() -> paths.complete("userTask_examineFeedback", Map.of("examination", "perhaps")))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(paths.task("userTask_examineFeedback")).isNotNull();
    }

    @Test
    void theProposerIsAskedByNameAndTheCommitteeStandsBehindHim() {
        asked();

        Task task = paths.task("userTask_giveFeedback");
        assertThat(task.getAssignee()).isEqualTo("proposer-7");
        assertThat(groups(task)).containsExactly("proposal-clerk");
        assertThat(task.getDueDate()).isEqualTo(Paths.DUE);
        assertThat(task.getDescription().lines()).hasSize(3);
    }

    @Test
    void clerkAndDirectorLookAtADissatisfiedFeedback() {
        dissatisfied();

        Task task = paths.task("userTask_examineFeedback");
        assertThat(groups(task)).containsExactlyInAnyOrder("proposal-clerk", "committee-director");
        assertThat(task.getDueDate()).isEqualTo(Paths.DUE);
    }

    private static List<String> groups(Task task) {
        return paths.engine.getTaskService().getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(group -> group != null)
                .toList();
    }
}
