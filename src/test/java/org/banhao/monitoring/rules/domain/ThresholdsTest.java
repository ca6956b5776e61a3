package org.banhao.monitoring.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.domain.RuledStation;
import org.banhao.monitoring.domain.RuledStation.Database;
import org.banhao.monitoring.rules.Finding;
import org.banhao.monitoring.rules.Threshold;
import org.banhao.monitoring.rules.domain.ThresholdBooks.Scope;
import org.banhao.monitoring.rules.domain.ThresholdBooks.Wish;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

/** Thresholds, orders and trials as people use them, on both databases. */
class ThresholdsTest {

    private static final String DUTY = "environment-bureau-shangdang.duty-officer";

    /** Whoever is wanted. */
    private static final class Somebody implements SignedIn {

        private List<String> groups = List.of(Roles.RULES_ADMINISTRATOR);

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
            for (String group : anyOfGroups) if (has(group)) return;
            throw new AccessDeniedException("Not in the groups");
        }
    }

    private static final class World {

        final RuledStation station;
        final Somebody somebody = new Somebody();
        final List<String> recorded = new ArrayList<>();
        final EpisodeRows rows;
        final Judge judge;
        final ThresholdBooks books;
        final TryOut trial;
        final ProductionOrders orders;

        World(Database database) {
            station = new RuledStation(database);
            station.clock().set("2026-03-26T10:00");
            JdbcClient db = station.db();
            Audit audit = (action, caseNumber, detail) -> recorded.add(action);
            rows = new EpisodeRows(db);
            History history = new History(station.readings(), station.registry());
            judge = new Judge(
                    station.registry(),
                    station.readings(),
                    station.marks(),
                    new BookRows(db),
                    new StateRows(db, station.transactions()),
                    rows,
                    new EpisodeKeeper(rows, event -> {}, audit, station.clock()),
                    history,
                    station.clock(),
                    station.transactions());
            books = new ThresholdBooks(db, station.registry(), somebody, () -> Actor.SYSTEM, audit, station.clock());
            trial = new TryOut(judge, rows, history, station.registry(), somebody, audit, station.clock());
            orders = new ProductionOrders(
                    db,
                    new BookRows(db),
                    judge,
                    station.registry(),
                    somebody,
                    () -> Actor.SYSTEM,
                    audit,
                    station.clock());
        }

        Wish wish(Threshold threshold, double amount) {
            return new Wish(threshold, new Scope(null, station.outlet()), amount, null, null, "试运行后调整");
        }

        double present(Threshold threshold) {
            Outlet outlet = station.registry().outlet(station.outlet()).orElseThrow();
            return new BookRows(station.db())
                    .thresholds()
                    .at(threshold, outlet, station.clock().instant());
        }

        void hour(int hour, double value) {
            Instant begins = station.at("2026-03-26T00:00").plus(Duration.ofHours(hour));
            station.take(
                    judge,
                    station.clock(),
                    station.hour("a21026", begins, value, begins.plus(Duration.ofMinutes(61)), "N"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProposalHoldsOnceItIsAdopted(Database database) {
        World world = new World(database);
        world.somebody.groups = List.of(DUTY);
        long id = world.books.propose(world.wish(Threshold.NEAR_LIMIT_HOURS, 6));
        assertThat(world.present(Threshold.NEAR_LIMIT_HOURS)).isEqualTo(4);
        assertThatThrownBy(() -> world.books.adopt(id)).isInstanceOf(AccessDeniedException.class);
        world.somebody.groups = List.of(Roles.RULES_ADMINISTRATOR);
        world.station.clock().advance(Duration.ofHours(3));
        world.books.adopt(id);
        assertThat(world.present(Threshold.NEAR_LIMIT_HOURS)).isEqualTo(6);
        assertThat(world.recorded).containsExactly("monitoring.proposeThreshold", "monitoring.adoptThreshold");
        assertThatThrownBy(() -> world.books.refuse(id, "重复")).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasRefusedNeverHolds(Database database) {
        World world = new World(database);
        world.somebody.groups = List.of(DUTY);
        long id = world.books.propose(world.wish(Threshold.NEAR_LIMIT_HOURS, 6));
        world.somebody.groups = List.of(Roles.RULES_ADMINISTRATOR);
        world.books.refuse(id, "依据不足");
        assertThat(world.present(Threshold.NEAR_LIMIT_HOURS)).isEqualTo(4);
        assertThat(world.books.entries().get(0).decisionReason()).isEqualTo("依据不足");
    }

    @ParameterizedTest
    @EnumSource
    void badFiguresAreRefusedInASentence(Database database) {
        World world = new World(database);
        assertThatThrownBy(() -> world.books.set(world.wish(Threshold.NEAR_LIMIT_SHARE, 2)))
                .hasMessage("“贴限·达到限值的比例”请填写0.5至1之间的数。");
        assertThatThrownBy(() -> world.books.set(world.wish(Threshold.NEAR_LIMIT_SHARE, Double.NaN)))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> world.books.set(world.wish(Threshold.HOUR_EXCEED_YELLOW, 0.7)))
                .hasMessageContaining("黄、橙、红三级应依次不减");
        assertThatThrownBy(() -> world.books.set(new Wish(
                        Threshold.NEAR_LIMIT_HOURS, Scope.ALL, 5, world.station.at("2026-03-25T00:00"), null, "追溯")))
                .hasMessageContaining("“生效时间”不能早于现在");
        assertThatThrownBy(() -> world.books.set(new Wish(Threshold.NEAR_LIMIT_HOURS, Scope.ALL, 5, null, null, " ")))
                .hasMessageContaining("请填写“理由”");
        assertThat(world.books.entries().stream()
                        .filter(entry -> Long.valueOf(world.station.outlet())
                                .equals(entry.scope().outletId())))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTrialTellsWhatWouldHaveBeenAndChangesNothing(Database database) {
        World world = new World(database);
        world.station.clock().set("2026-03-27T10:00");
        for (int hour = 0; hour < 30; hour++)
            world.hour(hour, hour < 5 ? 46 + hour * 0.2 : hour == 20 ? 60 : 20 + hour * 0.1);
        int episodes = episodes(world);
        TryOut.Result longer = world.trial.run(
                world.station.outlet(),
                LocalDate.parse("2026-03-26"),
                LocalDate.parse("2026-03-26"),
                Map.of(Threshold.NEAR_LIMIT_HOURS, 6.0));
        assertThat(longer.would()).isEmpty();
        assertThat(longer.differences()).extracting(TryOut.Difference::label).containsExactly("消失");
        TryOut.Result same = world.trial.run(
                world.station.outlet(),
                LocalDate.parse("2026-03-26"),
                LocalDate.parse("2026-03-26"),
                Map.of(Threshold.NEAR_LIMIT_HOURS, 4.0, Threshold.HOUR_EXCEED_RED, 1.0));
        assertThat(same.would())
                .extracting(Finding::rule)
                .containsExactly(MonitoringRule.NEAR_LIMIT, MonitoringRule.HOUR_EXCEED);
        assertThat(same.differences()).extracting(TryOut.Difference::label).containsOnly("不变");
        TryOut.Result lower = world.trial.run(
                world.station.outlet(),
                LocalDate.parse("2026-03-26"),
                LocalDate.parse("2026-03-26"),
                Map.of(Threshold.HOUR_EXCEED_RED, 0.1, Threshold.HOUR_EXCEED_ORANGE, 0.05));
        assertThat(lower.differences()).extracting(TryOut.Difference::label).containsExactly("变化");
        assertThat(episodes(world)).isEqualTo(episodes).isPositive();
        assertThat(world.present(Threshold.NEAR_LIMIT_HOURS)).isEqualTo(4);
    }

    private static int episodes(World world) {
        return world.rows
                .ofOutlet(world.station.outlet(), Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"))
                .size();
    }

    @ParameterizedTest
    @EnumSource
    void anOrderJudgesWhatWasDrawnSinceItBegan(Database database) {
        World world = new World(database);
        world.somebody.groups = List.of(DUTY);
        long fan = world.station.equipment("引风机", "production", 10);
        Instant begins = world.station.at("2026-03-26T09:00");
        for (int minute = 0; minute < 60; minute += 5)
            world.station.take(
                    world.judge,
                    world.station.clock(),
                    world.station.power(fan, begins.plus(Duration.ofMinutes(minute)), 40));
        assertThat(episodes(world)).isZero();
        long id = world.orders.order(world.station.outlet(), begins, null, 20, "重污染天气橙色预警");
        assertThat(world.rows.ofOutlet(world.station.outlet(), begins, begins.plus(Duration.ofDays(1))))
                .singleElement()
                .satisfies(episode -> assertThat(episode.sentence()).contains("重污染天气橙色预警要求", "不超过20 kW，实际40 kW"));
        world.orders.lift(id);
        assertThatThrownBy(() -> world.orders.lift(id)).isInstanceOf(Refusal.class);
        world.somebody.groups = List.of();
        assertThatThrownBy(() -> world.orders.order(world.station.outlet(), begins, null, 20, "预警"))
                .isInstanceOf(AccessDeniedException.class);
    }
}
