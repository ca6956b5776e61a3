package org.banhao.monitoring.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.domain.Station.Database;
import org.banhao.monitoring.gateway.DeviceCommands;
import org.banhao.monitoring.gateway.GatewayOnLoopback;
import org.banhao.monitoring.gateway.TestLogger;
import org.banhao.monitoring.hj212.Corpus;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Frame;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Standard;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** From the wire into the database and back: a real socket, real storing. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoredLineTest {

    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);
    private static final String SOAK = "DXCBZ000000005";

    @ParameterizedTest
    @EnumSource
    void realTrafficCutAtRandomAndSentTwiceIsStoredOnceAndAnsweredEachTime(Database database) {
        Station station = new Station(database, "water");
        station.now("2021-04-12T15:30");
        station.db
                .sql(
                        "update monitoring_device set mn = ?, password = '123456', weak_until = date '2021-12-31' where id = ?")
                .params(SOAK, station.device)
                .update();
        station.devices.refresh();
        List<Corpus.Row> rows = new ArrayList<>(Corpus.soak());
        // some are sent again, now or later, as on a bad line
        Random random = new Random(212);
        List<Corpus.Row> sent = new ArrayList<>();
        for (Corpus.Row row : rows) {
            sent.add(row);
            if (random.nextInt(4) == 0) sent.add(row);
        }
        List<Corpus.Row> again = new ArrayList<>(rows.subList(0, 300));
        Collections.shuffle(again, random);
        sent.addAll(again);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        Map<String, Integer> answers = new HashMap<>();
        Set<String> packets = new HashSet<>();
        for (Corpus.Row row : sent) {
            line.writeBytes(row.line());
            if (row.cn() == 9014) continue;
            packets.add(row.packet());
            answers.merge(row.packet().substring(9, 26), 1, Integer::sum);
        }
        int expected = answers.values().stream().mapToInt(i -> i).sum();
        Map<String, Integer> answered = new HashMap<>();
        try (GatewayOnLoopback gateway = open(station);
                TestLogger logger = new TestLogger(gateway.port(), DIALECT)) {
            byte[] bytes = line.toByteArray();
            for (int at = 0; at < bytes.length; ) {
                int to = Math.min(bytes.length, at + 1 + random.nextInt(2000));
                logger.send(Arrays.copyOfRange(bytes, at, to));
                at = to;
            }
            for (int i = 0; i < expected; i++) {
                Frame answer = logger.answer();
                assertThat(answer.cn()).isEqualTo(9014);
                answered.merge(answer.qn(), 1, Integer::sum);
            }
            assertThat(logger.answerWithin(200)).isNull();
        }
        assertThat(answered).isEqualTo(answers);
        assertThat(station.packets()).isEqualTo(packets.size());
        List<Reading> stored = station.stored(ReadingKind.REALTIME);
        assertThat(stored).extracting(ReadingKey::of).doesNotHaveDuplicates();
        assertThat(stored).extracting(Reading::factor).contains("w01018", "w21003", "w21011", "w21001", "w01001");
        assertThat(station.db
                        .sql("delete from monitoring_device_state where device_id = ?")
                        .param(station.device)
                        .update())
                .isEqualTo(1);
        // the next database's station takes the same number
        station.db
                .sql("update monitoring_device set mn = ? where id = ?")
                .params("gone", station.device)
                .update();
    }

    @ParameterizedTest
    @EnumSource
    void strangersAreNotAnsweredAndStandInTheListOfThem(Database database) {
        Station station = new Station(database);
        String nobody = "nobody" + station.device;
        try (GatewayOnLoopback gateway = open(station);
                TestLogger logger = new TestLogger(gateway.port(), DIALECT)) {
            logger.send(wanting("000001", nobody));
            logger.send(wanting("000000", station.mn));
            logger.send(wanting("654321", station.mn));
            // lines keep their order: were one of the first two answered, it would come first
            assertThat(logger.answer().mn()).isEqualTo(station.mn);
            assertThat(logger.answerWithin(200)).isNull();
        }
        station.notes.flush();
        assertThat(station.db
                        .sql("select why from monitoring_stranger where mn in (?, ?) order by why")
                        .params(nobody, station.mn)
                        .query(String.class)
                        .list())
                .containsExactly("password", "unknown_device");
        assertThat(station.packets()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aPasswordThatEverybodyKnowsIsHeardUntilItsDayOnly(Database database) {
        Station station = new Station(database);
        station.db
                .sql("update monitoring_device set weak_until = date '2026-03-26' where id = ?")
                .param(station.device)
                .update();
        station.devices.refresh();
        assertThat(station.devices.find(station.mn)).isNotNull();
        station.now("2026-03-27T00:00");
        assertThat(station.devices.find(station.mn)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void missingHoursAreAskedForAndStoredAsLate(Database database) {
        Station station = new Station(database);
        try (GatewayOnLoopback gateway = open(station);
                TestLogger logger = new TestLogger(gateway.port(), DIALECT)) {
            Backfills backfills = backfills(station, gateway.commands());
            logger.send(wanting("654321", station.mn));
            logger.answer();
            station.notes.flush();
            // everything is there but two hours of the night
            station.db
                    .sql("update monitoring_device set minutes = 30 where id = ?")
                    .param(station.device)
                    .update();
            station.devices.refresh();
            List<Reading> there = new ArrayList<>();
            fill(station, there, ReadingKind.HOUR, 7 * 24 + 1, 3600);
            fill(station, there, ReadingKind.DAY, 8, 86_400);
            fill(station, there, ReadingKind.MINUTE, 49, 1800);
            there.removeIf(r -> r.kind() == ReadingKind.HOUR
                    && (r.time().equals(Station.at("2026-03-26T02:00:00"))
                            || r.time().equals(Station.at("2026-03-26T03:00:00"))));
            station.partitions.ensure(there.stream().map(Reading::time).toList(), List.of(station.clock.instant()));
            station.intake.take(there);
            assertThat(backfills.sweep()).isEqualTo(1);
            Frame asked = logger.answer();
            assertThat(asked.cn()).isEqualTo(2061);
            assertThat(asked.content()).isEqualTo("BeginTime=20260326020000;EndTime=20260326030000");
            logger.send(Packet.of(asked.qn(), 31, 9011, "654321", station.mn, "QnRtn=1"));
            for (String hour : List.of("02", "03")) {
                logger.send(Packet.of(
                                "202603261000009" + hour,
                                31,
                                2061,
                                "654321",
                                station.mn,
                                "DataTime=20260326" + hour + "0000;a21026-Avg=7,a21026-Flag=N")
                        .wantingAnswer());
                assertThat(logger.answer().cn()).isEqualTo(9014);
            }
            logger.send(Packet.of(asked.qn(), 31, 9012, "654321", station.mn, "ExeRtn=1"));
            logger.send(wanting("654321", station.mn));
            logger.answer();
            assertThat(backfills.sweep()).as("nothing is missing any more").isZero();
        }
        assertThat(station.readings.ofOutlet(
                        station.outlet,
                        ReadingKind.HOUR,
                        "a21026",
                        Station.at("2026-03-26T02:00:00"),
                        Station.at("2026-03-26T04:00:00")))
                .hasSize(2)
                .allMatch(Reading::late);
        assertThat(station.db
                        .sql("select outcome from monitoring_backfill where device_id = ? and packets = 2")
                        .param(station.device)
                        .query(String.class)
                        .list())
                .containsExactly("DONE");
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceThatHasNoSuchDataIsAskedThreeTimesAndNoMore(Database database) {
        Station station = new Station(database);
        DeviceCommands none = (mn, command) ->
                java.util.concurrent.CompletableFuture.completedFuture(new org.banhao.monitoring.gateway.CommandResult(
                        org.banhao.monitoring.gateway.CommandResult.Outcome.NO_DATA, 100, 0));
        Backfills backfills = backfills(station, none);
        int asked = 0;
        for (int round = 0; round < 40; round++) {
            station.db
                    .sql("update monitoring_device_state set heard_at = ? where device_id = ?")
                    .params(Moments.sql(station.clock.instant()), station.device)
                    .update();
            // the same hour of every round: time stands, only the waiting between two questions passes
            asked += own(station, backfills);
            station.db
                    .sql("update monitoring_backfill set asked_at = ? where device_id = ?")
                    .params(Moments.sql(station.clock.instant().minusSeconds(3 * 3600)), station.device)
                    .update();
        }
        assertThat(asked).isEqualTo(9);
    }

    private static int own(Station station, Backfills backfills) {
        long before = count(station);
        backfills.sweep();
        return (int) (count(station) - before);
    }

    private static long count(Station station) {
        return station.db
                .sql("select count(*) from monitoring_backfill where device_id = ?")
                .param(station.device)
                .query(Long.class)
                .single();
    }

    private static Backfills backfills(Station station, DeviceCommands commands) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("commands", commands);
        return new Backfills(
                station.db,
                station.devices,
                station.queries,
                station.registry,
                beans.getBeanProvider(DeviceCommands.class),
                station.clock);
    }

    private static void fill(Station station, List<Reading> there, ReadingKind kind, int count, int seconds) {
        java.time.Instant last = kind == ReadingKind.DAY
                ? ReadingKind.DAY.begin(station.clock.instant())
                : ReadingKind.HOUR.begin(station.clock.instant());
        for (int i = 0; i <= count; i++) {
            there.add(new Reading(
                    station.device,
                    kind,
                    "a21026",
                    last.minusSeconds((long) i * seconds),
                    1.0,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "N",
                    Reading.Source.DEVICE,
                    null,
                    station.clock.instant(),
                    false,
                    0));
        }
    }

    private static Packet wanting(String password, String mn) {
        return Packet.of("20260326100000000", 31, 2011, password, mn, "DataTime=20260326100000;a21026-Rtd=1")
                .wantingAnswer();
    }

    private static GatewayOnLoopback open(Station station) {
        return new GatewayOnLoopback(station.devices, station.sink, station.notes, station.clock);
    }
}
