package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.banhao.testing.Accounts;
import org.banhao.testing.Databases;
import org.banhao.testing.Desk;
import org.banhao.testing.RunningApp;
import org.banhao.testing.Together;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two of them on one PostgreSQL, started at the same moment on an empty database. */
@Tag("full")
class TwoNodesTest {

    private static final int EACH = 8;

    @Test
    void twoNodesStartedTogetherDeployOnceNumberTogetherAndSendEachMessageOnce() throws IOException {
        Map<String, String> database = Databases.POSTGRESQL.properties();
        String url = String.valueOf(database.get("spring.datasource.url"));
        JdbcClient db = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
        List<Path> folders = List.of(Files.createTempDirectory("one"), Files.createTempDirectory("two"));
        List<Callable<RunningApp>> starts = new ArrayList<>();
        for (Path folder : folders) {
            starts.add(() -> RunningApp.start(
                    folder,
                    Map.of(),
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=postgres",
                    "--spring.datasource.password=",
                    "--banhao.notice.channels=sms",
                    "--banhao.notice.sweep=50ms"));
        }
        List<RunningApp> nodes = Together.all(starts);
        try {
            assertThat(count(db, "act_re_deployment")).isEqualTo(count(db, "flow_deployment"));
            assertThat(db.sql("select max(version_) from act_re_procdef")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            assertThat(count(db, "base_audit where action = 'flow.deploy'")).isEqualTo(count(db, "act_re_procdef"));
            assertThat(count(db, "proposal_proposal")).isEqualTo(demonstrated());
            assertThat(count(db, "base_audit where action = 'people.loadDemonstration'"))
                    .isEqualTo(1);

            Accounts accounts = folders.stream()
                    .map(folder -> folder.resolve("demo-accounts.tsv"))
                    .filter(Files::exists)
                    .map(Accounts::new)
                    .findFirst()
                    .orElseThrow();
            List<Callable<List<String>>> acts = new ArrayList<>();
            for (RunningApp node : nodes) {
                for (String name : List.of("卫林书", "郜清远", "申雨禾")) {
                    Desk member = new Desk(node.url(""), accounts.named(name));
                    acts.add(() -> {
                        List<String> numbers = new ArrayList<>();
                        for (int i = 0; i < EACH; i++)
                            numbers.add(member.propose("关于两台服务器第" + i + "件" + name + "的提案", "economy"));
                        return numbers;
                    });
                }
            }
            List<String> numbers =
                    Together.all(acts).stream().flatMap(List::stream).toList();
            assertThat(numbers).hasSize(2 * 3 * EACH).doesNotHaveDuplicates();
            assertThat(Consistency.faults(db)).isEmpty();

            // a task taken at one node is taken at the other
            Desk here = new Desk(nodes.get(0).url(""), accounts.named("暴晓岚"));
            Desk there = new Desk(nodes.get(1).url(""), accounts.named("宿明"));
            String task = here.task(numbers.get(0));
            Desk.ok(here.claim(task), 204);
            Sentences.refused(there.claim(task));

            // what was handed in can be taken back for some minutes, and the messages wait until then: the time is
            // moved, not slept
            db.sql("update notice_outbox set next_at = created_at where state = 'pending'")
                    .update();
            allSent(db);
            List<String> sent = new ArrayList<>();
            List<Integer> perNode = new ArrayList<>();
            for (Path folder : folders) {
                Path file = folder.resolve("outbox").resolve("sms.jsonl");
                List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
                perNode.add(lines.size());
                for (String line : lines)
                    sent.add(new ObjectMapper().readTree(line).path("id").asText());
            }
            System.out.println("Sent by each node: " + perNode);
            assertThat(sent).doesNotHaveDuplicates();
            assertThat(sent)
                    .containsExactlyInAnyOrderElementsOf(
                            db.sql("select message_id from notice_outbox where state = 'sent'")
                                    .query(String.class)
                                    .list());
            assertThat(sent).hasSizeGreaterThanOrEqualTo(numbers.size());
        } finally {
            nodes.forEach(RunningApp::close);
        }
    }

    private static void allSent(JdbcClient db) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (count(db, "notice_outbox where state = 'pending'") > 0) {
            assertThat(System.nanoTime()).as("messages still wait").isLessThan(end);
            try {
                new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Proposals of the demonstration. */
    private static int demonstrated() throws IOException {
        return new ObjectMapper()
                .readTree(TwoNodesTest.class.getResource("/demonstration/proposals.json"))
                .size();
    }

    private static int count(JdbcClient db, String from) {
        return db.sql("select count(*) from " + from).query(Integer.class).single();
    }
}
