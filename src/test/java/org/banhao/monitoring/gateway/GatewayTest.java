package org.banhao.monitoring.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.banhao.monitoring.gateway.CommandResult.Outcome;
import org.banhao.monitoring.hj212.Checksum;
import org.banhao.monitoring.hj212.Corpus;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Frame;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Sm4;
import org.banhao.monitoring.hj212.Standard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real socket on the loopback address, a sink in memory. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayTest {

    private static final Instant NOW = Instant.parse("2026-08-01T00:00:00Z");
    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);
    private static final String MN = "010000A8900016F000169DC0";
    private static final GatewayProperties.Limits LIMITS =
            new GatewayProperties.Limits(100, 50, 2, 4, 1000, 20_000, 100_000, 100_000, 20, 65_536, 1000);

    private final Map<String, Device> devices = new ConcurrentHashMap<>();
    private final MemorySink sink = new MemorySink();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private Gateway gateway;

    GatewayTest() {
        devices.put(MN, new Device(MN, 31, DIALECT, "123456", List.of()));
    }

    @AfterEach
    void stop() {
        sink.open();
        if (gateway != null) gateway.stop();
    }

    @Test
    void anAnswerComesOnlyWhenThePacketIsStored() throws InterruptedException {
        start(LIMITS);
        sink.close();
        try (TestLogger logger = logger()) {
            logger.send(data(1));
            assertThat(logger.answerWithin(300)).isNull();
            sink.open();
            Frame answer = logger.answer();
            assertThat(answer.segment())
                    .isEqualTo("QN=20260801080000001;ST=91;CN=9014;PW=123456;MN=" + MN + ";Flag=4;CP=&&&&");
            ReceivedFrame stored = sink.await(1).get(0);
            assertThat(stored.frame().value("a21026-Rtd")).isEqualTo("1.5");
            assertThat(stored.at()).isEqualTo(NOW);
            assertThat(stored.late()).isFalse();
        }
    }

    @Test
    void aPacketThatWantsNoAnswerGetsNone() throws InterruptedException {
        start(LIMITS);
        try (TestLogger logger = logger()) {
            logger.send(Packet.of(qn(1), 31, 2011, "123456", MN, "a-Rtd=1"));
            logger.send(data(2));
            assertThat(logger.answer().qn()).isEqualTo(qn(2));
            assertThat(sink.await(2)).hasSize(2);
        }
    }

    @Test
    void onePacketThatCannotBeStoredIsNotAnsweredAndTheOthersAre() {
        sink.refuse(frame -> frame.frame().qn().equals(qn(37)));
        start(LIMITS);
        try (TestLogger logger = logger()) {
            logger.send(together(1, 100));
            List<String> answered = IntStream.rangeClosed(1, 99)
                    .mapToObj(i -> logger.answer().qn())
                    .toList();
            assertThat(answered).hasSize(99).doesNotHaveDuplicates().doesNotContain(qn(37));
            assertThat(logger.answerWithin(200)).isNull();
        }
    }

    @Test
    void realTrafficInRandomPiecesIsStoredInItsOrderAndAnswered() throws InterruptedException {
        devices.put("DXCBZ000000005", new Device("DXCBZ000000005", 21, DIALECT, "123456", List.of()));
        start(LIMITS);
        List<Corpus.Row> rows =
                Corpus.soak().stream().filter(row -> row.cn() == 2011).toList();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (Corpus.Row row : rows) stream.writeBytes(row.line());
        byte[] bytes = stream.toByteArray();
        Random random = new Random(5);
        try (TestLogger logger = logger()) {
            for (int at = 0; at < bytes.length; ) {
                int piece = Math.min(bytes.length - at, 1 + random.nextInt(900));
                logger.send(Arrays.copyOfRange(bytes, at, at + piece));
                at += piece;
            }
            List<ReceivedFrame> stored = sink.await(rows.size());
            assertThat(stored.stream().map(frame -> new String(frame.frame().wire(), StandardCharsets.UTF_8)))
                    .containsExactlyElementsOf(
                            rows.stream().map(Corpus.Row::packet).toList());
            List<String> answered =
                    rows.stream().map(row -> logger.answer().qn()).toList();
            assertThat(answered)
                    .isEqualTo(stored.stream().map(frame -> frame.frame().qn()).toList());
        }
    }

    @Test
    void whatIsRefusedIsNotAnsweredAndTheLineGoesOn() throws InterruptedException {
        devices.put("ELSEWHERE", new Device("ELSEWHERE", 31, DIALECT, "123456", List.of("10.0.0.0/8")));
        devices.put("SECRET", new Device("SECRET", 31, secret(), "123456", List.of()));
        start(LIMITS);
        try (TestLogger logger = logger()) {
            logger.send(
                    Packet.of(qn(1), 31, 2011, "123456", "STRANGER", "a-Rtd=1").wantingAnswer());
            logger.send(Packet.of(qn(2), 31, 2011, "654321", MN, "a-Rtd=1").wantingAnswer());
            logger.send(
                    Packet.of(qn(3), 31, 2011, "123456", "ELSEWHERE", "a-Rtd=1").wantingAnswer());
            logger.send(data(4).encode(DIALECT.checksum(Checksum.MODBUS)));
            logger.send(
                    Packet.of(qn(5), 31, 2011, "123456", "SECRET", "a-Rtd=1").wantingAnswer());
            logger.send("##0012no=packet&&&&0000\r\n".getBytes(StandardCharsets.US_ASCII));
            logger.send(data(6));
            assertThat(logger.answer().qn()).isEqualTo(qn(6));
            assertThat(sink.await(1)).hasSize(1);
            assertThat(IntStream.range(0, 7).mapToObj(i -> next()))
                    .containsExactly(
                            "STRANGER UNKNOWN_DEVICE",
                            MN + " PASSWORD",
                            "ELSEWHERE ADDRESS",
                            MN + " CHECKSUM",
                            "SECRET ENCRYPTION",
                            " MALFORMED",
                            MN + " connected");
        }
        assertThat(next()).isEqualTo(MN + " lost");
    }

    @Test
    void aLineOfNothingButRefusedPacketsIsClosed() {
        start(LIMITS);
        try (TestLogger logger = logger()) {
            for (int i = 0; i < 21; i++) logger.send(Packet.of(qn(i), 31, 2011, "wrong1", MN, ""));
            assertThat(logger.isClosed()).isTrue();
        }
    }

    @Test
    void aLineOfRubbishIsClosed() {
        start(LIMITS);
        try (TestLogger logger = logger()) {
            try {
                for (int i = 0; i < 100; i++)
                    logger.send("GET / HTTP/1.1 ".repeat(100).getBytes(StandardCharsets.US_ASCII));
            } catch (java.io.UncheckedIOException closedAlready) {
                // as it should be
            }
            assertThat(logger.isClosed()).isTrue();
        }
    }

    @Test
    void aLineThatNeverSaysWhoItIsIsClosed() {
        start(LIMITS, Duration.ofMinutes(70), Duration.ofMillis(200));
        try (TestLogger logger = logger()) {
            assertThat(logger.isClosed()).isTrue();
        }
    }

    @Test
    void anIdleLineIsClosed() {
        start(LIMITS, Duration.ofMillis(300), Duration.ofMinutes(1));
        try (TestLogger logger = logger()) {
            logger.send(data(1));
            assertThat(logger.answer().cn()).isEqualTo(9014);
            assertThat(logger.isClosed()).isTrue();
        }
    }

    @Test
    void theOldestLineOfADeviceGivesWayToANewOne() {
        start(LIMITS);
        try (TestLogger first = logger();
                TestLogger second = logger();
                TestLogger third = logger()) {
            for (TestLogger logger : List.of(first, second, third)) {
                logger.send(data(1));
                assertThat(logger.answer().cn()).isEqualTo(9014);
            }
            assertThat(first.isClosed()).isTrue();
            second.send(data(2));
            assertThat(second.answer().qn()).isEqualTo(qn(2));
        }
    }

    @Test
    void oneAddressHasSoManyLinesAndNotMore() {
        start(new GatewayProperties.Limits(100, 2, 5, 4, 1000, 20_000, 1000, 1000, 20, 65_536, 1000));
        try (TestLogger first = logger();
                TestLogger second = logger()) {
            for (TestLogger logger : List.of(first, second)) {
                logger.send(data(1));
                assertThat(logger.answer().cn()).isEqualTo(9014);
            }
            try (TestLogger third = logger()) {
                assertThat(third.isClosed()).isTrue();
            }
            first.send(data(2));
            assertThat(first.answer().qn()).isEqualTo(qn(2));
        }
    }

    /** First the limit of one line alone, then that of all lines. */
    @ParameterizedTest
    @CsvSource({"50, 100000000", "100000000, 50"})
    void whatIsNotStoredIsNotReadEither(int unstored, int unstoredInAll) throws Exception {
        start(new GatewayProperties.Limits(
                100, 50, 2, 4, unstored, unstoredInAll, 1_000_000, 1_000_000, 20, 65_536, 10));
        sink.close();
        int packets = 60_000;
        try (TestLogger logger = logger()) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < packets; i += 100) logger.send(together(i, i + 99));
            });
            CompletableFuture<Integer> answers = new CompletableFuture<>();
            assertThat(sending).failsWithin(Duration.ofMillis(1500));
            Thread reader = new Thread(() -> {
                for (int i = 0; i < packets; i++) logger.answer();
                answers.complete(packets);
            });
            reader.start();
            sink.open();
            sending.get(60, TimeUnit.SECONDS);
            assertThat(sink.await(packets).stream().map(frame -> frame.frame().qn()))
                    .containsExactlyElementsOf(IntStream.range(0, packets)
                            .mapToObj(GatewayTest::qn)
                            .toList());
            assertThat(answers.get(60, TimeUnit.SECONDS)).isEqualTo(packets);
        }
    }

    @Test
    void aFloodIsReadAsFastAsIsAllowed() throws InterruptedException {
        start(new GatewayProperties.Limits(100, 50, 2, 4, 1000, 20_000, 500, 100, 20, 65_536, 1000));
        try (TestLogger logger = logger()) {
            long begun = System.nanoTime();
            for (int i = 0; i < 1200; i += 100) logger.send(together(i, i + 99));
            sink.await(1200);
            // 100 at once, and the last read may bring a few too many
            assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1000));
        }
    }

    @Test
    void aPacketWithoutALineEndIsAnsweredWhenNothingFollows() {
        start(LIMITS);
        try (TestLogger logger = logger()) {
            byte[] line = data(1).encode(DIALECT);
            logger.send(Arrays.copyOf(line, line.length - 2));
            assertThat(logger.answer().qn()).isEqualTo(qn(1));
        }
    }

    @Test
    void anEditionAnswersInItsOwnWords() {
        devices.put("OLD", new Device("OLD", 32, Dialect.of(Standard.HJ_T_212_2005), "123456", List.of()));
        devices.put("NEW", new Device("NEW", 32, secret(), "123456", List.of()));
        start(LIMITS);
        try (TestLogger logger = new TestLogger(gateway.port(), Dialect.of(Standard.HJ_T_212_2005))) {
            logger.send(Packet.of(qn(1), 32, 2051, "123456", "OLD", "DataTime=20260801080000;011-Avg=1")
                    .wantingAnswer());
            assertThat(logger.answer().segment()).isEqualTo("ST=91;CN=9014;CP=&&QN=" + qn(1) + ";CN=2051&&");
        }
        try (TestLogger logger = new TestLogger(gateway.port(), secret())) {
            logger.send(Packet.of(qn(2), 32, 2051, "123456", "NEW", "DataTime=20260801080000;w01018-Avg=1")
                    .wantingAnswer());
            assertThat(logger.answer().segment()).contains("CN=9014;").contains("Flag=8;");
            logger.send(Packet.of(qn(3), 32, 9015, "123456", "NEW", "").wantingAnswer());
            assertThat(logger.answer().cn()).isEqualTo(9013);
        }
    }

    @Test
    void aDeviceThatAsksForTheTimeIsHeardAndThenTold() {
        start(LIMITS);
        try (TestLogger logger = logger()) {
            logger.send(Packet.of(qn(1), 31, 1013, "123456", MN, "PolId=w01018").wantingAnswer());
            assertThat(logger.answer().cn()).isEqualTo(9013);
            Frame told = logger.answer();
            assertThat(told.cn()).isEqualTo(1012);
            assertThat(told.content()).isEqualTo("PolId=w01018;SystemTime=20260801080000");
        }
    }

    @Test
    void aRequestThatTheHostDoesNotKnowIsAnsweredSo() {
        start(LIMITS);
        try (TestLogger logger = logger()) {
            logger.send(Packet.of(qn(1), 31, 1001, "123456", MN, "").wantingAnswer());
            Frame answer = logger.answer();
            assertThat(answer.cn()).isEqualTo(9011);
            assertThat(answer.value("QnRtn")).isEqualTo("8");
        }
    }

    @Test
    void backfilledDataAreAskedForStoredAsLateAndCounted() throws Exception {
        start(LIMITS);
        try (TestLogger logger = greeted()) {
            CompletableFuture<CommandResult> result =
                    gateway.send(MN, Command.backfillHours(NOW.minusSeconds(7200), NOW.minusSeconds(3600)));
            Frame asked = logger.answer();
            assertThat(asked.cn()).isEqualTo(2061);
            assertThat(asked.st()).isEqualTo(31);
            assertThat(asked.answerWanted()).isTrue();
            assertThat(asked.content()).isEqualTo("BeginTime=20260801060000;EndTime=20260801070000");
            logger.send(reply(9011, asked.qn(), "QnRtn=1"));
            for (String hour : List.of("06", "07", "08")) {
                logger.send(Packet.of(qn(5), 31, 2061, "123456", MN, "DataTime=20260801" + hour + "0000;a21026-Avg=1"));
            }
            // of another span, and of another kind: not asked for
            logger.send(Packet.of(qn(6), 31, 2011, "123456", MN, "DataTime=20260801060000;a21026-Rtd=1"));
            logger.send(reply(9012, asked.qn(), "ExeRtn=1"));
            assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new CommandResult(Outcome.DONE, 1, 2));
            assertThat(sink.await(5).stream().map(ReceivedFrame::late))
                    .containsExactly(false, true, true, false, false);
        }
    }

    @Test
    void anAnswerToAnotherRequestNumberEndsNothing() throws Exception {
        start(LIMITS);
        try (TestLogger logger = greeted()) {
            CompletableFuture<CommandResult> first = gateway.send(MN, Command.backfillDays(NOW, NOW));
            CompletableFuture<CommandResult> second = gateway.send(MN, Command.backfillMinutes(NOW, NOW));
            Frame one = logger.answer();
            Frame two = logger.answer();
            assertThat(one.qn()).isNotEqualTo(two.qn());
            logger.send(reply(9011, qn(999), "QnRtn=2"));
            logger.send(reply(9011, two.qn(), "QnRtn=2"));
            assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(new CommandResult(Outcome.REFUSED, 2, 0));
            assertThat(first).isNotDone();
            logger.send(reply(9011, one.qn(), "QnRtn=1"));
            logger.send(reply(9012, one.qn(), "ExeRtn=100"));
            assertThat(first.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.NO_DATA);
        }
    }

    @Test
    void aCommandIsSentAgainWithTheSameNumberAndThenGivenUp() throws Exception {
        start(LIMITS);
        try (TestLogger logger = greeted()) {
            CompletableFuture<CommandResult> result = gateway.send(MN, Command.of(3015, ""));
            List<String> numbers = new ArrayList<>();
            for (int i = 0; i < 4; i++) numbers.add(logger.answer().qn());
            assertThat(numbers).containsOnly(numbers.get(0));
            CommandResult ended = result.get(20, TimeUnit.SECONDS);
            assertThat(ended.outcome()).isEqualTo(Outcome.NO_ANSWER);
            assertThat(ended.sentence()).isEqualTo("设备没有应答，已按规定重发。");
        }
    }

    @Test
    void aCommandEndsWithItsLineAndNeedsOne() throws Exception {
        start(LIMITS);
        assertThat(gateway.send(MN, Command.of(3015, "")).get().outcome()).isEqualTo(Outcome.NOT_CONNECTED);
        CompletableFuture<CommandResult> result;
        try (TestLogger logger = greeted()) {
            result = gateway.send(MN, Command.of(3015, ""));
            logger.send(reply(9011, logger.answer().qn(), "QnRtn=1"));
        }
        assertThat(result.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.LINE_LOST);
    }

    @Test
    void anOldDeviceAnswersCommandsWithoutSayingWhoItIs() throws Exception {
        Dialect old = Dialect.of(Standard.HJ_T_212_2005);
        devices.put(MN, new Device(MN, 31, old, "123456", List.of()));
        start(LIMITS);
        try (TestLogger logger = new TestLogger(gateway.port(), old)) {
            logger.send(data(1));
            logger.answer();
            CompletableFuture<CommandResult> result = gateway.send(MN, Command.of(3015, ""));
            String qn = logger.answer().qn();
            logger.send(Packet.of(null, 91, 9011, null, null, "QN=" + qn + ";QnRtn=1"));
            logger.send(Packet.of(null, 91, 9012, null, null, "QN=" + qn + ";ExeRtn=1"));
            assertThat(result.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void stoppingStoresAndAnswersWhatWasRead() throws InterruptedException {
        start(LIMITS);
        sink.close();
        try (TestLogger logger = logger()) {
            logger.send(together(1, 50));
            assertThat(next()).isEqualTo(MN + " connected");
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(gateway::stop);
            sink.open();
            stopping.join();
            int stored = sink.stored.size();
            for (int i = 0; i < stored; i++) assertThat(logger.answer().cn()).isEqualTo(9014);
            assertThat(logger.isClosed()).isTrue();
        }
    }

    @Test
    void aDevicesNetworksAreAddressesAndItsPasswordIsNotPrinted() throws Exception {
        Device device = new Device("M", 31, DIALECT, "pass99", List.of("10.1.0.0/15", "192.168.3.4", "fd00::/8"));
        assertThat(device.toString()).doesNotContain("pass99");
        assertThat(device.mayCallFrom(InetAddress.getByName("10.0.255.255"))).isTrue();
        assertThat(device.mayCallFrom(InetAddress.getByName("10.2.0.1"))).isFalse();
        assertThat(device.mayCallFrom(InetAddress.getByName("192.168.3.4"))).isTrue();
        assertThat(device.mayCallFrom(InetAddress.getByName("192.168.3.5"))).isFalse();
        assertThat(device.mayCallFrom(InetAddress.getByName("fd12::1"))).isTrue();
        for (String wrong : List.of("example.org", "10.0.0.0/33", "", "abc")) {
            assertThatThrownBy(() -> new Device("M", 31, DIALECT, "1", List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void start(GatewayProperties.Limits limits) {
        start(limits, Duration.ofMinutes(70), Duration.ofMinutes(1));
    }

    private void start(GatewayProperties.Limits limits, Duration idle, Duration greeting) {
        GatewayProperties properties = new GatewayProperties(
                0,
                "127.0.0.1",
                idle,
                greeting,
                limits,
                new GatewayProperties.Answers(Duration.ofMillis(500), 3, Duration.ofSeconds(30)),
                new GatewayProperties.Tls(null, null, null));
        LineWatch watch = new LineWatch() {
            @Override
            public void connected(String mn, InetAddress from) {
                heard.add(mn + " connected");
            }

            @Override
            public void lost(String mn) {
                heard.add(mn + " lost");
            }

            @Override
            public void refused(String mn, InetAddress from, Refused why) {
                heard.add(mn + " " + why);
            }
        };
        gateway = new Gateway(properties, devices::get, sink, watch, java.time.Clock.fixed(NOW, ZoneOffset.UTC), true);
        gateway.start();
    }

    private TestLogger logger() {
        return new TestLogger(gateway.port(), DIALECT);
    }

    private TestLogger greeted() {
        TestLogger logger = logger();
        logger.send(data(0));
        assertThat(logger.answer().cn()).isEqualTo(9014);
        return logger;
    }

    private String next() {
        try {
            return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] together(int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = from; i <= to; i++) bytes.writeBytes(data(i).encode(DIALECT));
        return bytes.toByteArray();
    }

    private static Packet data(int number) {
        return Packet.of(qn(number), 31, 2011, "123456", MN, "DataTime=20260801080000;a21026-Rtd=1.5,a21026-Flag=N")
                .wantingAnswer();
    }

    private static Packet reply(int cn, String qn, String content) {
        return Packet.of(qn, 91, cn, "123456", MN, content);
    }

    private static String qn(int number) {
        return String.format(java.util.Locale.ROOT, "20260801%09d", 80_000_000 + number);
    }

    private static Dialect secret() {
        return Dialect.of(Standard.HJ_212_2025)
                .encrypted(new Sm4("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)), true);
    }
}
