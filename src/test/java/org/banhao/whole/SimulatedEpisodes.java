package org.banhao.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.banhao.flow.time.EngineTime;
import org.banhao.monitoring.Episodes;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Readings;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.RuleGroup;
import org.banhao.monitoring.domain.LineNotes;
import org.banhao.monitoring.gateway.DeviceDirectory;
import org.banhao.monitoring.gateway.FrameSink;
import org.banhao.monitoring.gateway.GatewayOnLoopback;
import org.banhao.monitoring.gateway.LineWatch;
import org.banhao.monitoring.rules.domain.RuleSweep;
import org.banhao.monitoring.simulator.Playing;
import org.banhao.monitoring.simulator.SimulatedFault;
import org.banhao.testing.Whole;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/** The demonstration's nine outlets over real TCP: a day without faults, and then what each fault leads to. */
interface SimulatedEpisodes extends Whole {

    Duration STEP = Duration.ofMinutes(5);

    /** Rounds of 20 ms for one step of time at most: until all is answered, however slow the machine. */
    int ALL_ANSWERED = 1000;

    /** With faults some wait by design for answers that never come. */
    int SOME_WAIT = 25;

    @Test
    default void aDayWithoutFaultsLeadsToNoEpisodeAndEachFaultToTheOneItShould() {
        EngineTime time = bean(EngineTime.class);
        Clock clock = bean(Clock.class);
        // production of all plants runs, whatever the hour at which tests run
        Instant start = org.banhao.base.ChineseTime.day(clock.instant())
                .plusDays(1)
                .atTime(9, 0)
                .atZone(org.banhao.base.ChineseTime.ZONE)
                .toInstant();
        time.set(start);
        Path devices = Path.of(bean(Environment.class).getRequiredProperty("banhao.data"), "demo-devices.tsv");
        try (GatewayOnLoopback gateway = new GatewayOnLoopback(
                        bean(DeviceDirectory.class), bean(FrameSink.class), bean(LineWatch.class), clock);
                Playing playing = new Playing(devices, gateway.port(), Duration.ofHours(26), clock)) {
            playing.settle(ALL_ANSWERED);
            for (Outlet outlet : demonstration())
                assertThat(bean(Readings.class)
                                .ofOutlet(outlet.id(), ReadingKind.HOUR, null, start.minus(Duration.ofHours(24)), start)
                                .stream()
                                .map(Reading::time)
                                .distinct())
                        .as(outlet.title())
                        .hasSize(24);
            on(playing, Duration.ofHours(1), ALL_ANSWERED);
            assertThat(rules(start.minus(Duration.ofHours(26))))
                    .as("all is well")
                    .isEmpty();

            Instant broken = clock.instant();
            begin(playing, 1, SimulatedFault.EXCEED, null);
            begin(playing, 2, SimulatedFault.TREATMENT_OFF, null);
            begin(playing, 3, SimulatedFault.PLANT_OFF, null);
            begin(playing, 4, SimulatedFault.CONSTANT, "a34013");
            begin(playing, 5, SimulatedFault.OFFLINE, null);
            begin(playing, 6, SimulatedFault.ZERO, "w01018");
            begin(playing, 6, SimulatedFault.MARK, "w21003");
            begin(playing, 7, SimulatedFault.CRC, null);
            begin(playing, 8, SimulatedFault.CLOCK, null);
            begin(playing, 9, SimulatedFault.FOREIGN_ID, null);
            // the hour in which they began is one of both kinds
            on(playing, Duration.ofMinutes(150), SOME_WAIT);
            Map<String, String> found = rules(broken);
            assertThat(found.getOrDefault("1", ""))
                    .as(found.toString())
                    .contains("a21002 HOUR_EXCEED")
                    .doesNotContain("POWER_LINK");
            assertThat(found.getOrDefault("2", "")).as(found.toString()).contains("* POWER_LINK");
            assertThat(found.getOrDefault("3", "")).doesNotContain("POWER_LINK");
            assertThat(found.getOrDefault("4", "")).as(found.toString()).contains("a34013 CONSTANT_MINUTE");
            assertThat(found.getOrDefault("5", "")).as(found.toString()).contains("OFFLINE");
            assertThat(found.getOrDefault("6", "")).as(found.toString()).contains("w01018 ZERO");
            assertThat(found.getOrDefault("7", "")).as(found.toString()).contains("OFFLINE");
            assertThat(found.getOrDefault("8", "")).as(found.toString()).contains("MISSING");
            assertThat(found.getOrDefault("9", "")).as(found.toString()).contains("OFFLINE");
            assertThat(db().sql("select count(*) from monitoring_stranger where why = 'password'")
                            .query(Long.class)
                            .single())
                    .as("another's id with one's own password")
                    .isPositive();

            on(playing, Duration.ofMinutes(165), SOME_WAIT);
            assertThat(rules(broken).getOrDefault("6", "")).contains("w21003 FLAG_BAD");

            for (int number = 1; number <= 9; number++)
                for (SimulatedFault fault : SimulatedFault.values())
                    playing.simulator().end(mn(number), fault);
            on(playing, Duration.ofMinutes(30), ALL_ANSWERED);
            Outlet brick = outlet(5);
            assertThat(bean(Readings.class).ofOutlet(brick.id(), ReadingKind.HOUR, "a21002", broken, clock.instant()))
                    .as("the hours of the break came afterwards")
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allMatch(reading -> reading.source() == Reading.Source.DEVICE);
            Episodes episodes = bean(Episodes.class);
            assertThat(episodes.ofOutlet(brick.id(), broken, clock.instant()).stream()
                            .flatMap(one -> episodes.findings(one.id()).stream())
                            .filter(one -> one.rule() == MonitoringRule.OFFLINE))
                    .as("it is heard again")
                    .isNotEmpty()
                    .allMatch(one -> one.endedAt() != null);
            assertThat(episodes.open()).as("the treatment runs again").noneMatch(one -> one.group() == RuleGroup.POWER);
        }
    }

