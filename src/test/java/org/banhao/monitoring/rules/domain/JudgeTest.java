package org.banhao.monitoring.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.banhao.base.Audit;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.EpisodeEvent;
import org.banhao.monitoring.Episodes;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.RuleGroup;
import org.banhao.monitoring.StatutoryMark;
import org.banhao.monitoring.domain.RuledStation;
import org.banhao.monitoring.domain.RuledStation.Database;
import org.banhao.monitoring.rules.Finding;
import org.banhao.testing.Together;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Judging on both databases, with readings stored by the way on which all come. */
class JudgeTest {

    private static final String SULPHUR = "a21026";
    private static final Audit NO_AUDIT = (action, caseNumber, detail) -> {};

    /** One outlet and everything that judges it; made again over the same database it is a restart, or another node. */
    private static final class Node {

        final RuledStation station;
        final List<EpisodeEvent> told = Collections.synchronizedList(new ArrayList<>());
        final EpisodeRows rows;
        final StateRows states;
        final EpisodeKeeper keeper;
        final Judge judge;
        final RuleSweep sweep;

        @Nullable
        RuntimeException failure;

        RuleGroup failing = RuleGroup.EXCEED;

        Node(Database database) {
            this(new RuledStation(database));
        }

        Node(RuledStation station) {
            this.station = station;
            JdbcClient db = station.db();
            rows = new EpisodeRows(db);
            states = new StateRows(db, station.transactions());
            keeper = new EpisodeKeeper(
                    rows,
                    event -> {
                        if (failure != null && ((EpisodeEvent) event).episode().group() == failing) throw failure;
                        told.add((EpisodeEvent) event);
                    },
                    NO_AUDIT,
                    station.clock());
            judge = new Judge(
                    station.registry(),
                    station.readings(),
                    station.marks(),
                    new BookRows(db),
                    states,
                    rows,
                    keeper,
                    new History(station.readings(), station.registry()),
                    station.clock(),
                    station.transactions());
            sweep = new RuleSweep(judge, rows, states, station.sweepLock(), station.clock(), station.transactions());
        }

        /** Hour of 2026-03-26 or later, stored a minute after its end unless it is later already. */
        void hour(int hour, double value) {
            hour(hour, value, "N");
        }

        void hour(int hour, double value, String flag) {
            take(reading(hour, value, flag));
        }

        Reading reading(int hour, double value, String flag) {
            Instant due = begin(hour + 1).plus(Duration.ofMinutes(1));
            Instant now = station.clock().instant();
            return station.hour(SULPHUR, begin(hour), value, due.isAfter(now) ? due : now, flag);
        }

        void take(Reading... readings) {
            for (Reading one : readings) {
                Instant arrived = one.arrivedAt();
                Duration ahead = Duration.between(station.clock().instant(), arrived);
                if (!ahead.isNegative()) station.clock().advance(ahead);
            }
            station.take(judge, station.clock(), readings);
        }

        void tick() {
            new TransactionTemplate(station.transactions())
                    .executeWithoutResult(status -> judge.tick(
                            station.registry().outlet(station.outlet()).orElseThrow(), judge.known()));
        }

        void keep(Finding... found) {
            new TransactionTemplate(station.transactions())
                    .executeWithoutResult(
                            status -> keeper.keep(station.outlet(), List.of(found), Set.of(), null, Cause.NEW));
        }

        void again(int hour) {
            new TransactionTemplate(station.transactions())
                    .executeWithoutResult(status -> judge.anew(station.outlet(), begin(hour), Cause.HAND));
        }

