package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.gateway.TestLogger;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Frame;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Standard;
import org.banhao.testing.RunningApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** {@code kill -9} while devices send: every packet that was answered is there, with its readings. */
@Tag("full")
class KilledGatewayTest {

    private static final int ROUNDS = Integer.getInteger("banhao.kill.rounds", 20);
    private static final int DEVICES = 4;
    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    @Test
    void noAnsweredPacketIsLostOnH2InAFile() throws IOException {
        Path data = Files.createTempDirectory("killed");
        String url =
                "jdbc:h2:file:" + data.resolve("banhao") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0";
        rounds(data, JdbcClient.create(new DriverManagerDataSource(url, "banhao", "")));
    }

    @Test
    void noAnsweredPacketIsLostOnPostgresql() throws IOException {
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

    private static void rounds(Path data, JdbcClient db, String... settings) {
        try (RunningApp app = RunningApp.start(data, Map.of(), settings)) {
            app.kill();
        }
        register(db);
        Random random = new Random(212);
        Set<String> answered = ConcurrentHashMap.newKeySet();
        for (int round = 1; round <= ROUNDS; round++) {
            int before = answered.size();
            int port = freePort();
            String[] all = Stream.concat(Arrays.stream(settings), Stream.of("--banhao.monitoring.port=" + port))
                    .toArray(String[]::new);
            try (RunningApp app = RunningApp.start(data, Map.of(), all)) {
                sendUntilKilled(app, port, round, answered, before + 500 + random.nextInt(3000));
            }
            Set<String> stored = new HashSet<>(db.sql("select qn from monitoring_frame")
                    .query(String.class)
                    .list());
            assertThat(stored).containsAll(answered);
            long halves = db.sql("""
                            select count(*) from monitoring_frame f where f.note is null and not exists (
                              select 1 from monitoring_reading r where r.device_id = f.device_id and r.measured_at = f.data_time)""").query(Long.class).single();
            assertThat(halves).as("packets without their readings").isZero();
            System.out.println("Round " + round + ": killed after " + (answered.size() - before) + " answers, "
                    + stored.size() + " packets stored, nothing lost");
        }
        assertThat(answered).hasSizeGreaterThan(1000);
    }

    private static void register(JdbcClient db) {
        db.sql(
                        "insert into monitoring_enterprise (credit_code, name, address, town, industry) values ('DEMOK', '示例（演示）', '', '', '')")
                .update();
        db.sql(
                        "insert into monitoring_outlet (enterprise_id, code, name, kind) select id, 'DA001', '', 'gas' from monitoring_enterprise where credit_code = 'DEMOK'")
                .update();
        for (int i = 0; i < DEVICES; i++) {
            db.sql("""
                            insert into monitoring_device (outlet_id, mn, name, kind, standard, system_code, password, installed_on)
                            select o.id, ?, '', 'logger', 2017, 31, 'Ku9x', date '2026-01-01' from monitoring_outlet o
                            join monitoring_enterprise e on e.id = o.enterprise_id where e.credit_code = 'DEMOK'""").param("KILLED" + i).update();
        }
        db.sql(
                        "insert into monitoring_device_state (device_id) select id from monitoring_device where mn like 'KILLED%'")
                .update();
    }

    private static void sendUntilKilled(RunningApp app, int port, int round, Set<String> answered, int enough) {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            String mn = "KILLED" + i;
            Thread thread = new Thread(() -> send(mn, port, round, next, answered, over));
            threads.add(thread);
            thread.start();
        }
        try {
            long until = System.nanoTime() + 120_000_000_000L;
            while (answered.size() < enough && System.nanoTime() < until) Thread.onSpinWait();
            app.kill();
            over.set(true);
            for (Thread thread : threads) thread.join(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void send(
            String mn, int port, int round, AtomicInteger next, Set<String> answered, AtomicBoolean over) {
        try (TestLogger logger = new TestLogger(port, DIALECT)) {
            while (!over.get()) {
                // a handful at once, as after a break
                for (int i = 0; i < 20; i++) logger.send(packet(mn, round, next.incrementAndGet()));
                for (int i = 0; i < 20; i++) {
                    Frame answer = logger.answer();
                    answered.add(answer.qn());
                }
            }
        } catch (IllegalStateException | UncheckedIOException killed) {
            // that is what the test does
        }
    }

    private static Packet packet(String mn, int round, int number) {
        LocalDateTime time = LocalDateTime.now(Clock.system(ChineseTime.ZONE)).minusSeconds(number % 36_000);
        return Packet.of(
                        String.format("20261123%01d%08d", round, number),
                        31,
                        2011,
                        "Ku9x",
                        mn,
                        "DataTime=" + MOMENT.format(time) + ";a21026-Rtd=" + number + ",a21026-Flag=N;a21002-Rtd="
                                + round + "." + number)
                .wantingAnswer();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
