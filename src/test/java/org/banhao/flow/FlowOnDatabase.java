package org.banhao.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.banhao.base.MovableClock;
import org.banhao.base.Refusal;
import org.banhao.flow.form.Refused;
import org.banhao.flow.time.EngineTime;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The engine as module flow sets it up, the same on H2 and PostgreSQL. */
@SpringBootTest(classes = FlowTestApplication.class)
@ActiveProfiles("flowtest")
abstract class FlowOnDatabase {

    static final String LONG = "字".repeat(60_000);

    @Autowired
    Processes processes;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    FormService forms;

    @Autowired
    IdentityService identity;

    @Autowired
    RepositoryService repository;

    @Autowired
    HistoryService history;

    @Autowired
    ManagementService management;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    EngineTime time;

    @Autowired
    MovableClock clock;

    @BeforeEach
    void people() {
        if (identity.createGroupQuery().groupId("clerk").count() == 0) {
            identity.saveGroup(identity.newGroup("clerk"));
            for (String id : List.of("li", "wang", "sun")) {
                identity.saveUser(identity.newUser(id));
            }
            identity.createMembership("li", "clerk");
            identity.createMembership("wang", "clerk");
        }
    }

    @AfterEach
    void clean() {
        identity.clearAuthentication();
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(i -> processes.cancel(i.getId(), "test"));
        for (String table : List.of("test_answer", "test_event", "test_note", "test_audit", "flow_draft")) {
            jdbc.sql("delete from " + table).update();
        }
        FlowTestApplication.Dates.DUE.clear();
    }

    private void as(String person) {
        identity.setAuthentication(person, person.equals("sun") ? List.of() : List.of("clerk"));
    }

    private String trial() {
        return processes.start("trial", "TA-1", Map.of());
    }

    private String review(String instance) {
        String task = processes.openTask(instance, "userTask_review");
        assertThat(task).isNotNull();
        return task;
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private List<String> events(String instance) {
        return jdbc.sql("select what from test_event where case_number = ?")
                .param(instance)
                .query(String.class)
                .list();
    }

    // ---- in

    @Test
    void aBodyOfSixtyThousandCharactersIsStoredWholeAndOnlyRoutingFieldsBecomeVariables() {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("trial")
                .latestVersion()
                .singleResult()
                .getId();
        String instance = forms.submitStartForm(definition, Map.of("title", "修路", "body", LONG, "topic", "road"))
                .getId();

        assertThat(jdbc.sql("select json from test_answer").query(String.class).single())
                .contains(LONG, "road");
        assertThat(runtime.getVariables(instance)).containsOnlyKeys("urgent").containsEntry("urgent", null);
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getBusinessKey())
                .isEqualTo("TA-修路");
        assertThat(jdbc.sql("select case_number from test_answer")
                        .query(String.class)
                        .single())
                .isEqualTo("TA-修路");
    }

