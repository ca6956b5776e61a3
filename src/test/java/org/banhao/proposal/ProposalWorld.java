package org.banhao.proposal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.banhao.base.Actor;
import org.banhao.base.Refusal;
import org.banhao.calendar.Deadline;
import org.banhao.casefile.CaseReading;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.DeadlineMoves;
import org.banhao.casefile.NothingDone;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.casefile.Retractions;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.StoredDocument;
import org.banhao.document.WordFiles;
import org.banhao.document.WordText;
import org.banhao.flow.Answer;
import org.banhao.flow.FormData;
import org.banhao.flow.ModelBean;
import org.banhao.flow.Processes;
import org.banhao.flow.Shown;
import org.banhao.flow.Step;
import org.banhao.flow.StepForms;
import org.banhao.flow.StepUseCase;
import org.banhao.paper.IssuedPapers;
import org.banhao.people.DemonstrationCast;
import org.banhao.people.Letters;
import org.banhao.proposal.Fakes.EmptyMailbox;
import org.banhao.proposal.Fakes.FakeActor;
import org.banhao.proposal.Fakes.FakeAudit;
import org.banhao.proposal.Fakes.FakeCaseFiles;
import org.banhao.proposal.Fakes.FakeDeadlineRules;
import org.banhao.proposal.Fakes.FakeDeadlines;
import org.banhao.proposal.Fakes.FakeDocuments;
import org.banhao.proposal.Fakes.FakeNotices;
import org.banhao.proposal.Fakes.FakePeople;
import org.banhao.proposal.Fakes.FakeWorkCalendar;
import org.banhao.proposal.Fakes.StandingClock;
import org.banhao.testing.Databases;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The module with its real rows, its real models in a real engine of one transaction with them, and the modules
 * below in memory. What a form's contract does is shortened: the answer goes to the step's use case, then the fields
 * that gateways read go to the engine.
 */
public final class ProposalWorld implements AutoCloseable {

    public final ConfigurableApplicationContext context;
    public final StandingClock clock;
    public final FakeCaseFiles cases;
    public final FakeNotices notices;
    public final FakeDocuments documents;
    public final FakeAudit audit;
    public final FakeActor actor;
    public final FakePeople people;
    public final Bridge processes;
    public final JdbcClient jdbc;
    public final ProcessEngine engine;

    private ProposalWorld(Databases database) {
        this(on(database));
    }

