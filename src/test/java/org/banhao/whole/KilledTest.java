package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.banhao.testing.Accounts;
import org.banhao.testing.Desk;
import org.banhao.testing.RunningApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * {@code kill -9} in the middle of work, again and again on the same data: what a person was told is done is there, and nothing is
 * half. The database is looked at while the application is down, because its start would repair what a kill had torn.
 */
@Tag("full")
class KilledTest {

    private static final int ROUNDS = 5;
    private static final long SEED = 20_261_122L;

    @Test
    void nothingAcknowledgedIsLostAndNothingIsHalfOnH2InAFile() throws IOException {
        Path data = Files.createTempDirectory("killed");
        String url =
                "jdbc:h2:file:" + data.resolve("banhao") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0";
        rounds(data, JdbcClient.create(new DriverManagerDataSource(url, "banhao", "")));
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingIsHalfOnPostgresql() throws IOException {
        Path data = Files.createTempDirectory("killed");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            rounds(
                    data,
                    JdbcClient.create(new DriverManagerDataSource(url, "postgres", "")),
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=postgres",
                    "--spring.datasource.password=");
        }
    }

    /** What people were told is done. */
    private static final class Acknowledged {
        final Set<String> submitted = new ConcurrentSkipListSet<>();
        final Set<String> first = new ConcurrentSkipListSet<>();
        final Set<String> second = new ConcurrentSkipListSet<>();
        final AtomicInteger acts = new AtomicInteger();
    }

    private static void rounds(Path data, JdbcClient db, String... settings) {
        Random random = new Random(SEED);
        Acknowledged all = new Acknowledged();
        for (int round = 1; round <= ROUNDS; round++) {
            int before = all.acts.get();
            try (RunningApp app = RunningApp.start(data, Map.of(), settings)) {
                assertThat(app.log()).as("the start repaired something").doesNotContain("was repaired");
                workUntilKilled(app, all, before + 12 + random.nextInt(40), random.nextInt(120), round);
            }
            verify(db, all);
            System.out.println("Round " + round + ": killed after " + (all.acts.get() - before)
                    + " acknowledged acts; in all "
                    + all.submitted.size() + " submissions, " + all.first.size() + " first and " + all.second.size()
                    + " second reviews, nothing lost");
        }
        assertThat(all.second).as("too little was done to tell").isNotEmpty();
        try (RunningApp app = RunningApp.start(data, Map.of(), settings)) {
            assertThat(app.log()).doesNotContain("was repaired");
            Desk clerk = new Desk(app.url(""), app.accounts().named("暴晓岚"));
            for (String number : all.submitted) {
                assertThat(clerk.web().get("/cases/" + number).statusCode())
                        .as(number)
                        .isEqualTo(200);
            }
        }
    }

    private static void workUntilKilled(RunningApp app, Acknowledged all, int acts, int millis, int round) {
        Accounts accounts = app.accounts();
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch enough = new CountDownLatch(1);
        BlockingQueue<String> forFirst = new LinkedBlockingQueue<>();
        BlockingQueue<String> forSecond = new LinkedBlockingQueue<>();
        List<Desk> desks = List.of(
                new Desk(app.url(""), accounts.named("卫林书")),
                new Desk(app.url(""), accounts.named("郜清远")),
                new Desk(app.url(""), accounts.named("暴晓岚")),
                new Desk(app.url(""), accounts.named("苗正清")));
        // the first call of Tasklist starts its servlets, which takes longer than many submissions
        desks.get(2).list(Desk.WAITING, "{}");
        desks.get(3).list(Desk.WAITING, "{}");
        Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
        List<Runnable> jobs = new ArrayList<>();
        for (Desk member : desks.subList(0, 2)) {
            AtomicInteger count = new AtomicInteger();
            jobs.add(() -> {
                String number = member.propose(
                        "关于第" + round + "轮第" + count.incrementAndGet() + "件"
                                + member.account().name() + "的提案",
                        "society");
                all.submitted.add(number);
                forFirst.add(number);
                told(all, acts, enough);
            });
        }
        jobs.add(() -> {
            String number = next(forFirst);
            if (number == null) return;
            desks.get(2).answer(number, Map.of("firstVerdict", "file", "category", "society"));
            all.first.add(number);
            forSecond.add(number);
            told(all, acts, enough);
        });
        jobs.add(() -> {
            String number = next(forSecond);
            if (number == null) return;
            desks.get(3).answer(number, Map.of("secondVerdict", "file", "category", "society"));
            all.second.add(number);
            told(all, acts, enough);
        });
        List<Thread> threads = new ArrayList<>();
        for (Runnable job : jobs) {
            Thread thread = new Thread(() -> {
                while (!over.get()) {
                    try {
                        job.run();
                    } catch (Throwable e) {
                        if (!over.get()) unexpected.add(e);
                        return;
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        try {
            assertThat(enough.await(2, TimeUnit.MINUTES))
                    .as("acts " + all.acts + ", " + unexpected)
                    .isTrue();
            // somewhere in the middle of what comes next
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
            assertThat(unexpected).isEmpty();
            over.set(true);
            app.kill();
            for (Thread thread : threads) thread.join(TimeUnit.SECONDS.toMillis(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            over.set(true);
        }
    }

    private static @Nullable String next(BlockingQueue<String> waiting) {
        try {
            return waiting.poll(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static void told(Acknowledged all, int acts, CountDownLatch enough) {
        if (all.acts.incrementAndGet() >= acts) enough.countDown();
    }

    private static void verify(JdbcClient db, Acknowledged all) {
        List<String> lost = new ArrayList<>();
        for (String number : all.submitted) {
            if (count(db, "proposal_proposal where submitted_at is not null and case_number = ?", number) != 1)
                lost.add(number + " submitted");
            if (count(db, "notice_outbox where template = 'submitted' and case_number = ?", number) != 1)
                lost.add(number + " message");
            if (count(db, "casefile_open_step where number = ?", number) != 1) lost.add(number + " open step");
            if (count(db, "proposal_suggestion where case_number = ?", number) != 2) lost.add(number + " text");
        }
        for (String number : all.first) {
            if (count(db, "proposal_review where level = 'first' and case_number = ?", number) != 1)
                lost.add(number + " first review");
            if (count(db, "casefile_step_answer where task = 'userTask_firstReview' and case_number = ?", number) != 1)
                lost.add(number + " first answer");
        }
        for (String number : all.second) {
            if (count(db, "casefile_case where status = 'planFile' and number = ?", number) != 1)
                lost.add(number + " second review");
        }
        assertThat(lost).isEmpty();
        assertThat(Consistency.faults(db)).isEmpty();
    }

    private static int count(JdbcClient db, String from, String number) {
        return db.sql("select count(*) from " + from)
                .param(number)
                .query(Integer.class)
                .single();
    }
}