        /** Those that hold, and what is in them. */
        List<String> episodes() {
            return rows.ofOutlet(station.outlet(), Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")).stream()
                    .map(one -> one.subject() + " " + one.group() + " " + one.beganAt() + " " + one.lastAt() + " "
                            + one.endedAt() + " " + one.level() + " " + one.ratio() + " " + one.ending() + " "
                            + one.sentence()
                            + holding(one.id()))
                    .toList();
        }

        private List<Episodes.EpisodeFinding> holding(long id) {
            return rows.findingsOf(id).stream()
                    .filter(one -> one.ending() == null
                            || !Objects.requireNonNull(one.ending()).unfounded())
                    .toList();
        }

        Episode only() {
            List<Episode> all = rows.ofOutlet(station.outlet(), Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
            assertThat(all).hasSize(1);
            return all.get(0);
        }

        /** A sweep judges the outlets of other tests too. */
        private List<EpisodeEvent> own() {
            return told.stream()
                    .filter(event -> event.episode().outletId() == station.outlet())
                    .toList();
        }

        List<String> ownKinds() {
            return own().stream().map(event -> event.getClass().getSimpleName()).toList();
        }

        Episode only(int event) {
            return own().get(event).episode();
        }

        List<String> kinds() {
            return told.stream().map(event -> event.getClass().getSimpleName()).toList();
        }
    }

    private static Instant begin(int hour) {
        return Instant.parse("2026-03-25T16:00:00Z").plus(Duration.ofHours(hour));
    }

    private static Node node(Database database) {
        Node node = new Node(database);
        node.station.clock().set("2026-03-26T00:00");
        return node;
    }

    @ParameterizedTest
    @EnumSource
    void hoursInARowAboveTheLimitAreOneEpisodeThatIsToldOnceRaisedAndClosed(Database database) {
        Node node = node(database);
        node.hour(8, 20);
        node.hour(9, 55);
        node.hour(10, 80);
        node.hour(10, 80);
        assertThat(node.kinds()).containsExactly("Opened", "Raised");
        assertThat(node.only().open()).isTrue();
        assertThat(node.only().level()).isEqualTo(AlertLevel.ORANGE);
        node.hour(11, 20);
        node.hour(12, 21);
        assertThat(node.kinds()).containsExactly("Opened", "Raised", "Closed");
        Episode episode = node.only();
        assertThat(episode.beganAt()).isEqualTo(begin(9));
        assertThat(episode.endedAt()).isEqualTo(begin(11));
        assertThat(episode.ending()).isEqualTo(EpisodeEnding.RECOVERED);
        assertThat(episode.late()).isFalse();
        assertThat(node.rows.changesOf(episode.id())).extracting("what").containsExactly("发现", "升级", "结束");
    }

    @ParameterizedTest
    @EnumSource
    void whatOneRuleFindsInTheTimeOfAnotherJoinsItsEpisode(Database database) {
        Node node = node(database);
        for (int hour = 4; hour < 9; hour++) node.hour(hour, 46 + hour * 0.1);
        node.hour(9, 60);
        Episode episode = node.only();
        assertThat(episode.beganAt()).isEqualTo(begin(4));
        assertThat(node.rows.findingsOf(episode.id()))
                .extracting("rule")
                .containsExactly(MonitoringRule.NEAR_LIMIT, MonitoringRule.HOUR_EXCEED);
        assertThat(episode.sentence()).contains("超过限值50");
    }

    @ParameterizedTest
    @EnumSource
    void judgingTwiceChangesNothing(Database database) {
        Node node = node(database);
        for (int hour = 0; hour < 60; hour++) node.hour(hour, value(hour, 7));
        List<String> before = node.episodes();
        node.told.clear();
        node.again(0);
        node.again(30);
        assertThat(node.episodes()).isEqualTo(before).isNotEmpty();
        assertThat(node.told).isEmpty();
    }

    private static double value(int hour, int seed) {
        return 20 + new Random(seed * 1000L + hour).nextInt(45);
    }

    /** Episodes follow from what was measured, and not from the order in which it came. */
    @ParameterizedTest
    @EnumSource
    void theOrderOfArrivalDoesNotChangeTheFinalEpisodes(Database database) {
        int seeds = database == Database.H2 ? 12 : 4;
        for (int seed = 0; seed < seeds; seed++) {
            Node inOrder = node(database);
            Node mixed = node(database);
            Random random = new Random(seed);
            List<Integer> hours = new ArrayList<>();
            for (int hour = 0; hour < 72; hour++) if (random.nextInt(8) > 0) hours.add(hour);
            // all of them late, so that what differs is the order alone
            inOrder.station.clock().set("2026-04-01T10:00");
            mixed.station.clock().set("2026-04-01T10:00");
            for (int hour : hours) inOrder.hour(hour, value(hour, seed), flag(hour, seed));
            Collections.shuffle(hours, random);
            for (int hour : hours) mixed.hour(hour, value(hour, seed), flag(hour, seed));
            assertThat(mixed.episodes())
                    .as("seed %d", seed)
                    .isEqualTo(inOrder.episodes())
                    .isNotEmpty();
            assertThat(opened(mixed) - unfounded(mixed))
                    .isEqualTo(inOrder.episodes().size());
        }
    }

    private static String flag(int hour, int seed) {
        return new Random(seed * 77L + hour).nextInt(9) == 0 ? "D" : "N";
    }

    private static long opened(Node node) {
        return node.told.stream().filter(EpisodeEvent.Opened.class::isInstance).count();
    }

    private static long unfounded(Node node) {
        return node.station
                .db()
                .sql("select count(*) from monitoring_episode where outlet_id = ? and ending in ('CORRECTED',"
                        + " 'MERGED', 'MARKED', 'STOP_REPORTED')")
                .param(node.station.outlet())
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @EnumSource
    void anHourSentLaterThatJoinsTwoEpisodesIsSaidAndOneGoesOn(Database database) {
        Node node = node(database);
        for (int hour : new int[] {8, 11, 12}) node.hour(hour, hour == 8 ? 60 : 20);
        node.hour(13, 70);
        // calm hours 9 and 10 were not told: the first one ended by 11 and 12
        assertThat(node.episodes()).hasSize(2);
        long first = node.told.get(0).episode().id();
        node.station.clock().set("2026-03-26T20:00");
        node.hour(12, 65, "N");
        node.hour(11, 65, "N");
        assertThat(node.only().id()).isEqualTo(first);
        assertThat(node.told.get(node.told.size() - 1)).isInstanceOfSatisfying(EpisodeEvent.Reopened.class, e -> {});
        assertThat(node.told).anySatisfy(event -> {
            assertThat(event).isInstanceOf(EpisodeEvent.Closed.class);
            assertThat(event.episode().ending()).isEqualTo(EpisodeEnding.MERGED);
            assertThat(event.episode().mergedInto()).isEqualTo(first);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aMarkSetInTimeTakesTheEpisodeBackAndItsEndBringsItBack(Database database) {
        Node node = node(database);
        node.hour(8, 90);
        long id = node.only().id();
        StatutoryMark mark = node.station.mark(node.judge, begin(7), begin(10));
        assertThat(node.episodes()).isEmpty();
        assertThat(node.told.get(1))
                .isEqualTo(new EpisodeEvent.Closed(node.rows.one(id).orElseThrow(), EpisodeEnding.MARKED));
        node.station.revoke(node.judge, mark);
        assertThat(node.only().id()).isEqualTo(id);
        assertThat(node.kinds()).containsExactly("Opened", "Closed", "Reopened");
    }

    @ParameterizedTest
    @EnumSource
    void aStopAcknowledgedAfterwardsTakesBackWhatItCovers(Database database) {
        Node node = node(database);
        node.hour(8, 90);
        node.station.stop(begin(6), begin(20));
        node.tick();
        assertThat(node.episodes()).isEmpty();
        assertThat(node.told.get(1))
                .isInstanceOfSatisfying(
                        EpisodeEvent.Closed.class,
                        closed -> assertThat(closed.ending()).isEqualTo(EpisodeEnding.STOP_REPORTED));
    }

    @ParameterizedTest
    @EnumSource
    void aStopThatBeginsEndsWhatIsOpenThoughNothingMoreComes(Database database) {
        Node node = node(database);
        node.hour(8, 90);
        node.station.stop(begin(10), begin(200));
        node.station.clock().set("2026-03-26T10:30");
        node.tick();
        node.tick();
        assertThat(node.only().endedAt()).isEqualTo(begin(10));
        assertThat(node.only().ending()).isEqualTo(EpisodeEnding.PLANNED_STOP);
        assertThat(node.kinds()).containsExactly("Opened", "Closed");
    }

    @ParameterizedTest
    @EnumSource
    void missingHoursAreOneEpisodeAndEndAsLateData(Database database) {
        Node node = node(database);
        node.station.clock().set("2026-03-26T10:01");
        node.tick();
        for (String now : List.of("2026-03-26T10:27", "2026-03-26T11:27", "2026-03-26T12:27")) {
            node.station.clock().set(now);
            node.tick();
        }
        assertThat(node.only().group()).isEqualTo(RuleGroup.DEVICE);
        assertThat(node.only().beganAt()).isEqualTo(begin(9));
        node.station.clock().set("2026-03-26T12:40");
        for (int hour = 9; hour < 12; hour++) node.hour(hour, 20 + hour);
        node.hour(12, 30);
        node.tick();
        node.station.clock().set("2026-03-26T13:27");
        node.tick();
        assertThat(node.only().ending()).isEqualTo(EpisodeEnding.LATE_DATA);
        assertThat(node.kinds()).containsExactly("Opened", "Closed");
    }

    @ParameterizedTest
    @EnumSource
    void aSilentDeviceIsToldOnceAndItsDataThatComeLaterAreSaid(Database database) {
        Node node = node(database);
        node.station.clock().set("2026-03-26T10:00");
        node.station.heard(node.station.device(), node.station.at("2026-03-26T09:50"));
        node.tick();
        node.tick();
        assertThat(node.kinds()).containsExactly("Opened");
        assertThat(node.only().sentence()).contains("没有收到数据");
        node.station.clock().set("2026-03-26T14:00");
        node.station.heard(node.station.device(), node.station.at("2026-03-26T14:00"));
        // the hours it missed
        for (int hour = 9; hour < 13; hour++) node.hour(hour, 20 + hour);
        node.tick();
        assertThat(node.rows.findingsOf(node.told.get(0).episode().id())).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(MonitoringRule.OFFLINE);
            assertThat(finding.ending()).isEqualTo(EpisodeEnding.LATE_DATA);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aConditionOfTenMinutesGoesOnThroughARestart(Database database) {
        Node node = node(database);
        long fan = node.station.equipment("引风机", "production", 10);
        long pump = node.station.equipment("循环泵", "treatment", 5);
        node.take(node.station.power(fan, begin(8), 40), node.station.power(pump, begin(8), 0.2));
        node.station.clock().set("2026-03-26T08:06");
        node.tick();
        assertThat(node.episodes()).isEmpty();
        Node restarted = new Node(node.station);
        node.station.clock().set("2026-03-26T08:10");
        restarted.tick();
        assertThat(restarted.episodes()).isEmpty();
        node.station.clock().set("2026-03-26T08:11");
        restarted.tick();
        assertThat(restarted.only().beganAt()).isEqualTo(begin(8));
        assertThat(restarted.only().group()).isEqualTo(RuleGroup.POWER);
        restarted.tick();
        new Node(node.station).tick();
        assertThat(restarted.kinds()).containsExactly("Opened");
    }

    @ParameterizedTest
    @EnumSource
    void phasesOfHj2122025AreThePowerOfTheirEquipmentThoughTheyComeInTwoPackets(Database database) {
        Node node = node(database);
        long fan = node.station.equipment("引风机", "production", 10, "d20105*d20405+d20205*d20505");
        long pump = node.station.equipment("循环泵", "treatment", 5, "d30706+d30806");
        for (int minute = 0; minute <= 15; minute++) {
            Instant at = begin(7).plus(Duration.ofMinutes(minute));
            node.take(
                    node.station.realtime(fan, "d20105", at, 220),
                    node.station.realtime(fan, "d20405", at, 50),
                    node.station.realtime(pump, "d30706", at, 0.1),
                    node.station.realtime(pump, "d30806", at, 0.1));
        }
        assertThat(node.told).as("of the fan one phase is missing").isEmpty();
        for (int minute = 0; minute <= 10; minute++) {
            Instant at = begin(8).plus(Duration.ofMinutes(minute));
            node.take(
                    node.station.realtime(fan, "d20105", at, 220),
                    node.station.realtime(fan, "d20405", at, 50),
                    node.station.realtime(pump, "d30706", at, 0.1),
                    node.station.realtime(pump, "d30806", at, 0.1));
            node.take(node.station.realtime(fan, "d20205", at, 220), node.station.realtime(fan, "d20505", at, 50));
            assertThat(node.told).hasSize(minute < 10 ? 0 : 1);
        }
        assertThat(node.only().group()).isEqualTo(RuleGroup.POWER);
        assertThat(node.only().sentence()).contains("引风机 22 kW", "循环泵 0.2 kW");
        List<String> asTheyCame = node.episodes();
        node.again(7);
        assertThat(node.episodes()).isEqualTo(asTheyCame);
    }

    @ParameterizedTest
    @EnumSource
    void theReadingThatCompletesTheTenMinutesOpensTheEpisodeAtOnce(Database database) {
        Node node = node(database);
        long fan = node.station.equipment("引风机", "production", 10);
        long pump = node.station.equipment("循环泵", "treatment", 5);
        for (int minute = 0; minute <= 10; minute++) {
            Instant at = begin(8).plus(Duration.ofMinutes(minute));
            node.take(node.station.power(fan, at, 40), node.station.power(pump, at, 0.2));
            assertThat(node.told).hasSize(minute < 10 ? 0 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void powerReadInAnyOrderLeadsToTheSame(Database database) {
        List<String> expected = null;
        for (int seed = 0; seed < 4; seed++) {
            Node node = node(database);
            long fan = node.station.equipment("引风机", "production", 10);
            long pump = node.station.equipment("循环泵", "treatment", 5);
            List<Reading> all = new ArrayList<>();
            for (int minute = 0; minute < 150; minute += 5) {
                Instant at = begin(8).plus(Duration.ofMinutes(minute));
                all.add(node.station.power(fan, at, 40));
                all.add(node.station.power(pump, at, minute > 20 && minute < 90 ? 0 : 20));
            }
            node.station.clock().set("2026-03-26T12:00");
            if (seed > 0) Collections.shuffle(all, new Random(seed));
            for (Reading one : all) {
                node.station.take(node.judge, node.station.clock(), one);
                if (seed == 3) node.tick();
            }
            List<String> power = node.episodes().stream()
                    .filter(one -> one.contains("POWER"))
                    .toList();
            if (expected == null) expected = power;
            assertThat(power).as("seed %d", seed).isEqualTo(expected).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoThreadsWithTheSameHourMakeOneEpisode(Database database) {
        for (int round = 0; round < 5; round++) {
            Node node = node(database);
            Node other = new Node(node.station);
            node.hour(8, 20);
            node.station.clock().set("2026-03-26T10:01");
            Reading hour = node.reading(9, 90, "N");
            Reading nitrogen = node.station.hour("a21002", begin(9), 300, hour.arrivedAt(), "N");
            Together.all(List.<Callable<Integer>>of(
                    () -> {
                        node.station.take(node.judge, node.station.clock(), hour);
                        return 1;
                    },
                    () -> {
                        node.station.take(other.judge, node.station.clock(), nitrogen);
                        return 1;
                    },
                    () -> {
                        other.tick();
                        return 1;
                    }));
            List<EpisodeEvent> told = new ArrayList<>(node.told);
            told.addAll(other.told);
            assertThat(told.stream()
                            .filter(event -> event.episode().group() == RuleGroup.EXCEED)
                            .map(event -> event.getClass().getSimpleName()
                                    + event.episode().subject()))
                    .containsExactlyInAnyOrder("Openeda21026", "Openeda21002");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatFailsIsStoredAllTheSameAndJudgedByTheNextSweep(Database database) {
        Node node = node(database);
        node.failure = new IllegalStateException("A listener that fails");
        node.hour(8, 90);
        assertThat(node.episodes()).isEmpty();
        assertThat(node.station.readings().ofOutlet(node.station.outlet(), ReadingKind.HOUR, null, begin(8), begin(9)))
                .hasSize(1);
        node.failure = null;
        node.sweep.sweep();
        assertThat(node.only().beganAt()).isEqualTo(begin(8));
        assertThat(node.kinds()).contains("Opened");
    }

    @ParameterizedTest
    @EnumSource
    void aWholeEpisodeFoundInLateDataIsToldAsLateAndAsOver(Database database) {
        Node node = node(database);
        node.hour(8, 20);
        node.hour(15, 20);
        for (int hour = 9; hour < 15; hour++) node.hour(hour, hour == 10 ? 90 : 20 + hour);
        assertThat(node.only().late()).isTrue();
        assertThat(node.only().open()).isFalse();
        assertThat(node.only().beganAt()).isEqualTo(begin(10));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheUpperPlatformHandsOnTheNextDayMakesNoHourMissingThatCameInTime(Database database) {
        Node node = node(database);
        node.station.clock().set("2026-03-26T08:30");
        node.tick();
        for (int hour = 8; hour < 12; hour++) node.hour(hour, 20 + hour);
        node.station.clock().set("2026-03-26T12:27");
        node.tick();
        node.station.clock().set("2026-03-27T09:00");
        for (int hour = 8; hour < 12; hour++)
            node.take(node.station.handedOn(node.station.hour(
                    SULPHUR, begin(hour), 20 + hour, node.station.clock().instant(), "N")));
        assertThat(node.told).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void powerConcernsTheOutletThatHasTheEquipmentWhereverItsMeterIsRegistered(Database database) {
        Node node = node(database);
        RuledStation elsewhere = new RuledStation(database);
        long fan = node.station.equipment("引风机", "production", 10);
        long pump = node.station.equipment("循环泵", "treatment", 5);
        node.station
                .db()
                .sql("update monitoring_device set outlet_id = ? where id in (?, ?)")
                .params(elsewhere.outlet(), fan, pump)
                .update();
        for (int minute = 0; minute <= 10; minute += 5) {
            Instant at = begin(8).plus(Duration.ofMinutes(minute));
            node.take(node.station.power(fan, at, 40), node.station.power(pump, at, 0.2));
        }
        assertThat(node.only().group()).isEqualTo(RuleGroup.POWER);
    }

    @ParameterizedTest
    @EnumSource
    void anHourThatIsMadeOfItsMinutesIsNotMissingBeforeItCanBeMade(Database database) {
        Node node = node(database);
        node.station.clock().set("2026-03-26T09:30");
        node.tick();
        for (String now : List.of("2026-03-26T10:21", "2026-03-26T10:25")) {
            node.station.clock().set(now);
            node.tick();
        }
        assertThat(node.told).isEmpty();
        node.take(node.station.computed(
                node.station.hour(SULPHUR, begin(9), 30, node.station.clock().instant(), "N")));
        node.station.clock().set("2026-03-26T10:28");
        node.tick();
        assertThat(node.told).isEmpty();
        node.station.clock().set("2026-03-26T11:28");
        node.tick();
        assertThat(node.only().beganAt()).isEqualTo(begin(10));
    }

    @ParameterizedTest
    @EnumSource
    void anEpisodeOfMonthsIsToldFromAllThatIsInIt(Database database) {
        Node node = node(database);
        Instant first = begin(0);
        Finding grave = finding(MonitoringRule.HOUR_EXCEED, first, first.plus(Duration.ofDays(4)), AlertLevel.RED);
        Finding goesOn = finding(MonitoringRule.NEAR_LIMIT, first.plus(Duration.ofDays(3)), null, AlertLevel.BLUE);
        node.keep(grave, goesOn);
        Episode before = node.only();
        node.station.clock().set("2026-06-10T10:00");
        node.keep(finding(MonitoringRule.DAY_EXCEED, begin(24 * 74), begin(24 * 75), AlertLevel.YELLOW));
        assertThat(node.only().beganAt()).isEqualTo(before.beganAt());
        assertThat(node.only().level()).isEqualTo(AlertLevel.RED);
        assertThat(node.kinds()).containsExactly("Opened");
    }

    private static Finding finding(MonitoringRule rule, Instant begins, @Nullable Instant ends, AlertLevel level) {
        Instant last = ends == null ? begins.plus(Duration.ofDays(1)) : ends;
        return new Finding(
                rule,
                SULPHUR,
                begins,
                last,
                Duration.between(begins, last).toSeconds(),
                level,
                null,
                "超过限值。",
                null,
                ends,
                ends == null ? null : EpisodeEnding.RECOVERED);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOpenEndsWhenTheOutletOrItsEnterpriseIsTakenOutOfUse(Database database) {
        for (String table : List.of("monitoring_outlet", "monitoring_enterprise")) {
            Node node = node(database);
            node.station.clock().set("2026-03-26T10:00");
            node.station.heard(node.station.device(), node.station.at("2026-03-26T09:30"));
            node.hour(9, 90);
            node.tick();
            assertThat(node.ownKinds()).containsExactly("Opened", "Opened");
            node.station.use(table, false);
            node.station.clock().set("2026-03-26T11:10");
            node.sweep.sweep();
            assertThat(node.ownKinds()).containsExactly("Opened", "Opened", "Closed", "Closed");
            assertThat(node.only(3).ending()).isEqualTo(EpisodeEnding.OUT_OF_USE);
            node.hour(10, 95);
            node.station.clock().set("2026-03-26T12:20");
            node.sweep.sweep();
            assertThat(node.ownKinds()).hasSize(4);
            node.station.use(table, true);
            node.hour(12, 95);
            assertThat(node.ownKinds().subList(4, node.ownKinds().size())).containsExactly("Opened");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBacklogThatCannotBeJudgedKeepsTheClockFromNothing(Database database) {
        Node node = node(database);
        node.failure = new IllegalStateException("A listener that fails");
        node.hour(8, 90);
        node.station.clock().set("2026-03-26T10:00");
        node.station.heard(node.station.device(), node.station.at("2026-03-26T09:50"));
        node.tick();
        assertThat(node.only().group()).isEqualTo(RuleGroup.DEVICE);
    }
}