    private void on(Playing playing, Duration span, int rounds) {
        EngineTime time = bean(EngineTime.class);
        for (Duration past = Duration.ZERO; past.compareTo(span) < 0; past = past.plus(STEP)) {
            time.advance(STEP);
            playing.settle(rounds);
            LineNotes.flush(this);
            bean(RuleSweep.class).sweep();
        }
    }

    private void begin(
            Playing playing, int number, SimulatedFault fault, @org.jspecify.annotations.Nullable String factor) {
        assertThat(playing.simulator().begin(mn(number), fault, factor)).isTrue();
    }

    private static String mn(int number) {
        return "DEMO" + String.format("%014d", number) + "LOGGER";
    }

    private List<Outlet> demonstration() {
        return java.util.stream.IntStream.rangeClosed(1, 9)
                .mapToObj(this::outlet)
                .toList();
    }

    private Outlet outlet(int number) {
        long id = db().sql("select outlet_id from monitoring_device where mn = ?")
                .param(mn(number))
                .query(Long.class)
                .single();
        return bean(Registry.class).outlet(id).orElseThrow();
    }

    /** By number of the enterprise: subjects and rules of what was found since then, unfounded episodes left out. */
    private Map<String, String> rules(Instant since) {
        Map<String, String> found = new TreeMap<>();
        Episodes episodes = bean(Episodes.class);
        for (int number = 1; number <= 9; number++) {
            String all = episodes
                    .ofOutlet(
                            outlet(number).id(),
                            since,
                            bean(Clock.class).instant().plus(Duration.ofHours(1)))
                    .stream()
                    .flatMap(one -> episodes.findings(one.id()).stream())
                    .filter(one -> one.ending() == null || !one.ending().unfounded())
                    .map(one -> subject(one) + " " + one.rule())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining("; "));
            if (!all.isEmpty()) found.put(String.valueOf(number), all);
        }
        return found;
    }

    private static String subject(Episodes.EpisodeFinding finding) {
        return finding.rule() == MonitoringRule.OFFLINE ? "device" : finding.subject();
    }
}
