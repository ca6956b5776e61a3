package org.banhao.casefile.domain;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CasefileDatabase;
import org.banhao.casefile.CasefileFakes;
import org.banhao.casefile.CasefileFakes.TestActor;
import org.banhao.casefile.CasefileFakes.TestAudit;
import org.banhao.casefile.CasefileFakes.TestClock;
import org.banhao.casefile.CasefileFakes.TestDeadlines;
import org.banhao.casefile.CasefileFakes.TestEngine;
import org.banhao.casefile.CasefileFakes.TestPeople;
import org.banhao.casefile.CasefileFakes.TestProcesses;
import org.banhao.document.Documents;
import org.banhao.flow.Step;
import org.banhao.flow.StepEvent.StepOffered;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** The modules' real beans on one database, with everything around them in memory. Made once per database, emptied per test. */
@NullMarked
final class House {
    private static final Map<CasefileDatabase, House> HOUSES = new EnumMap<>(CasefileDatabase.class);

    final AnnotationConfigApplicationContext context;
    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final CaseFiles cases;
    final OpenStepRows steps;
    final OpenStepPages pages;
    final Documents documents;
    final TestClock clock;
    final TestPeople people;
    final TestActor actor;
    final TestAudit audit;
    final TestDeadlines deadlines;
    final TestProcesses processes;
    final TestEngine engine;

    @EnableTransactionManagement(proxyTargetClass = true)
    @ComponentScan({"org.banhao.casefile.domain", "org.banhao.document.domain"})
    static class Beans {
        @Bean
        JdbcClient jdbcClient(DataSource source) {
            return JdbcClient.create(source);
        }

        @Bean
        PlatformTransactionManager transactions(DataSource source) {
            return new JdbcTransactionManager(source);
        }
    }

    private House(CasefileDatabase database) {
        try {
            Path data = Files.createTempDirectory("casefile");
            context = new AnnotationConfigApplicationContext();
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test", Map.of("banhao.data", data.toString(), "banhao.upload.largest", "1MB")));
            context.getBeanFactory()
                    .setConversionService(
                            org.springframework.boot.convert.ApplicationConversionService.getSharedInstance());
            context.registerBean(DataSource.class, database::source);
            context.register(Beans.class, CasefileFakes.class);
            context.refresh();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        jdbc = context.getBean(JdbcClient.class);
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        cases = context.getBean(CaseFiles.class);
        steps = context.getBean(OpenStepRows.class);
        pages = context.getBean(OpenStepPages.class);
        documents = context.getBean(Documents.class);
        clock = context.getBean(TestClock.class);
        people = context.getBean(TestPeople.class);
        actor = context.getBean(TestActor.class);
        audit = context.getBean(TestAudit.class);
        deadlines = context.getBean(TestDeadlines.class);
        processes = context.getBean(TestProcesses.class);
        engine = context.getBean(TestEngine.class);
    }

    /** An empty house. */
    static House on(CasefileDatabase database) {
        House house = HOUSES.computeIfAbsent(database, House::new);
        for (String table : List.of(
                "document_file",
                "document_left",
                "casefile_retraction",
                "casefile_suspension",
                "casefile_number",
                "casefile_file_number",
                "casefile_party",
                "casefile_step_answer",
                "casefile_open_step",
                "casefile_timeline",
                "casefile_link",
                "casefile_case")) {
            house.jdbc.sql("delete from " + table).update();
        }
        house.clock.now = Instant.parse("2026-03-26T02:00:00Z");
        house.audit.lines.clear();
        house.deadlines.rows.clear();
        house.deadlines.calls.clear();
        house.processes.calls.clear();
        house.engine.tasks.clear();
        return house;
    }

    <T> T in(Supplier<T> work) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    String openCase(String title) {
        return cases.open("TA", title, "14-5", "draft", "草稿", "卫林书").number();
    }

    static Step step(String taskId, @Nullable String number) {
        return new Step(
                "proposalReview", "userTask_firstReview", taskId, "def-1", "inst-" + taskId, number, null, null);
    }

    StepOffered offered(
            String taskId, @Nullable String number, @Nullable String assignee, List<String> groups, boolean first) {
        return new StepOffered(
                step(taskId, number),
                "初审",
                "看一看",
                assignee,
                groups,
                clock.now.plusSeconds(86_400),
                50,
                clock.now,
                "提案审查",
                "exec-" + taskId,
                false,
                first);
    }

    void publish(Object event) {
        transaction.executeWithoutResult(status -> context.publishEvent(event));
    }

    List<String> rows() {
        return jdbc.sql("select * from casefile_open_step order by task_id, group_id")
                .query((row, n) -> row.getString("task_id") + " " + row.getString("group_id") + " "
                        + row.getString("assignee") + " " + row.getString("title") + " " + row.getString("unit"))
                .list();
    }
}
