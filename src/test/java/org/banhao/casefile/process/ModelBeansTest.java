package org.banhao.casefile.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.calendar.Deadlines;
import org.banhao.casefile.CaseFiles;
import org.banhao.flow.ModelBean;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real engine: what a model gets from the beans, and when the engine asks. */
class ModelBeansTest {
    private static final Instant DUE = Instant.parse("2026-04-02T10:00:00Z");

    private static final CaseFiles CASES = mock(CaseFiles.class);
    private static final Deadlines DEADLINES = mock(Deadlines.class);
    private static final List<String> OWED = new ArrayList<>();
    private static ProcessEngine engine;

    @BeforeAll
    static void engine() {
        when(DEADLINES.owe(any(), any(), any(), any())).thenAnswer(call -> {
            OWED.add(call.getArgument(0) + " " + call.getArgument(1) + " " + call.getArgument(3));
            return new Deadline(
                    1,
                    call.getArgument(0),
                    call.getArgument(1),
                    "初审",
                    DUE,
                    DUE,
                    "",
                    "",
                    true,
                    "",
                    false,
                    "open",
                    call.getArgument(2),
                    call.getArgument(3));
        });
        when(CASES.persons("TA-2026-000001", "firstProposer")).thenReturn(List.of("weilinshu", "second"));
        var configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setJdbcUrl("jdbc:h2:mem:modelbeans;DB_CLOSE_DELAY=1000");
        configuration.setProcessEngineName("modelbeans");
        configuration.setHistory("none");
        configuration.setEnforceHistoryTimeToLive(false);
        Map<Object, Object> beans = new HashMap<>();
        for (Object bean : List.of(new CandidatesForModels(CASES), new DeadlinesForModels(DEADLINES))) {
            beans.put(bean.getClass().getAnnotation(ModelBean.class).value(), bean);
        }
        configuration.setBeans(beans);
        engine = configuration.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "review.bpmn",
                        Bpmn.createExecutableProcess("review")
                                .startEvent()
                                .userTask("userTask_firstReview")
                                .camundaCandidateGroups(
                                        "${candidates.role('proposal-clerk')},${candidates.unit('education-bureau','liaison')}")
                                .camundaAssignee("${candidates.person(execution, 'firstProposer')}")
                                .camundaDueDate("${deadlines.due(execution, 'firstReview')}")
                                .boundaryEvent("timer_late")
                                .cancelActivity(false)
                                .timerWithDate("${deadlines.due(execution, 'firstReview')}")
                                .endEvent()
                                .moveToActivity("userTask_firstReview")
                                .endEvent()
                                .done())
                .addModelInstance(
                        "wait.bpmn",
                        Bpmn.createExecutableProcess("wait")
                                .startEvent()
                                .intermediateCatchEvent("timer_window")
                                .timerWithDate("${deadlines.due(execution, 'window')}")
                                .endEvent()
                                .done())
                .deploy();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void task_and_timer_get_the_same_date_of_the_same_task() {
        OWED.clear();
        var instance = engine.getRuntimeService().startProcessInstanceByKey("review", "TA-2026-000001");
        Task task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance.getId())
                .singleResult();
        Job timer = engine.getManagementService()
                .createJobQuery()
                .processInstanceId(instance.getId())
                .singleResult();
        assertThat(task.getDueDate().toInstant()).isEqualTo(DUE);
        assertThat(timer.getDuedate().toInstant()).isEqualTo(DUE);
        assertThat(OWED).hasSize(2).containsOnly("TA-2026-000001 firstReview userTask_firstReview");
    }

    @Test
    void people_come_from_roles_units_and_the_case() {
        var instance = engine.getRuntimeService().startProcessInstanceByKey("review", "TA-2026-000001");
        Task task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance.getId())
                .singleResult();
        assertThat(task.getAssignee()).isEqualTo("weilinshu");
        assertThat(engine.getTaskService().getIdentityLinksForTask(task.getId()))
                .extracting(link -> link.getGroupId())
                .contains("proposal-clerk", "education-bureau.liaison");
    }

    @Test
    void a_waiting_event_owes_without_a_task() {
        OWED.clear();
        engine.getRuntimeService().startProcessInstanceByKey("wait", "TA-2026-000001");
        assertThat(OWED).containsExactly("TA-2026-000001 window null");
    }

    @Test
    void a_case_without_that_person_stops_the_step_with_a_sentence() {
        assertThatThrownBy(() -> engine.getRuntimeService().startProcessInstanceByKey("review", "TA-2026-000002"))
                .hasRootCauseInstanceOf(Refusal.class)
                .rootCause()
                .hasMessageContaining("TA-2026-000002");
    }

    @Test
    void a_name_that_is_no_role_is_a_mistake_in_the_model() {
        var candidates = new CandidatesForModels(CASES);
        for (String role : List.of("", "Clerk", "a.b", "clerk,admin", "-")) {
            assertThatThrownBy(() -> candidates.role(role)).as(role).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