    private static ConfigurableApplicationContext on(Databases database) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getBeanFactory().registerSingleton("database", database);
        context.register(Beans.class);
        context.refresh();
        return context;
    }

    /** @param context holds {@link Beans} */
    public ProposalWorld(ConfigurableApplicationContext context) {
        this.context = context;
        clock = context.getBean(StandingClock.class);
        cases = context.getBean(FakeCaseFiles.class);
        notices = context.getBean(FakeNotices.class);
        documents = context.getBean(FakeDocuments.class);
        audit = context.getBean(FakeAudit.class);
        actor = context.getBean(FakeActor.class);
        people = context.getBean(FakePeople.class);
        processes = context.getBean(Bridge.class);
        jdbc = context.getBean(JdbcClient.class);
        engine = context.getBean(ProcessEngine.class);
        ClockUtil.setCurrentTime(Date.from(clock.now));
    }

    private static final Map<Databases, ProposalWorld> SHARED = new EnumMap<>(Databases.class);

    /** One world for all tests of a JVM on that database, emptied: an engine takes seconds to make. */
    public static synchronized ProposalWorld empty(Databases database) {
        ProposalWorld world = SHARED.computeIfAbsent(database, ProposalWorld::new);
        world.reset();
        return world;
    }

    public void reset() {
        engine.getRuntimeService()
                .createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(instance -> engine.getRuntimeService().deleteProcessInstance(instance.getId(), "next test"));
        for (String table : List.of("proposal_review", "proposal_proposal")) {
            jdbc.sql("delete from " + table).update();
        }
        jdbc.sql("delete from proposal_session").update();
        jdbc.sql("""
                        insert into proposal_session (id, name, closes_at, final_decider, title_limit, text_limit, suggestion_limit,
                          wish_limit, co_sign_least_days, current_one)
                        values ('14-5', '十四届五次', :closes, 'meeting', 50, 1500, 500, 3, 1, true)""")
                .param("closes", Instant.parse("2026-12-31T10:00:00Z").atOffset(ZoneOffset.UTC))
                .update();
        people.closed.clear();
        people.gone.clear();
        cases.clear();
        get(Fakes.FakeMeetings.class).clear();
        notices.told.clear();
        get(Fakes.FakeNoticeLists.class).handed.clear();
        documents.clear();
        get(Fakes.FakeDeadlines.class).clear();
        audit.recorded.clear();
        actor.actor = Actor.SYSTEM;
        people.closedUnits.clear();
        clock.now = StandingClock.START;
        ClockUtil.setCurrentTime(Date.from(clock.now));
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** How a proposal is shown; other kinds of case have views of their own. */
    public CaseView proposalView() {
        return proposalView(context.getBeanProvider(CaseView.class));
    }

    private static CaseView proposalView(ObjectProvider<CaseView> views) {
        return views.stream()
                .filter(view -> view.kind().equals("TA"))
                .findFirst()
                .orElseThrow();
    }

    /** Moves both clocks and lets everything fall due that is due. */
    public void move(Duration by) {
        clock.move(by);
        ClockUtil.setCurrentTime(Date.from(clock.now));
        for (Job job :
                engine.getManagementService().createJobQuery().executable().list()) {
            engine.getManagementService().executeJob(job.getId());
        }
    }

    @Override
    public void close() {
        ClockUtil.reset();
        context.close();
    }

    /** How many statements on this module's own tables the act takes. */
    public long statements(Runnable act) {
        AtomicLong counter = ((CountingSource) context.getBean(DataSource.class)).statements;
        long before = counter.get();
        act.run();
        return counter.get() - before;
    }

    private static final class CountingSource extends DelegatingDataSource {
        private final AtomicLong statements = new AtomicLong();

        CountingSource(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")
                                && arguments[0].toString().contains(" proposal_")) {
                            statements.incrementAndGet();
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    /** A test configuration: the application's own scan must not find it. */
    @TestConfiguration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @ComponentScan({"org.banhao.proposal.domain", "org.banhao.proposal.process"})
    public static class Beans {

        @Bean
        DataSource dataSource(ObjectProvider<Databases> database) {
            return new CountingSource(
                    database.getIfAvailable(() -> Databases.H2).migrated());
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }

        @Bean
        TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
            return new TransactionTemplate(manager);
        }

        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }

        /** One person's letters are enough. */
        @Bean
        Letters letters() {
            return new Letters() {
                @Override
                public String ofName(String name) {
                    return name.equals("郜清远") ? "gqy gaoqingyuan" : "";
                }

                @Override
                public String initials(String text) {
                    return "";
                }
            };
        }

        @Bean
        StandingClock clock() {
            return new StandingClock();
        }

        /** No paper goes out here. */
        @Bean
        IssuedPapers issuedPapers() {
            return new IssuedPapers() {
                @Override
                public Map<String, List<String>> unfinished(Collection<String> caseNumbers) {
                    return Map.of();
                }

                @Override
                public Optional<Issued> latest(String kind, String subjectKey) {
                    return Optional.empty();
                }

                @Override
                public List<WentOut> ofCase(String caseNumber) {
                    return List.of();
                }

                @Override
                public Optional<WentOut> ofDocument(String documentId) {
                    return Optional.empty();
                }

                @Override
                public Map<String, String> voided(String caseNumber) {
                    return Map.of();
                }

                @Override
                public Map<String, IssuedPapers.Imprint> imprints(String caseNumber) {
                    return Map.of();
                }
            };
        }

        @Bean
        FakeActor actor() {
            return new FakeActor();
        }

        @Bean
        FakeAudit audit() {
            return new FakeAudit();
        }

        @Bean
        EmptyMailbox mailbox() {
            return new EmptyMailbox();
        }

        @Bean
        FakeNotices notices() {
            return new FakeNotices();
        }

        @Bean
        Fakes.FakeNoticeLists noticeLists(FakeNotices notices, FakePeople people, Clock clock) {
            return new Fakes.FakeNoticeLists(notices, people, clock);
        }

        @Bean
        FakePeople people() {
            return new FakePeople();
        }

        @Bean
        Fakes.FakeMeetings caseMeetings(FakePeople people, StandingClock clock) {
            return new Fakes.FakeMeetings(people, clock);
        }

        /** Nobody fills a form in here. */
        @Bean
        StepForms stepForms() {
            return new StepForms() {
                @Override
                public boolean mayStart(String process, String person, List<String> groups) {
                    return false;
                }

                @Override
                public boolean drafted(String step, String person, String documentId) {
                    return false;
                }

                @Override
                public Map<String, Object> draft(String taskId, String person) {
                    return Map.of();
                }
            };
        }

        @Bean
        Retractions retractions() {
            return new NothingDone();
        }

        @Bean
        FakeDocuments documents() {
            return new FakeDocuments();
        }

        /** Files have their own tests. */
        @Bean
        WordFiles wordFiles() {
            return new WordFiles() {
                @Override
                public WordText read(String name, InputStream content) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void pictures(
                        String name, InputStream content, Set<Integer> numbers, Consumer<TakenPicture> to) {
                    throw new UnsupportedOperationException();
                }
            };
        }

        /** Nothing is shown here: the demonstration has its own test. */
        @Bean
        DemonstrationCast cast() {
            return () -> false;
        }

        @Bean
        ObjectMapper json() {
            return new ObjectMapper();
        }

        @Bean
        FakeWorkCalendar workCalendar() {
            return new FakeWorkCalendar();
        }

        @Bean
        FakeDeadlines deadlines(Clock clock) {
            return new FakeDeadlines(clock);
        }

        @Bean
        FakeDeadlineRules deadlineRules() {
            return new FakeDeadlineRules();
        }

        @Bean
        FakeCaseFiles caseFiles(Clock clock, FakeActor actor) {
            return new FakeCaseFiles(clock, actor);
        }

        /** The rule of the case's view, without asking who reads the case. */
        @Bean
        CaseReading caseReading(FakeCaseFiles cases, FakeDocuments documents, ObjectProvider<CaseView> views) {
            return new CaseReading() {
                @Override
                public List<StoredDocument> papers(String number, String personId, List<String> groups) {
                    return documents.ofCase(number).stream()
                            .filter(paper -> mayRead(paper, personId, groups))
                            .toList();
                }

                @Override
                public Map<String, String> voided(String number) {
                    return proposalView(views).voided(cases.get(number));
                }

                @Override
                public List<TimelineEntry> timeline(String number, List<String> groups) {
                    return cases.timeline(number).stream()
                            .filter(entry -> proposalView(views).tells(cases.get(number), entry, groups))
                            .toList();
                }

                @Override
                public Set<String> readable(Collection<String> numbers, String personId, List<String> groups) {
                    return Set.copyOf(numbers);
                }

                @Override
                public boolean mayRead(StoredDocument paper, String personId, List<String> groups) {
                    String number = paper.caseNumber();
                    return paper.personId().equals(personId)
                            || number != null && proposalView(views).shows(cases.get(number), paper, groups);
                }
            };
        }

        /** Row and timer together, as the real one does. */
        @Bean
        DeadlineMoves deadlineMoves(FakeDeadlines deadlines, Bridge processes) {
            return new DeadlineMoves() {
                @Override
                public void move(long deadlineId, Instant due, String reason) {
                    Deadline moved = deadlines.move(deadlineId, due, reason);
                    processes.moveDue(
                            Objects.requireNonNull(moved.instanceId()), Objects.requireNonNull(moved.task()), due);
                }

                @Override
                public int recompute(int year) {
                    return 0;
                }
            };
        }

        @Bean
        Bridge bridge(ApplicationContext context) {
            return new Bridge(context);
        }

        @Bean
        ProcessEngineFactoryBean processEngine(
                DataSource dataSource, PlatformTransactionManager manager, ApplicationContext context) {
            SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
            configuration.setProcessEngineName("proposal-" + UUID.randomUUID());
            configuration.setDataSource(dataSource);
            configuration.setTransactionManager(manager);
            configuration.setDatabaseSchemaUpdate("true");
            configuration.setJobExecutorActivate(false);
            configuration.setHistory("full");
            configuration.setDeploymentResources(models());
            configuration.setBeans(new LateBeans(context));
            ProcessEngineFactoryBean factory = new ProcessEngineFactoryBean();
            factory.setProcessEngineConfiguration(configuration);
            return factory;
        }
    }

    /** Everything that is shipped for proposals, decisions and forms included. */
    private static Resource[] models() {
        try (Stream<Path> files = Stream.of("bpmn", "dmn", "forms")
                .flatMap(folder -> Stream.of(Objects.requireNonNull(
                        new File(folder, "proposal").listFiles(), "run in the project's folder")))
                .map(File::toPath)
                .sorted()) {
            return files.map(FileSystemResource::new).toArray(Resource[]::new);
        }
    }

    /** The beans models may call; resolved at the first use because use cases need the engine and the engine them. */
    private static final class LateBeans extends HashMap<Object, Object> {
        private static final long serialVersionUID = 1L;
        private final transient ApplicationContext context;

        LateBeans(ApplicationContext context) {
            this.context = context;
        }

        @Override
        public boolean containsKey(Object key) {
            return get(key) != null;
        }

        @Override
        public @Nullable Object get(Object key) {
            if (key.equals("candidates")) {
                return new Candidates(context.getBean(FakeCaseFiles.class));
            }
            if (key.equals("deadlines")) {
                return new Due(context.getBean(FakeDeadlines.class));
            }
            return context.getBeansWithAnnotation(ModelBean.class).values().stream()
                    .filter(bean -> bean.getClass()
                            .getAnnotation(ModelBean.class)
                            .value()
                            .equals(key))
                    .findFirst()
                    .orElse(null);
        }
    }

    public record Candidates(FakeCaseFiles cases) {
        public String role(String role) {
            return role;
        }

        public String unit(String unit, String role) {
            return unit + "." + role;
        }

        public String person(DelegateExecution execution, String role) {
            return cases.persons(execution.getProcessBusinessKey(), role).get(0);
        }
    }

    public record Due(FakeDeadlines deadlines) {
        public Date due(DelegateExecution execution, String key) {
            return Date.from(deadlines
                    .owe(
                            execution.getProcessBusinessKey(),
                            key,
                            execution.getProcessInstanceId(),
                            execution.getCurrentActivityId())
                    .due());
        }
    }

    /** {@code flow} and the list of open steps over the engine. */
    public static final class Bridge implements Processes, OpenSteps {
        private static final List<String> ROUTING =
                List.of("firstVerdict", "secondVerdict", "finalVerdict", "confirmation", "unitAnswer", "ruling");
        private final ApplicationContext context;

        Bridge(ApplicationContext context) {
            this.context = context;
        }

        private ProcessEngine engine() {
            return context.getBean(ProcessEngine.class);
        }

        @Override
        public String start(String process, String caseNumber, Map<String, Object> routing) {
            return engine().getRuntimeService()
                    .startProcessInstanceByKey(process, caseNumber, new HashMap<>(routing))
                    .getId();
        }

        @Override
        public void suspend(String caseNumber) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resume(String caseNumber) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void answer(String taskId, String person, Map<String, Object> values) {
            Task task = task(taskId);
            List<String> groups = context.getBean(FakePeople.class).groupsOf(person);
            boolean candidate = engine().getTaskService().getIdentityLinksForTask(taskId).stream()
                    .map(IdentityLink::getGroupId)
                    .filter(Objects::nonNull)
                    .anyMatch(groups::contains);
            if (!person.equals(task.getAssignee()) && !(task.getAssignee() == null && candidate)) {
                throw new Refusal("这件待办不是您的。");
            }
            complete(task, person, values);
        }

        @Override
        public void answerFor(String taskId, String person, String decidedBy, Map<String, Object> values) {
            complete(task(taskId), person, values);
        }

        private void complete(Task task, String person, Map<String, Object> raw) {
            context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                Step step = step(task, person);
                Map<String, Object> values = new LinkedHashMap<>();
                raw.forEach((key, value) ->
                        values.put(key, value instanceof Integer number ? new BigDecimal(number) : value));
                context.getBeansOfType(StepUseCase.class).values().stream()
                        .filter(useCase -> useCase.step().equals(step.key()))
                        .findFirst()
                        .orElseThrow()
                        .apply(step, new Answer(values));
                Map<String, Object> routing = new HashMap<>();
                ROUTING.forEach(name -> {
                    if (values.containsKey(name)) {
                        routing.put(name, values.get(name));
                    }
                });
                context.getBean(FakeDeadlines.class).met(task.getProcessInstanceId(), task.getTaskDefinitionKey());
                engine().getTaskService().complete(task.getId(), routing);
            });
        }

        private Task task(String id) {
            Task task = engine().getTaskService().createTaskQuery().taskId(id).singleResult();
            if (task == null) {
                throw new Refusal("这件待办已经办过了。");
            }
            return task;
        }

        private Step step(Task task, @Nullable String person) {
            String definition = task.getProcessDefinitionId();
            return new Step(
                    definition.substring(0, definition.indexOf(':')),
                    task.getTaskDefinitionKey(),
                    task.getId(),
                    definition,
                    task.getProcessInstanceId(),
                    caseNumber(task),
                    person,
                    null);
        }

        private String caseNumber(Task task) {
            return engine().getRuntimeService()
                    .createProcessInstanceQuery()
                    .processInstanceId(task.getProcessInstanceId())
                    .singleResult()
                    .getBusinessKey();
        }

        /** What the form of that task shows now. */
        public Shown shown(String taskId) {
            Step step = step(task(taskId), null);
            return context.getBeansOfType(FormData.class).values().stream()
                    .filter(provider -> provider.step().equals(step.key()))
                    .findFirst()
                    .orElseThrow()
                    .shown(step);
        }

        @Override
        public boolean tell(String instanceId, String message, Map<String, Object> routing) {
            Execution waiting = engine().getRuntimeService()
                    .createExecutionQuery()
                    .processInstanceId(instanceId)
                    .messageEventSubscriptionName(message)
                    .singleResult();
            if (waiting == null) {
                return false;
            }
            engine().getRuntimeService().messageEventReceived(message, waiting.getId(), new HashMap<>(routing));
            return true;
        }

        @Override
        public void cancel(String instanceId, String reason) {
            engine().getRuntimeService().deleteProcessInstance(instanceId, reason);
        }

        @Override
        public void moveDue(String instanceId, String activity, Instant due) {
            Job timer = engine().getManagementService()
                    .createJobQuery()
                    .processInstanceId(instanceId)
                    .activityId(activity)
                    .singleResult();
            engine().getManagementService().setJobDuedate(timer.getId(), Date.from(due), false);
        }

        @Override
        public void reoffer(String instanceId, Map<String, String> groups) {
            for (Task task : engine().getTaskService()
                    .createTaskQuery()
                    .processInstanceId(instanceId)
                    .list()) {
                groups.forEach((before, after) -> {
                    engine().getTaskService().deleteCandidateGroup(task.getId(), before);
                    engine().getTaskService().addCandidateGroup(task.getId(), after);
                });
            }
        }

        @Override
        public void release(String taskId) {
            engine().getTaskService().setAssignee(taskId, null);
        }

        @Override
        public void handOver(String taskId, String person) {
            engine().getTaskService().setAssignee(taskId, person);
        }

        @Override
        public @Nullable String openTask(String instanceId, String task) {
            throw new UnsupportedOperationException();
        }

        private OpenStep open(Task task) {
            return new OpenStep(
                    task.getId(),
                    step(task, null).process(),
                    task.getTaskDefinitionKey(),
                    task.getName(),
                    task.getAssignee(),
                    engine().getTaskService().getIdentityLinksForTask(task.getId()).stream()
                            .map(IdentityLink::getGroupId)
                            .filter(Objects::nonNull)
                            .toList(),
                    task.getDueDate() == null ? null : task.getDueDate().toInstant(),
                    task.getCreateTime().toInstant(),
                    caseNumber(task),
                    task.getName(),
                    task.getProcessInstanceId());
        }

        @Override
        public List<OpenStep> all() {
            return engine().getTaskService().createTaskQuery().orderByTaskCreateTime().asc().list().stream()
                    .map(this::open)
                    .toList();
        }

        @Override
        public List<OpenStep> ofCase(String number) {
            return all().stream()
                    .filter(step -> step.caseNumber().equals(number))
                    .toList();
        }

        @Override
        public List<OpenStep> heldBy(String personId) {
            return all().stream()
                    .filter(step -> personId.equals(step.assignee()))
                    .toList();
        }

        @Override
        public List<OpenStep> waiting(String process, String task) {
            return all().stream()
                    .filter(step ->
                            step.process().equals(process) && step.task().equals(task))
                    .toList();
        }

        /** The one task this case waits for. */
        public String only(String caseNumber) {
            List<OpenStep> steps = ofCase(caseNumber);
            if (steps.size() != 1) {
                throw new AssertionError(caseNumber + " waits for " + steps);
            }
            return steps.get(0).taskId();
        }
    }
}
