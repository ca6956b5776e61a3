package org.banhao.proposal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.community.process_test_coverage.core.model.DefaultCollector;
import org.camunda.community.process_test_coverage.core.model.Run;
import org.camunda.community.process_test_coverage.core.model.Suite;
import org.camunda.community.process_test_coverage.engine.platform7.ExecutionContextModelProvider;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessCoverageConfigurator;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessEngineAdapter;
import org.camunda.community.process_test_coverage.report.CoverageReportUtil;

/**
 * A bare engine with one model and stubs for its beans; remembers what every instance ran through. The report of what was
 * passed, drawn on the model, is in {@code target/process-test-coverage}.
 */
final class Paths implements AutoCloseable {

    static final Date DUE = new Date(1_900_000_000_000L);

    final ProcessEngine engine;
    final List<String> called = new ArrayList<>();
    private final String process;
    private final DefaultCollector coverage = new DefaultCollector(new ExecutionContextModelProvider());
    private final Suite suite;

    /** @param stubs names of the delegates */
    Paths(String process, List<String> files, List<String> stubs, Map<Object, Object> beans) {
        this.process = process;
        StandaloneInMemProcessEngineConfiguration configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setProcessEngineName(process + UUID.randomUUID());
        configuration.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setJobExecutorActivate(false);
        configuration.setHistory("full");
        ProcessCoverageConfigurator.initializeProcessCoverageExtensions(configuration);
        Map<Object, Object> all = new HashMap<>(beans);
        all.put("candidates", new Candidates());
        all.put("deadlines", new Deadlines());
        stubs.forEach(name -> all.put(name, (JavaDelegate) execution -> called.add(name)));
        configuration.setBeans(all);
        engine = configuration.buildProcessEngine();
        new ProcessEngineAdapter(engine, coverage).initializeListeners();
        suite = new Suite(process, process);
        coverage.createSuite(suite);
        coverage.activateSuite(process);
        coverage.createRun(new Run(process, process), process);
        coverage.activateRun(process);
        var deployment = engine.getRepositoryService().createDeployment();
        for (String file : files) {
            deployment.addInputStream(file.substring(file.lastIndexOf('/') + 1), read(file));
        }
        deployment.deploy();
    }

    private static java.io.InputStream read(String file) {
        return java.util.Objects.requireNonNull(Paths.class.getResourceAsStream(file), file);
    }

    public static final class Candidates {
        public String role(String role) {
            return role;
        }

        public String unit(String unit, String role) {
            return unit + "." + role;
        }

        public String person(DelegateExecution execution, String role) {
            return role;
        }
    }

    public static final class Deadlines {
        public Date due(DelegateExecution execution, String key) {
            return DUE;
        }
    }

    ProcessInstance start(Map<String, Object> routing) {
        return engine.getRuntimeService().startProcessInstanceByKey(process, "TA-2026-000001", routing);
    }

    /** The one task that waits, by id of the model. */
    Task task(String id) {
        return engine.getTaskService().createTaskQuery().taskDefinitionKey(id).singleResult();
    }

    void complete(String id, Map<String, Object> routing) {
        Task task = task(id);
        assertThat(task).as("task %s waits", id).isNotNull();
        engine.getTaskService().complete(task.getId(), routing);
    }

    void fire(String timer) {
        Job job =
                engine.getManagementService().createJobQuery().activityId(timer).singleResult();
        assertThat(job).as("timer %s waits", timer).isNotNull();
        assertThat(job.getDuedate()).isEqualTo(DUE);
        engine.getManagementService().executeJob(job.getId());
    }

    void tell(ProcessInstance instance, String message) {
        engine.getRuntimeService()
                .createMessageCorrelation(message)
                .processInstanceId(instance.getId())
                .correlate();
    }

    Set<String> passed(ProcessInstance instance) {
        Set<String> ids = new LinkedHashSet<>();
        engine
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance.getId())
                .finished()
                .list()
                .stream()
                // a cancelled activity has ended, too, but was not passed
                .filter(activity -> !activity.isCanceled())
                .forEach(activity -> ids.add(activity.getActivityId()));
        return ids;
    }

    void ended(ProcessInstance instance, String end) {
        assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance.getId())
                        .count())
                .as("instance has ended")
                .isZero();
        assertThat(passed(instance)).contains(end);
    }

    /** After the last path: writes the report, and nothing of the model was left out. */
    void everythingPassed() {
        CoverageReportUtil.createReport(coverage, "target/process-test-coverage");
        // a stand-in for a process it calls is not this test's matter
        var models = coverage.getModels().stream()
                .filter(model -> model.getKey().equals(process))
                .toList();
        assertThat(models).hasSize(1);
        assertThat(suite.calculateCoverage(models))
                .as("share of nodes and flows of %s that was passed", process)
                .isEqualTo(1.0);
    }

    @Override
    public void close() {
        ClockUtil.reset();
        engine.close();
    }
}