    @Test
    void plainStartGoesThroughTheStartFormAndDropsTheCallersBusinessKey() {
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("trial", "FORGED", Map.of("urgent", true)))
                .isInstanceOf(Refused.class)
                .hasMessage("「案由」必须填写。");
        String instance = runtime.startProcessInstanceByKey(
                        "trial", "FORGED", Map.of("title", "桥", "body", "b", "urgent", true))
                .getId();
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getBusinessKey())
                .isEqualTo("TA-桥");
        assertThat(runtime.getVariables(instance)).containsExactly(Map.entry("urgent", true));
    }

    @Test
    void aPersonStartsNothingThatHasNoStartForm() {
        as("li");
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey("several")).isInstanceOf(Refused.class);
    }

    @Test
    void completeChecksLikeSubmitForm() {
        String task = review(trial());
        as("li");
        tasks.claim(task, "li");
        assertThatThrownBy(() -> tasks.complete(task, Map.of("verdict", "perhaps")))
                .hasMessageContaining("「结论」");
        assertThatThrownBy(() -> forms.submitTaskForm(task, Map.of("verdict", "perhaps")))
                .hasMessageContaining("「结论」");
        assertThatThrownBy(() -> tasks.complete(task)).hasMessage("「结论」必须填写。");
        assertThatThrownBy(() -> tasks.complete(task, Map.of("verdict", "pass", "evil", 1)))
                .hasMessageContaining("没有字段「evil」");
        tasks.complete(task, Map.of("verdict", "fail", "number", "第1号", "suggestions", List.of(Map.of("text", "修路"))));
        assertThat(count("test_answer")).isEqualTo(1);
        assertThat(jdbc.sql("select json from test_answer").query(String.class).single())
                .contains("\"suggestions\":[{\"text\":\"修路\"}]");
    }

    @Test
    void routingIsWrittenAsNullWhenAbsentSoThatAGatewayFindsIt() {
        String instance = trial();
        String task = review(instance);
        processes.answer(task, "li", Map.of("verdict", "fail"));
        assertThat(runtime.getVariables(instance))
                .containsEntry("score", null)
                .containsEntry("verdict", "fail")
                .hasSize(2);
        assertThat(processes.openTask(instance, "userTask_revise")).isNotNull();
    }

    @Test
    void aVetoLeavesNothingBehind() {
        String task = review(trial());
        long events = count("test_event");
        assertThatThrownBy(() -> processes.answer(task, "li", Map.of("verdict", "pass", "opinion", "veto")))
                .isExactlyInstanceOf(Refusal.class)
                .hasMessage("「意见」不能是这个。")
                .extracting(refusal -> ((Refusal) refusal).field())
                .isEqualTo("opinion");
        assertThat(count("test_note")).isZero();
        assertThat(count("test_answer")).isZero();
        assertThat(count("test_event")).isEqualTo(events);
        assertThat(tasks.createTaskQuery().taskId(task).singleResult().getAssignee())
                .isNull();
    }

    @Test
    void aGatewayWithoutAWayLeavesNothingBehind() {
        String instance = trial();
        String task = review(instance);
        assertThatThrownBy(() -> processes.answer(task, "li", Map.of("verdict", "nowhere")))
                .isInstanceOf(ProcessEngineException.class);
        assertThat(count("test_note")).isZero();
        assertThat(count("test_answer")).isZero();
        assertThat(runtime.getVariables(instance)).isEmpty();
        assertThat(processes.openTask(instance, "userTask_review")).isEqualTo(task);
    }

    @Test
    void onlyTheAssigneeSubmits() {
        String task = review(trial());
        as("li");
        assertThatThrownBy(() -> tasks.complete(task, Map.of("verdict", "fail")))
                .hasMessageContaining("请先签收");
        tasks.claim(task, "li");
        as("wang");
        assertThatThrownBy(() -> tasks.complete(task, Map.of("verdict", "fail")))
                .hasMessageContaining("已由同事签收");
    }

    @Test
    void filesOfOthersAreRefused() {
        String task = review(trial());
        assertThatThrownBy(() ->
                        processes.answer(task, "li", Map.of("verdict", "fail", "files", List.of("mine-1", "theirs"))))
                .hasMessageContaining("「附件」");
        processes.answer(task, "li", Map.of("verdict", "fail", "files", List.of("mine-1")));
    }

    @Test
    void resolveIsRefusedBecauseItWouldWriteAnyVariable() {
        String task = review(trial());
        assertThatThrownBy(() -> tasks.resolveTask(task, Map.of("verdict", "pass")))
                .hasMessageContaining("不使用委派");
    }

    // ---- out

    @Test
    void aFormShowsWhatItsProviderSaysAndNoVariables() {
        String instance = trial();
        String task = review(instance);
        runtime.setVariable(instance, "verdict", "pass");
        as("li");
        VariableMap shown = forms.getTaskFormVariables(task);
        assertThat(shown).containsOnlyKeys("number", "body").containsEntry("body", "长".repeat(60_000));
        as("sun");
        assertThatThrownBy(() -> forms.getTaskFormVariables(task)).hasMessageContaining("sun");
        assertThat(jdbc.sql("select case_number from test_audit where action = 'flow.show'")
                        .query(String.class)
                        .single())
                .isEqualTo("TA-1");
    }

    @Test
    void aStartFormGetsItsOptions() {
        String definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("trial")
                .latestVersion()
                .singleResult()
                .getId();
        assertThat(forms.getStartFormVariables(definition).get("topics").toString())
                .contains("road");
    }

    // ---- processes

    @Test
    void answerClaimsAGroupTaskFirstAndRefusesStrangersAndColleaguesTasks() {
        String task = review(trial());
        assertThatThrownBy(() -> processes.answer(task, "sun", Map.of("verdict", "fail")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不归您办理");
        assertThatThrownBy(() -> processes.answer("nothing", "li", Map.of())).isInstanceOf(Refusal.class);
        tasks.claim(task, "wang");
        assertThatThrownBy(() -> processes.answer(task, "li", Map.of("verdict", "fail")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("同事签收");
        processes.answer(task, "wang", Map.of("verdict", "fail"));
        assertThat(jdbc.sql("select person from test_answer")
                        .query(String.class)
                        .single())
                .isEqualTo("wang");
        assertThat(identity.getCurrentAuthentication()).isNull();
    }

    @Test
    void answeringForOthersAsksForNoAssigneeAndNamesWhoDecided() {
        String instance = trial();
        String task = review(instance);
        tasks.claim(task, "wang");
        assertThatThrownBy(() -> processes.answerFor(task, "li", "主席会议", Map.of("verdict", "?")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("「结论」");
        processes.answerFor(task, "li", "主席会议", Map.of("verdict", "fail"));
        assertThat(jdbc.sql("select person from test_answer where for_whom = '主席会议'")
                        .query(String.class)
                        .single())
                .isEqualTo("li");
        assertThat(jdbc.sql("select for_whom from test_event where what = 'Done'")
                        .query(String.class)
                        .single())
                .isEqualTo("主席会议");
        assertThatThrownBy(() -> processes.answerFor(task, "li", "主席会议", Map.of("verdict", "fail")))
                .isInstanceOf(Refusal.class);
        String next = processes.openTask(instance, "userTask_revise");
        assertThat(tasks.createTaskQuery().taskId(next).singleResult().getAssignee())
                .isEqualTo("author");
    }

    @Test
    void answersJoinTheCallersTransaction() {
        String task = review(trial());
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            processes.answer(task, "li", Map.of("verdict", "fail"));
            status.setRollbackOnly();
        });
        assertThat(count("test_answer")).isZero();
        assertThat(tasks.createTaskQuery().taskId(task).singleResult()).isNotNull();
    }

    @Test
    void aMessageReachesOnlyWhoWaitsAndIsHarmlessOtherwise() {
        String instance = trial();
        assertThat(processes.tell(instance, "trial.go", Map.of())).isFalse();
        processes.answer(review(instance), "li", Map.of("verdict", "pass"));
        assertThat(processes.tell(instance, "trial.other", Map.of())).isFalse();
        assertThat(processes.tell(instance, "trial.go", Map.of("told", "yes"))).isTrue();
        assertThat(processes.tell(instance, "trial.go", Map.of())).isFalse();
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(instance)
                        .count())
                .isZero();
    }

    @Test
    void whatACalledProcessAsksIsFoundFromAboveAndWithdrawnWithIt() {
        String instance = processes.start("caller", "TA-9", Map.of());
        assertThat(processes.openTask(instance, "userTask_answer")).isNotNull();
        assertThat(jdbc.sql("select distinct case_number from test_event")
                        .query(String.class)
                        .list())
                .containsExactly("TA-9");
        processes.cancel(instance, "撤回");
        processes.cancel(instance, "撤回");
        assertThat(processes.openTask(instance, "userTask_answer")).isNull();
        assertThat(events("TA-9")).containsExactly("Offered", "Offered", "Withdrawn", "Withdrawn");
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    }

    @Test
    void movingADueDateMovesTheTaskItsOwnTimerAndTellsTheNewState() {
        FlowTestApplication.Dates.DUE.put("other", Instant.parse("2027-03-01T10:00:00Z"));
        String instance = trial();
        Instant later = Instant.parse("2027-02-02T10:00:00Z");
        processes.moveDue(instance, "userTask_review", later);
        assertThat(tasks.createTaskQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getDueDate()
                        .toInstant())
                .isEqualTo(later);
        assertThat(timer("timer_reviewDue")).isEqualTo(later);
        assertThat(timer("timer_other")).isEqualTo(Instant.parse("2027-03-01T10:00:00Z"));
        assertThat(jdbc.sql("select due from test_event where due is not null")
                        .query(OffsetDateTime.class)
                        .list())
                .extracting(OffsetDateTime::toInstant)
                .contains(later);
        processes.moveDue(instance, "timer_other", later);
        assertThat(timer("timer_other")).isEqualTo(later);
        processes.moveDue("gone", "userTask_review", later);
    }

    private Instant timer(String activity) {
        Job job = management.createJobQuery().activityId(activity).singleResult();
        return job.getDuedate().toInstant();
    }

    @Test
    void inAMultiInstanceEachTaskWithItsTimerMoves() {
        String instance = processes.start("several", "TA-7", Map.of());
        Instant later = Instant.parse("2027-02-02T10:00:00Z");
        processes.moveDue(instance, "userTask_answer", later);
        assertThat(management.createJobQuery().activityId("timer_window").list())
                .hasSize(2)
                .allMatch(j -> j.getDuedate().equals(Date.from(later)));
    }

    @Test
    void routingStaysInItsRepetition() {
        String instance = processes.start("several", "TA-7", Map.of());
        List<Task> two = tasks.createTaskQuery().processInstanceId(instance).list();
        processes.answer(two.get(0).getId(), "li", Map.of("unitAnswer", "return"));
        assertThat(runtime.createVariableInstanceQuery()
                        .variableName("unitAnswer")
                        .list())
                .singleElement()
                .satisfies(v -> assertThat(v.getExecutionId()).isNotEqualTo(instance));
        processes.answer(two.get(1).getId(), "li", Map.of("unitAnswer", "accept"));
    }

    @Test
    void twoUnitsAnsweringAtTheSameMomentBothGetThrough() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 5; round++) {
                String instance = processes.start("several", "TA-" + round, Map.of());
                List<Task> two =
                        tasks.createTaskQuery().processInstanceId(instance).list();
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<?>> answers = two.stream()
                        .<Future<?>>map(task -> pool.submit(() -> {
                            together.await();
                            processes.answer(task.getId(), "li", Map.of("unitAnswer", "accept"));
                            return null;
                        }))
                        .toList();
                for (Future<?> answer : answers) {
                    answer.get();
                }
                assertThat(runtime.createProcessInstanceQuery()
                                .processInstanceId(instance)
                                .count())
                        .isZero();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(count("test_answer")).isEqualTo(10);
    }

    @Test
    void whoIsAMomentSlowerThanAColleagueAtTheSameTaskIsToldSoInASentence() throws Exception {
        String task = review(trial());
        Future<?> slower = new TransactionTemplate(transactions).execute(status -> {
            processes.answerFor(task, "li", "主席会议", Map.of("verdict", "fail"));
            CompletableFuture<Void> other = CompletableFuture.runAsync(
                    () -> processes.answerFor(task, "wang", "党组会议", Map.of("verdict", "fail")));
            // until it waits for the row that this transaction holds
            assertThatThrownBy(() -> other.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            return other;
        });
        assertThatThrownBy(() -> slower.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(Refusal.class)
                .hasMessageContaining("同事刚刚处理了同一事项");
        assertThat(count("test_answer")).isEqualTo(1);
    }

    // ---- events and history

    @Test
    void everyChangeOfATaskIsTold() {
        String instance = trial();
        String task = review(instance);
        tasks.claim(task, "li");
        tasks.addCandidateGroup(task, "chief");
        tasks.deleteCandidateGroup(task, "clerk");
        tasks.setDueDate(task, Date.from(Instant.parse("2027-05-05T00:00:00Z")));
        List<String> groups = jdbc.sql("select groups_ from test_event where task_id = ?")
                .param(task)
                .query(String.class)
                .list();
        assertThat(groups).contains("clerk", "chief,clerk").endsWith("chief");
        assertThat(jdbc.sql("select count(*) from test_event where first_ = true")
                        .query(Long.class)
                        .single())
                .isOne();
        as("li");
        tasks.complete(task, Map.of("verdict", "fail"));
        identity.clearAuthentication();
        assertThat(events("TA-1")).contains("Done");
        assertThat(jdbc.sql("select person from test_event where what = 'Done'")
                        .query(String.class)
                        .single())
                .isEqualTo("li");
    }

    @Test
    void aTaskLeftByModificationIsWithdrawnAlsoWhenListenersAreSkipped() {
        String instance = trial();
        runtime.createProcessInstanceModification(instance)
                .cancelAllForActivity("userTask_review")
                .startBeforeActivity("userTask_revise")
                .execute(true, true);
        assertThat(events("TA-1")).containsExactlyInAnyOrder("Offered", "Withdrawn", "Offered");
    }

    @Test
    void migrationTellsTheNewVersionOfAnOpenTask() {
        String instance = trial();
        String old = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("trial")
                .latestVersion()
                .singleResult()
                .getId();
        String deployment = repository
                .createDeployment()
                .addDeploymentResources(repository.getProcessDefinition(old).getDeploymentId())
                .deploy()
                .getId();
        String next = repository
                .createProcessDefinitionQuery()
                .deploymentId(deployment)
                .singleResult()
                .getId();
        runtime.newMigration(runtime.createMigrationPlan(old, next)
                        .mapEqualActivities()
                        .build())
                .processInstanceIds(instance)
                .execute();
        assertThat(jdbc.sql("select definition from test_event")
                        .query(String.class)
                        .list())
                .contains(next);
        processes.cancel(instance, "test");
        repository.deleteDeployment(deployment, true);
    }

    @Test
    void historyKeepsThePathAndNoVariables() {
        String instance = trial();
        processes.answer(review(instance), "li", Map.of("verdict", "fail"));
        assertThat(history.createHistoricTaskInstanceQuery()
                        .processInstanceId(instance)
                        .count())
                .isEqualTo(2);
        assertThat(history.createHistoricActivityInstanceQuery()
                        .processInstanceId(instance)
                        .count())
                .isPositive();
        assertThat(history.createHistoricVariableInstanceQuery()
                        .processInstanceId(instance)
                        .count())
                .isZero();
        assertThat(history.createHistoricDetailQuery()
                        .processInstanceId(instance)
                        .count())
                .isZero();
        assertThat(history.createUserOperationLogQuery()
                        .processInstanceId(instance)
                        .count())
                .isZero();
    }

    // ---- expressions and deployments

    @Test
    void anExpressionInAnInnerQueryReachesNoClassAndNoBeanOffTheList() {
        for (String attack : List.of(
                "${''.getClass().forName('java.lang.System')}",
                "${''['class']}",
                "${jdbcClient.sql('select 1')}",
                "${environment.getProperty('user.home')}",
                "${candidates.class.classLoader}",
                "${candidates.getClass()}")) {
            assertThatThrownBy(() -> tasks.createTaskQuery()
                            .or()
                            .taskAssigneeExpression(attack)
                            .endOr()
                            .list())
                    .as(attack)
                    .isInstanceOf(ProcessEngineException.class);
        }
        assertThat(tasks.createTaskQuery()
                        .or()
                        .taskAssigneeExpression("${candidates.role('nobody')}")
                        .endOr()
                        .list())
                .isEmpty();
    }

    @Test
    void aModelThatReachesForMoreIsNotDeployed() {
        String attack = model().replace("${candidates.role('clerk')}", "${''.getClass().forName('java.lang.Runtime')}");
        assertThatThrownBy(() -> deploy(attack)).hasMessageContaining("不得连续取值");
        assertThatThrownBy(() -> deploy(model().replace("candidates.role", "jdbcClient.role")))
                .hasMessageContaining("不允许的 Bean jdbcClient");
        assertThatThrownBy(() -> deploy(
                        model().replace("camunda:formRefBinding=\"deployment\"", "camunda:formRefBinding=\"latest\"")))
                .hasMessageContaining("按部署绑定");
        assertThat(repository.createDeploymentQuery().deploymentName("attack").count())
                .isZero();
    }

    private void deploy(String model) {
        repository
                .createDeployment()
                .name("attack")
                .addString("trial.bpmn", model)
                .deploy();
    }

    private static String model() {
        try (var in = FlowOnDatabase.class.getResourceAsStream("/flowtest/bpmn/trial.bpmn")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void thereAreNoStandaloneTasks() {
        assertThatThrownBy(() -> tasks.saveTask(tasks.newTask())).isInstanceOf(ProcessEngineException.class);
    }

    // ---- time

    @Test
    void bothClocksMoveTogetherAndATimerFiresWhenItsMomentComes() {
        String instance = trial();
        time.set(Instant.parse("2027-01-08T10:00:01Z"));
        try {
            assertThat(Duration.between(
                                    clock.instant(), ClockUtil.getCurrentTime().toInstant())
                            .abs())
                    .isLessThan(Duration.ofSeconds(5));
            Job due = management
                    .createJobQuery()
                    .activityId("timer_reviewDue")
                    .executable()
                    .singleResult();
            management.executeJob(due.getId());
            time.advance(Duration.ofDays(1));
            assertThat(clock.instant()).isAfter(Instant.parse("2027-01-09T10:00:00Z"));
            assertThat(processes.openTask(instance, "userTask_review")).isNotNull();
        } finally {
            time.reset();
        }
        assertThat(Duration.between(clock.instant(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(5));
    }
}
