package org.banhao.monitoring.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.domain.Station.Database;
import org.banhao.monitoring.gateway.ReceivedFrame;
import org.banhao.monitoring.hj212.Packet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredFramesTest {

    private static final String HOUR = "DataTime=20260326090000;"
            + "a21026-Avg=12.50,a21026-Min=3,a21026-Max=21,a21026-Cou=1.5,a21026-ZsAvg=15.25,a21026-Flag=N;"
            + "a01013-Avg=-0.12,a01013-Flag=N";

    @ParameterizedTest
    @EnumSource
    void anHourIsStoredWithEverythingItSays(Database database) {
        Station station = new Station(database);
        station.store(station.packet(2061, HOUR));
        List<Reading> hours = station.stored(ReadingKind.HOUR);
        assertThat(hours).extracting(Reading::factor).containsExactly("a01013", "a21026");
        Reading sulphur = hours.get(1);
        assertThat(sulphur.time()).isEqualTo(Station.at("2026-03-26T09:00:00"));
        assertThat(sulphur.value()).isEqualTo(12.5);
        assertThat(sulphur.lowest()).isEqualTo(3.0);
        assertThat(sulphur.highest()).isEqualTo(21.0);
        assertThat(sulphur.total()).isEqualTo(1.5);
        assertThat(sulphur.judged()).isEqualTo(15.25);
        assertThat(sulphur.flag()).isEqualTo("N");
        assertThat(sulphur.source()).isEqualTo(Reading.Source.DEVICE);
        assertThat(sulphur.late()).isFalse();
        assertThat(hours.get(0).value()).isEqualTo(-0.12);
        assertThat(station.readings.packet(station.device, java.util.Objects.requireNonNull(sulphur.frame())))
                .hasValueSatisfying(wire -> assertThat(new String(wire, java.nio.charset.StandardCharsets.UTF_8))
                        .contains("a21026-Avg=12.50"));
        assertThat(station.told).containsExactlyInAnyOrderElementsOf(hours);
    }

    @ParameterizedTest
    @EnumSource
    void aPacketSentAgainIsStoredOnceAndToldOnce(Database database) {
        Station station = new Station(database);
        ReceivedFrame packet = station.packet(2061, HOUR);
        station.store(packet, packet);
        station.store(packet);
        assertThat(station.packets()).isEqualTo(1);
        assertThat(station.told).hasSize(2);
    }

    /** Counted by day for the page of data quality, over several rounds of writing. */
    @ParameterizedTest
    @EnumSource
    void whatCameAgainOrWasRefusedIsCountedByDayAndTheClockIsKeptAsARange(Database database) throws Exception {
        Station station = new Station(database);
        ReceivedFrame packet = station.packet(2061, HOUR);
        station.store(packet, packet);
        station.notes.flush();
        station.now("2026-03-26T10:01:30");
        station.store(station.packet(2061, HOUR), station.received(packetOf(station, packet), false));
        java.net.InetAddress from = java.net.InetAddress.getLoopbackAddress();
        station.notes.refused(station.mn, from, org.banhao.monitoring.gateway.LineWatch.Refused.CHECKSUM);
        station.notes.refused(station.mn, from, org.banhao.monitoring.gateway.LineWatch.Refused.MALFORMED);
        station.notes.flush();
        station.now("2026-03-27T00:00:10");
        station.notes.refused(station.mn, from, org.banhao.monitoring.gateway.LineWatch.Refused.CHECKSUM);
        station.notes.flush();
        assertThat(station.db
                        .sql(
                                "select on_day, again, checksum, refused, clock_least, clock_most from monitoring_device_day"
                                        + " where device_id = ? order by on_day")
                        .param(station.device)
                        .query((row, n) -> row.getObject(1, java.time.LocalDate.class) + " " + row.getLong(2) + " "
                                + row.getLong(3) + " " + row.getLong(4) + " " + row.getObject(5) + " "
                                + row.getObject(6))
                        .list())
                .containsExactly("2026-03-26 2 1 2 -90 0", "2026-03-27 0 1 1 null null");
        assertThat(station.packets()).isEqualTo(2);
    }

    /** The same bytes, come now. */
    private static Packet packetOf(Station station, ReceivedFrame received) {
        return new Packet(received.frame().qn(), 31, 2061, "654321", station.mn, true, 0, 0, false, HOUR);
    }

    @ParameterizedTest
    @EnumSource
    void theSameReadingsInAnotherPacketAreToldOnce(Database database) {
        Station station = new Station(database);
        station.store(station.packet(2061, HOUR));
        station.store(station.packet(2061, HOUR));
        assertThat(station.packets()).isEqualTo(2);
        assertThat(station.told).hasSize(2);
        assertThat(station.stored(ReadingKind.HOUR)).allMatch(r -> r.changes() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void anotherValueTakesThePlaceAndIsCounted(Database database) {
        Station station = new Station(database);
        station.store(station.packet(2061, HOUR));
        station.store(
                station.packet(2061, "DataTime=20260326090000;a21026-Avg=99,a21026-Flag=D"),
                station.packet(2061, "DataTime=20260326080000;a21026-Avg=5,a21026-Flag=N"));
        Reading changed = station.stored(ReadingKind.HOUR).get(2);
        assertThat(changed.value()).isEqualTo(99.0);
        assertThat(changed.flag()).isEqualTo("D");
        // what was not said again stays
        assertThat(changed.highest()).isEqualTo(21.0);
        assertThat(changed.changes()).isEqualTo(1);
        assertThat(station.told).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void partsOfOnePacketCompleteEachOther(Database database) {
        Station station = new Station(database);
        Packet first = new Packet(
                "20260326100000001",
                31,
                2061,
                "654321",
                station.mn,
                true,
                2,
                1,
                false,
                "DataTime=20260326090000;a21026-Avg=1,a21026-Flag=N");
        Packet second = new Packet(
                "20260326100000002", 31, 2061, "654321", station.mn, true, 2, 2, false, "a21002-Avg=2,a21002-Flag=N");
        station.store(station.received(first, false));
        station.store(station.received(second, false));
        assertThat(station.stored(ReadingKind.HOUR))
                .extracting(Reading::factor, Reading::time)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a21002", Station.at("2026-03-26T09:00:00")),
                        org.assertj.core.groups.Tuple.tuple("a21026", Station.at("2026-03-26T09:00:00")));
    }

    @ParameterizedTest
    @EnumSource
    void aClockAYearOffGivesNoReadingsButIsKeptAndNoted(Database database) {
        Station station = new Station(database);
        station.store(
                station.packet(2011, "DataTime=20250326100000;a21026-Rtd=1,a21026-Flag=N"),
                station.packet(2061, "DataTime=20270326090000;a21026-Avg=1,a21026-Flag=N"),
                station.packet(2061, "a21026-Avg=1,a21026-Flag=N"));
        assertThat(station.told).isEmpty();
        assertThat(station.db
                        .sql("select note from monitoring_frame where device_id = ? order by note")
                        .param(station.device)
                        .query(String.class)
                        .list())
                .containsExactly("clock", "clock", "time");
    }

    @ParameterizedTest
    @EnumSource
    void howFarTheClockIsOffStandsWithTheDevice(Database database) {
        Station station = new Station(database);
        Packet packet =
                Packet.of("20270326100000000", 31, 2011, "654321", station.mn, "DataTime=20270326100000;a21026-Rtd=1");
        station.store(station.received(packet, false));
        station.notes.flush();
        assertThat(station.db
                        .sql("select clock_ahead from monitoring_device_state where device_id = ?")
                        .param(station.device)
                        .query(Long.class)
                        .single())
                .isEqualTo(Duration.ofDays(365).toSeconds());
    }

    @ParameterizedTest
    @EnumSource
    void anUpperPlatformsValueWinsWheneverItComes(Database database) {
        Station station = new Station(database);
        Reading own = reading(station, 40.0, Reading.Source.DEVICE);
        Reading province = reading(station, 30.0, Reading.Source.PLATFORM);
        station.intake.take(List.of(own));
        station.intake.take(List.of(province));
        station.intake.take(List.of(reading(station, 41.0, Reading.Source.DEVICE)));
        assertThat(station.stored(ReadingKind.HOUR))
                .singleElement()
                .satisfies(r -> assertThat(r.value()).isEqualTo(30.0))
                .satisfies(r -> assertThat(r.source()).isEqualTo(Reading.Source.PLATFORM));
        assertThat(station.told).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void anHourThatNeverCameIsMadeOfTheMinutesThatCameLater(Database database) {
        Station station = new Station(database);
        station.now("2026-03-26T12:30");
        for (int minute = 0; minute < 60; minute += 10) {
            station.store(station.packet(
                    2051,
                    "DataTime=20260326%02d%02d00;a21026-Avg=%d,a21026-ZsAvg=%d,a21026-Flag=N"
                            .formatted(9, minute, minute, 2 * minute),
                    true));
        }
        assertThat(station.stored(ReadingKind.HOUR)).singleElement().satisfies(hour -> {
            assertThat(hour.source()).isEqualTo(Reading.Source.COMPUTED);
            assertThat(hour.value()).isEqualTo(25.0);
            assertThat(hour.converted()).isEqualTo(50.0);
            assertThat(hour.flag()).isEqualTo("N");
            assertThat(hour.late()).isTrue();
        });
        station.store(station.packet(2061, HOUR, true));
        assertThat(station.stored(ReadingKind.HOUR).get(1).source()).isEqualTo(Reading.Source.DEVICE);
        assertThat(station.stored(ReadingKind.HOUR).get(1).value()).isEqualTo(12.5);
    }

    @ParameterizedTest
    @EnumSource
    void anHourThatTheDeviceLeavesOutIsMadeOfItsMinutesTwentyMinutesLater(Database database) {
        Station station = new Station(database);
        for (int minute = 0; minute < 60; minute += 10) {
            station.now("2026-03-26T%02d:%02d".formatted(minute == 50 ? 10 : 9, (minute + 11) % 60));
            station.store(
                    station.packet(2051, "DataTime=2026032609%02d00;a21026-Avg=6,a21026-Flag=N".formatted(minute)));
        }
        HourSweep sweep = new HourSweep(
                new SweepLock(station.db, station.clock),
                station.devices,
                station.queries,
                station.intake,
                station.partitions,
                station.clock,
                station.transactions);
        station.now("2026-03-26T10:19");
        sweep.sweep();
        assertThat(station.stored(ReadingKind.HOUR)).isEmpty();
        station.now("2026-03-26T10:25");
        sweep.sweep();
        assertThat(station.stored(ReadingKind.HOUR)).singleElement().satisfies(hour -> {
            assertThat(hour.time()).isEqualTo(Station.at("2026-03-26T09:00:00"));
            assertThat(hour.value()).isEqualTo(6.0);
            assertThat(hour.source()).isEqualTo(Reading.Source.COMPUTED);
            assertThat(hour.late()).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceWhoseHourCannotBeComputedKeepsNoOtherWaiting(Database database) {
        Station bad = new Station(database);
        Station good = new Station(database);
        for (Station station : List.of(bad, good))
            for (int minute = 0; minute < 60; minute += 10) {
                station.now("2026-03-26T%02d:%02d".formatted(minute == 50 ? 10 : 9, (minute + 11) % 60));
                station.store(
                        station.packet(2051, "DataTime=2026032609%02d00;a21026-Avg=6,a21026-Flag=N".formatted(minute)));
            }
        bad.failing = true;
        good.devices.refresh();
        good.also = bad;
        good.now("2026-03-26T10:25");
        good.db.sql("update monitoring_sweep set at = null").update();
        new HourSweep(
                        new SweepLock(good.db, good.clock),
                        good.devices,
                        good.queries,
                        good.intake,
                        good.partitions,
                        good.clock,
                        good.transactions)
                .sweep();
        assertThat(bad.stored(ReadingKind.HOUR)).isEmpty();
        assertThat(good.stored(ReadingKind.HOUR)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aDayOfWhichHoursComeLaterIsComputedAnew(Database database) {
        Station station = new Station(database);
        station.now("2026-03-28T12:30");
        for (int hour = 0; hour < 24; hour++) {
            station.store(station.packet(
                    2061,
                    "DataTime=20260326%02d0000;a21026-Avg=%d,a21026-Flag=N".formatted(hour, hour < 20 ? 10 : 40),
                    true));
            if (hour == 18)
                assertThat(station.stored(ReadingKind.DAY).get(0).flag()).isEqualTo("D");
        }
        assertThat(station.stored(ReadingKind.DAY)).singleElement().satisfies(day -> {
            assertThat(day.time()).isEqualTo(Station.at("2026-03-26T00:00:00"));
            assertThat(day.value()).isEqualTo(15.0);
            assertThat(day.flag()).isEqualTo("N");
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatAWatcherCannotTakeIsNotStored(Database database) {
        Station station = new Station(database);
        ReceivedFrame bad = station.packet(2061, "DataTime=20260326090000;a21026-Avg=1");
        // a device that was deleted between reading and storing
        ReceivedFrame gone = new ReceivedFrame(
                new org.banhao.monitoring.gateway.Device(
                        "nobody", 31, bad.device().dialect(), "", List.of()),
                bad.frame(),
                bad.at(),
                bad.from(),
                false);
        assertThatThrownBy(() -> station.store(bad, gone)).isInstanceOf(IllegalStateException.class);
        assertThat(station.packets()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOlderThanHasToBeKeptGoes(Database database) {
        Station station = new Station(database);
        station.store(station.packet(2061, HOUR));
        station.now("2032-03-26T10:00");
        station.partitions.drop();
        assertThat(station.packets()).isEqualTo(1);
        station.now("2032-04-02T10:00");
        assertThat(station.partitions.drop()).isPositive();
        assertThat(station.packets()).isZero();
        assertThat(station.stored(ReadingKind.HOUR)).isEmpty();
    }

    private static Reading reading(Station station, double value, Reading.Source source) {
        station.partitions.ensure(List.of(Station.at("2026-03-26T09:00:00")), List.of(station.clock.instant()));
        return new Reading(
                station.device,
                ReadingKind.HOUR,
                "a21026",
                Station.at("2026-03-26T09:00:00"),
                value,
                null,
                null,
                null,
                null,
                null,
                null,
                "N",
                source,
                null,
                station.clock.instant(),
                false,
                0);
    }
}
