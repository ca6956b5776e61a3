package org.banhao.monitoring.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.banhao.calendar.SetClock;
import org.banhao.monitoring.gateway.Command;
import org.banhao.monitoring.gateway.CommandResult;
import org.banhao.monitoring.gateway.Device;
import org.banhao.monitoring.gateway.GatewayOnLoopback;
import org.banhao.monitoring.gateway.LineWatch;
import org.banhao.monitoring.gateway.ReceivedFrame;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Sm4;
import org.banhao.monitoring.hj212.Standard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Simulated devices against the real gateway, which stores in memory. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SimulatorTest {

    private static final String KEY = "0123456789abcdef";
    private static final Station BOILER = gas("BOILER01", 2017, null);
    private static final Station OLD = gas("OLD00001", 2005, null);
    private static final Station SEWAGE = new Station(
            "西池示例污水处理（演示）",
            true,
            "sewage",
            List.of("w01018", "w21003", "w00000"),
            Map.of("w01018", 40.0),
            null,
            new Station.Login("SEWAGE01", "qwertyui", 2025, KEY, 60, 10),
            null,
            0,
            0);

    private final SetClock clock = new SetClock("2026-03-26T10:00:30");
    private final List<ReceivedFrame> stored = Collections.synchronizedList(new ArrayList<>());
    private final List<LineWatch.Refused> refused = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean full = new AtomicBoolean();
    private final Map<String, Device> devices = new HashMap<>();
    private GatewayOnLoopback gateway;
    private Playing playing;

    private static Station gas(String mn, int standard, @org.jspecify.annotations.Nullable String key) {
        return new Station(
                "上党示范热力（演示）" + mn,
                false,
                "boiler",
                List.of("a34013", "a21026", "a21002", "a19001", "a00000", "a01012", "a01014"),
                Map.of("a34013", 10.0, "a21026", 35.0, "a21002", 50.0),
                9.0,
                new Station.Login(mn, "abcdefgh", standard, key, 60, 10),
                new Station.Login(mn + "METER", "hgfedcba", 2017, null, 60, 10),
                640,
                210);
    }

    @BeforeEach
    void open() {
        for (Station station : List.of(BOILER, OLD, SEWAGE)) {
            register(station.logger());
            if (station.meter() != null) register(station.meter());
        }
        gateway = new GatewayOnLoopback(
                devices::get,
                frames -> {
                    if (full.get()) throw new IllegalStateException("no room");
                    stored.addAll(frames);
                },
                new LineWatch() {
                    @Override
                    public void refused(String mn, java.net.InetAddress from, Refused why) {
                        refused.add(why);
                    }
                },
                clock);
    }

    private void register(Station.Login login) {
        Dialect plain = Dialect.of(
                login.standard() == 2005
                        ? Standard.HJ_T_212_2005
                        : login.standard() == 2025 ? Standard.HJ_212_2025 : Standard.HJ_212_2017);
        String key = login.key();
        Dialect dialect = key == null ? plain : plain.encrypted(new Sm4(key.getBytes(StandardCharsets.US_ASCII)), true);
        devices.put(login.mn(), new Device(login.mn(), 31, dialect, login.password(), List.of()));
    }

    @AfterEach
    void close() {
        if (playing != null) playing.close();
        gateway.close();
    }

    private void play(Duration past, Station... stations) {
        playing = new Playing(List.of(stations), gateway.port(), past, clock);
        playing.settle(200);
    }

    private void on(Duration span) {
        clock.advance(span);
        playing.settle(200);
    }

    private List<ReceivedFrame> of(String mn, int cn) {
        synchronized (stored) {
            return stored.stream()
                    .filter(one -> one.frame().mn().equals(mn) && one.frame().cn() == cn)
                    .toList();
        }
    }

    private static double number(ReceivedFrame received, String name) {
        return received.frame().number(received.frame().find(name));
    }

    @Test
    void whatIsStoredIsWhatThePlantEmits() {
        play(Duration.ofHours(3), BOILER, OLD, SEWAGE);
        on(Duration.ofMinutes(60));
        for (Station station : List.of(BOILER, OLD, SEWAGE)) {
            Plant plant = new Plant(station, new Faults(), 20_260_101);
            String mn = station.logger().mn();
            String code = station == SEWAGE ? "w01018" : station == OLD ? "03" : "a21002";
            String factor = station == SEWAGE ? "w01018" : "a21002";
            List<ReceivedFrame> hours = of(mn, 2061);
            assertThat(hours.stream().map(one -> one.frame().dataTime()).distinct())
                    .hasSize(4);
            int seen = 0;
            for (ReceivedFrame hour : hours) {
                if (hour.frame().find(code + "-Avg") < 0) continue; // the other part of a split one
                seen++;
                double sum = 0;
                for (int minute = 0; minute < 60; minute++)
                    sum += plant.value(
                            factor,
                            java.util.Objects.requireNonNull(hour.frame().dataTime())
                                    .plusSeconds(60L * minute));
                assertThat(number(hour, code + "-Avg")).isCloseTo(sum / 60, org.assertj.core.data.Offset.offset(0.06));
            }
            assertThat(seen).isEqualTo(4);
            ReceivedFrame now = of(mn, 2011).get(0);
            assertThat(number(now, code + "-Rtd"))
                    .isEqualTo(plant.rounded(
                                    factor,
                                    plant.value(
                                            factor,
                                            java.util.Objects.requireNonNull(
                                                    now.frame().dataTime())))
                            .doubleValue());
        }
        assertThat(of("BOILER01METER", 2011)).isNotEmpty();
        assertThat(of("SEWAGE01", 2061)).allMatch(one -> one.frame().encrypted());
        assertThat(of("SEWAGE01", 2061)).anyMatch(ReceivedFrame::late);
        assertThat(refused).isEmpty();
    }

    @Test
    void whatWasNotAnsweredIsSentAgainInTheSameBytes() {
        play(Duration.ZERO, BOILER);
        stored.clear();
        playing.simulator().begin("BOILER01", SimulatedFault.DEAF, null);
        clock.advance(Duration.ofSeconds(30));
        playing.settle(20);
        clock.advance(Duration.ofSeconds(11));
        playing.settle(20);
        List<ReceivedFrame> twice = of("BOILER01", 2011);
        assertThat(twice).hasSize(2);
        assertThat(twice.get(0).frame().wire()).isEqualTo(twice.get(1).frame().wire());
        playing.simulator().end("BOILER01", SimulatedFault.DEAF);
        on(Duration.ofSeconds(11));
        assertThat(of("BOILER01", 2011)).hasSize(3);
        on(Duration.ofSeconds(11));
        assertThat(playing.simulator().stations().get(0).waiting()).isZero();
        assertThat(of("BOILER01", 2011).stream()
                        .filter(one ->
                                one.frame().qn().equals(twice.get(0).frame().qn())))
                .as("once answered it is forgotten")
                .hasSize(3);
    }

    @Test
    void whatAPlatformCannotStoreComesAgainUntilItCan() {
        full.set(true);
        play(Duration.ofHours(2), BOILER);
        assertThat(stored).isEmpty();
        full.set(false);
        on(Duration.ofMinutes(6));
        on(Duration.ofSeconds(11));
        assertThat(of("BOILER01", 2061).stream()
                        .map(one -> one.frame().dataTime())
                        .distinct())
                .hasSize(2);
    }

    @Test
    void afterABreakHoursComeByThemselvesAndMinutesWhenTheyAreAskedFor() throws Exception {
        play(Duration.ZERO, BOILER);
        stored.clear();
        playing.simulator().begin("BOILER01", SimulatedFault.OFFLINE, null);
        for (int i = 0; i < 16; i++) on(Duration.ofMinutes(5));
        assertThat(stored).isEmpty();
        assertThat(playing.simulator().stations().get(0).connected()).isFalse();
        playing.simulator().end("BOILER01", SimulatedFault.OFFLINE);
        on(Duration.ofSeconds(10));
        assertThat(of("BOILER01", 2061)).isNotEmpty();
        assertThat(of("BOILER01", 2051)).isEmpty();
        Instant ten = Instant.parse("2026-03-26T02:10:00Z");
        CompletableFuture<CommandResult> asked =
                gateway.commands().send("BOILER01", Command.backfillMinutes(ten, ten.plusSeconds(1800)));
        for (int i = 0; i < 200 && !asked.isDone(); i++) playing.settle(3);
        assertThat(asked.get().outcome()).isEqualTo(CommandResult.Outcome.DONE);
        Set<Instant> times = new LinkedHashSet<>();
        of("BOILER01", 2051).forEach(one -> times.add(one.frame().dataTime()));
        assertThat(times).containsExactly(ten, ten.plusSeconds(600), ten.plusSeconds(1200), ten.plusSeconds(1800));
        assertThat(of("BOILER01", 2051)).allMatch(ReceivedFrame::late);
    }

    @Test
    void commandsAreAnsweredByEachEdition() throws Exception {
        play(Duration.ZERO, BOILER, OLD, SEWAGE);
        on(Duration.ofMinutes(1));
        for (String mn : List.of("BOILER01", "OLD00001", "SEWAGE01")) {
            assertThat(outcome(mn, Command.of(1011, ""))).isEqualTo(CommandResult.Outcome.DONE);
            assertThat(outcome(mn, Command.of(1062, "RtdInterval=30"))).isEqualTo(CommandResult.Outcome.DONE);
            assertThat(outcome(mn, Command.of(1062, "RtdInterval=0"))).isEqualTo(CommandResult.Outcome.FAILED);
            assertThat(outcome(mn, Command.of(3019, ""))).isEqualTo(CommandResult.Outcome.REFUSED);
            assertThat(outcome(
                            mn,
                            Command.backfillHours(
                                    clock.instant(), clock.instant().plusSeconds(3600))))
                    .isEqualTo(CommandResult.Outcome.NO_DATA);
        }
        stored.clear();
        on(Duration.ofSeconds(30));
        assertThat(of("BOILER01", 2011)).as("every 30 seconds now").hasSize(1);
    }

    private CommandResult.Outcome outcome(String mn, Command command) throws Exception {
        CompletableFuture<CommandResult> asked = gateway.commands().send(mn, command);
        for (int i = 0; i < 200 && !asked.isDone(); i++) playing.settle(3);
        return asked.get().outcome();
    }

    @Test
    void aWrongClockIsSetByTheHost() throws Exception {
        play(Duration.ZERO, BOILER);
        playing.simulator().begin("BOILER01", SimulatedFault.CLOCK, null);
        stored.clear();
        on(Duration.ofMinutes(1));
        assertThat(of("BOILER01", 2011).get(0).frame().dataTime())
                .isAfter(clock.instant().plusSeconds(10_000));
        assertThat(outcome("BOILER01", Command.of(1012, "SystemTime=20260326100130")))
                .isEqualTo(CommandResult.Outcome.DONE);
        stored.clear();
        on(Duration.ofMinutes(1));
        assertThat(of("BOILER01", 2011).get(0).frame().dataTime()).isBefore(clock.instant());
        assertThat(playing.simulator().stations().get(0).faults()).isEmpty();
    }

    @Test
    void faultsOfTheLineAreSeenAsSuch() {
        play(Duration.ZERO, BOILER, OLD);
        playing.simulator().begin("BOILER01", SimulatedFault.CRC, null);
        clock.advance(Duration.ofMinutes(1));
        playing.settle(20);
        assertThat(refused).isNotEmpty().containsOnly(LineWatch.Refused.CHECKSUM);
        playing.simulator().end("BOILER01", SimulatedFault.CRC);
        on(Duration.ofSeconds(11));
        refused.clear();

        playing.simulator().begin("BOILER01", SimulatedFault.FOREIGN_ID, null);
        register(new Station.Login("OLD00001", "another", 2017, null, 60, 10));
        clock.advance(Duration.ofMinutes(1));
        playing.settle(20);
        assertThat(refused).contains(LineWatch.Refused.PASSWORD);
        playing.simulator().end("BOILER01", SimulatedFault.FOREIGN_ID);

        stored.clear();
        playing.simulator().begin("BOILER01", SimulatedFault.DUPLICATE, null);
        on(Duration.ofMinutes(1));
        List<ReceivedFrame> twice = of("BOILER01METER", 2011);
        assertThat(twice.size()).isGreaterThanOrEqualTo(2);
        assertThat(twice.stream().map(one -> one.frame().qn()).distinct().count())
                .isEqualTo(twice.size() / 2);
    }

    @Test
    void faultsOfThePlantChangeWhatItEmitsAndDrawsAndEndAgain() {
        Faults faults = new Faults();
        Plant plant = new Plant(BOILER, faults, 1);
        Instant at = Instant.parse("2026-03-26T02:00:00Z");
        Instant later = at.plus(Duration.ofHours(1));
        assertThat(converted(plant, later)).isLessThan(45);
        faults.begin(SimulatedFault.EXCEED, "a21002", at);
        assertThat(converted(plant, later)).isGreaterThan(60);
        faults.end(SimulatedFault.EXCEED, later);
        assertThat(converted(plant, later.plus(Duration.ofHours(1)))).isLessThan(45);

        double power = plant.value(Plant.TREATMENT, later);
        double dust = plant.value("a34013", later);
        faults.begin(SimulatedFault.TREATMENT_OFF, null, at.plus(Duration.ofHours(3)));
        Instant without = at.plus(Duration.ofHours(5));
        assertThat(power).isGreaterThan(100);
        assertThat(plant.value(Plant.TREATMENT, without)).isLessThan(1);
        assertThat(plant.value(Plant.PRODUCTION, without)).isGreaterThan(300);
        assertThat(plant.value("a34013", without)).isGreaterThan(5 * dust);
        faults.end(SimulatedFault.TREATMENT_OFF, without);

        faults.begin(SimulatedFault.PLANT_OFF, null, at.plus(Duration.ofHours(8)));
        Instant dark = at.plus(Duration.ofHours(10));
        assertThat(plant.value(Plant.PRODUCTION, dark)).isLessThan(1);
        assertThat(plant.value("a19001", dark)).isGreaterThan(20);
        assertThat(plant.value("a00000", dark)).isLessThan(0.2);

        faults.begin(SimulatedFault.CONSTANT, "a21026", dark);
        assertThat(plant.value("a21026", dark.plusSeconds(7200))).isEqualTo(plant.value("a21026", dark));
        faults.begin(SimulatedFault.MARK, "a21026", dark);
        assertThat(plant.flag("a21026", dark)).isEqualTo("D");
        assertThat(plant.flag("a21002", dark)).isEqualTo("N");
        faults.begin(SimulatedFault.ZERO, "a21002", dark);
        assertThat(plant.value("a21002", dark)).isZero();
    }

    private static double converted(Plant plant, Instant at) {
        return java.util.Objects.requireNonNull(plant.converted("a21002", plant.value("a21002", at), at));
    }

    @Test
    void theSameSeedAndMomentGiveTheSameValueAndAnotherSeedAnother() {
        Instant at = Instant.parse("2026-03-26T02:00:00Z");
        double one = new Plant(BOILER, new Faults(), 1).value("a21002", at);
        assertThat(new Plant(BOILER, new Faults(), 1).value("a21002", at)).isEqualTo(one);
        assertThat(new Plant(BOILER, new Faults(), 2).value("a21002", at)).isNotEqualTo(one);
    }

    @Test
    void theFileOfDevicesIsReadAsItWasWrittenAndByItsOwnerOnly(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("devices.tsv");
        Station.write(file, List.of(BOILER, OLD, SEWAGE));
        assertThat(Station.read(file)).containsExactly(BOILER, OLD, SEWAGE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theCommandPlaysAFileAndListensToItsConsole(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("devices.tsv");
        Station.write(file, List.of(BOILER, OLD));
        String[] arguments = {"--devices=" + file, "--port=" + gateway.port(), "--past=2h", "--fault=2:离线", "--seed=7"};
        String said = said(arguments, "设备\n开始 1 超标排放 a21002\n开始 1 超标排放\n恢复 2\n恢复 9\n飞\n帮助\n退出\n设备\n");
        assertThat(said)
                .contains(
                        "发送2套设备的数据",
                        "【离线",
                        "OLD00001：离线",
                        "BOILER01：超标排放",
                        "已经开着",
                        "已恢复正常",
                        "序号应是1至2",
                        "没有命令「飞」",
                        "退出");
        assertThat(SimulatorMain.run(
                        new String[] {"--help"},
                        new BufferedReader(new StringReader("")),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        clock))
                .isZero();
        assertThat(SimulatorMain.help()).contains("--devices=", "CRC", "收不到应答", "退出");
    }

    @Test
    void aCommandLineThatCannotBeUnderstoodIsAnsweredByOneSentence(@TempDir Path folder) {
        for (String wrong : List.of("--port=x", "--past=3y", "--speed=5", "--nothing", "play", "--past=40d")) {
            String said = said(new String[] {wrong}, "");
            assertThat(said.strip().lines()).as(wrong).hasSize(1);
            assertThat(said.strip()).endsWith("。");
        }
        assertThat(said(new String[] {"--devices=" + folder.resolve("none.tsv")}, ""))
                .contains("读不到设备清单");
    }

    private String said(String[] arguments, String typed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SimulatorMain.run(
                arguments,
                new BufferedReader(new StringReader(typed)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                clock);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void thePastIsPlayedFasterUntilItHasCaughtUp() {
        playing = null;
        Simulator fast = new Simulator(
                List.of(BOILER),
                new Simulator.Settings(
                        new java.net.InetSocketAddress("127.0.0.1", gateway.port()), 1, Duration.ofHours(2), 600),
                clock);
        try (fast) {
            for (int second = 0; second < 20; second++) {
                for (int i = 0; i < 20 && !(i > 1 && fast.idle()); i++) fast.step(20);
                clock.advance(Duration.ofSeconds(1));
            }
            long[] ages = of("BOILER01", 2011).stream()
                    .mapToLong(one ->
                            Duration.between(one.frame().dataTime(), one.at()).toMinutes())
                    .toArray();
            assertThat(Arrays.stream(ages).max().orElse(0)).isGreaterThan(100);
            assertThat(Arrays.stream(ages).min().orElse(99)).isLessThan(5);
        }
    }
}
