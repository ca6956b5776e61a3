package org.banhao.monitoring.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.EpisodeAcknowledgement;
import org.banhao.monitoring.domain.RuledStation;
import org.banhao.monitoring.domain.RuledStation.Database;
import org.banhao.people.Person;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.support.TransactionTemplate;

/** 接警, on both databases. */
class EpisodeDeskTest {

    private static final String SULPHUR = "a21026";
    private static final String DUTY = "environment-bureau-shangdang.duty-officer";
    private static final String LEADER = "environment-bureau-shangdang.brigade-leader";

    private static final class Somebody implements SignedIn {

        private List<String> groups = List.of(DUTY);

        @Override
        public Person person() {
            throw new AccessDeniedException("Nobody");
        }

        @Override
        public @Nullable Person personOrNull() {
            return null;
        }

        @Override
        public List<String> groups() {
            return groups;
        }

        @Override
        public boolean has(String groupId) {
            return groups.contains(groupId);
        }

        @Override
        public void require(String... anyOfGroups) {
            throw new AccessDeniedException("Not asked here");
        }
    }

    private static final class World {

        final RuledStation station;
        final Somebody somebody = new Somebody();
        final List<String> recorded = new ArrayList<>();
        final EpisodeRows rows;
        final Judge judge;
        final EpisodeDesk desk;

        World(Database database) {
            station = new RuledStation(database);
            station.clock().set("2026-03-26T00:00");
            Audit audit = (action, caseNumber, detail) -> recorded.add(action);
            rows = new EpisodeRows(station.db());
            judge = new Judge(
                    station.registry(),
                    station.readings(),
                    station.marks(),
                    new BookRows(station.db()),
                    new StateRows(station.db(), station.transactions()),
                    rows,
                    new EpisodeKeeper(rows, event -> {}, audit, station.clock()),
                    new History(station.readings(), station.registry()),
                    station.clock(),
                    station.transactions());
            desk = new EpisodeDesk(
                    new StoredEpisodes(rows),
                    rows,
                    station.registry(),
                    somebody,
                    () -> new Actor("wu-chen", "武晨", null, null, ""),
                    audit,
                    station.clock());
        }

        void hour(int hour, double value) {
            Instant begin = begin(hour);
            Instant arrived = begin.plus(Duration.ofMinutes(61));
            station.clock().advance(Duration.between(station.clock().instant(), arrived));
            station.take(judge, station.clock(), station.hour(SULPHUR, begin, value, arrived, "N"));
        }

        long only() {
            List<Episode> all =
                    rows.episodes(station.outlet(), SULPHUR, org.banhao.monitoring.RuleGroup.EXCEED, Instant.EPOCH);
            assertThat(all).hasSize(1);
            return all.get(0).id();
        }

        void acknowledge(long id, @Nullable String reason) {
            new TransactionTemplate(station.transactions())
                    .executeWithoutResult(status -> desk.acknowledge(id, reason));
        }

        @Nullable
        EpisodeAcknowledgement acknowledged() {
            long id = only();
            EpisodeAcknowledgement one = desk.one(id).line().acknowledged();
            assertThat(desk.one(id).acknowledges()).isEqualTo(one == null);
            return one;
        }
    }

    private static Instant begin(int hour) {
        return Instant.parse("2026-03-25T16:00:00Z").plus(Duration.ofHours(hour));
    }

    @ParameterizedTest
    @EnumSource
    void anAlertIsAcknowledgedOnceWithAReasonByThoseOnDuty(Database database) {
        World world = new World(database);
        world.hour(8, 60);
        long id = world.only();
        assertThat(world.acknowledged()).isNull();
        assertThatThrownBy(() -> world.acknowledge(id, "  "))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("接警说明");
        world.somebody.groups = List.of(LEADER);
        assertThat(world.desk.one(id).acknowledges())
                .as("sees it and is not on duty")
                .isFalse();
        assertThatThrownBy(() -> world.acknowledge(id, "已联系")).isInstanceOf(AccessDeniedException.class);
        world.somebody.groups = List.of(DUTY);

        world.acknowledge(id, "已电话联系企业，正在核对运维台账");

        EpisodeAcknowledgement one = Objects.requireNonNull(world.acknowledged());
        assertThat(one.by()).isEqualTo("武晨");
        assertThat(one.at()).isEqualTo(world.station.clock().instant());
        assertThat(one.reason()).isEqualTo("已电话联系企业，正在核对运维台账");
        assertThat(world.desk.one(id).changes())
                .extracting(change -> change.what() + " " + change.by())
                .containsExactly("发现 null", "接警 武晨");
        assertThat(world.recorded).contains("monitoring.acknowledgeEpisode");
        assertThatThrownBy(() -> world.acknowledge(id, "我也看到了"))
                .isInstanceOf(Overtaken.class)
                .hasMessageStartingWith("武晨已于2026年3月26日");
        assertThatThrownBy(() -> world.acknowledge(-1, "没有的")).hasMessageContaining("没有这条预警");
        assertThat(world.desk.open().stream()
                        .filter(line -> line.episode().id() == id)
                        .map(line -> Objects.requireNonNull(line.acknowledged()).by()))
                .containsExactly("武晨");
    }

    @ParameterizedTest
    @EnumSource
    void whatBecomesGraverOrOpensAgainHasToBeAcknowledgedAgain(Database database) {
        World world = new World(database);
        world.hour(8, 60);
        world.acknowledge(world.only(), "正在核对");
        world.hour(9, 61);
        assertThat(world.acknowledged()).as("goes on as it was").isNotNull();
        world.hour(10, 120);
        assertThat(world.rows.one(world.only()).orElseThrow().level()).isEqualTo(AlertLevel.RED);
        assertThat(world.acknowledged()).isNull();
        world.acknowledge(world.only(), "已通知企业限产");
        world.hour(11, 10);
        world.hour(12, 10);
        assertThat(world.rows.one(world.only()).orElseThrow().open()).isFalse();
        assertThat(world.acknowledged()).as("over, and seen").isNotNull();
        // a corrected value: it was not over
        Instant now = world.station.clock().instant();
        world.station.take(
                world.judge,
                world.station.clock(),
                world.station.handedOn(world.station.hour(SULPHUR, begin(11), 70, now, "N")),
                world.station.handedOn(world.station.hour(SULPHUR, begin(12), 70, now, "N")));
        assertThat(world.rows.one(world.only()).orElseThrow().open()).isTrue();
        assertThat(world.acknowledged()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void anUnfoundedOneNeedsNoneAndOneThatIsOverMayStillBeAcknowledged(Database database) {
        World world = new World(database);
        world.hour(8, 60);
        world.hour(9, 10);
        world.hour(10, 10);
        long id = world.only();
        assertThat(world.rows.one(id).orElseThrow().open()).isFalse();
        world.station.mark(world.judge, begin(8), begin(9));
        assertThat(world.desk.one(id).acknowledges()).isFalse();
        assertThatThrownBy(() -> world.acknowledge(id, "已核对")).hasMessageContaining("已经撤销");

        World other = new World(database);
        other.hour(8, 60);
        other.hour(9, 10);
        other.hour(10, 10);
        other.acknowledge(other.only(), "夜间短时超标，企业已说明");
        assertThat(other.acknowledged()).isNotNull();
    }
}
