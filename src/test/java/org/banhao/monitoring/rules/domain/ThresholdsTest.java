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
import org.banhao.monitoring.rules.Exemption;
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
import org.springframework.transaction.support.TransactionTemplate;

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

        /** As in earnest: all or nothing. */
        void whole(Runnable act) {
            new TransactionTemplate(station.transactions()).executeWithoutResult(status -> act.run());
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
        assertThatThrownBy(() -> world.whole(() -> world.books.set(world.wish(Threshold.HOUR_EXCEED_YELLOW, 0.7))))
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
    void theThreeLevelsOfARuleMoveTogetherAndNoneOfThemAlonePastAnother(Database database) {
        World world = new World(database);
        String outlet = String.valueOf(world.station.outlet());
        Map<String, String> levels =
                Map.of("HOUR_EXCEED_YELLOW", "1.2", "HOUR_EXCEED_ORANGE", "1.5", "HOUR_EXCEED_RED", "2");
        assertThat(world.books.enter(levels, outlet, "", "", "试算后调整")).isEqualTo(3);
        assertThat(world.present(Threshold.HOUR_EXCEED_YELLOW)).isEqualTo(1.2);
        assertThatThrownBy(() ->
                        world.whole(() -> world.books.enter(Map.of("HOUR_EXCEED_RED", "1.3"), outlet, "", "", "再调")))
                .hasMessageContaining("黄、橙、红三级应依次不减");
        assertThat(world.present(Threshold.HOUR_EXCEED_RED)).isEqualTo(2);
        assertThatThrownBy(() -> world.books.enter(Map.of("HOUR_EXCEED_RED", "很高"), outlet, "", "", "再调"))
                .hasMessageContaining("请填写数字");
        assertThatThrownBy(() -> world.books.enter(Map.of(), outlet, "", "", "再调"))
                .hasMessageContaining("请至少填写一项新的阈值");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsEndedGivesWayToWhatIsMoreGeneralFromThenOnOnly(Database database) {
        World world = new World(database);
        long id = world.books.set(world.wish(Threshold.NEAR_LIMIT_HOURS, 6));
        Instant before = world.station.clock().instant();
        world.station.clock().advance(Duration.ofHours(3));
        world.books.end(id, "改按常用值");
        assertThat(world.present(Threshold.NEAR_LIMIT_HOURS)).isEqualTo(4);
        Outlet outlet = world.station.registry().outlet(world.station.outlet()).orElseThrow();
        assertThat(new BookRows(world.station.db()).thresholds().at(Threshold.NEAR_LIMIT_HOURS, outlet, before))
                .isEqualTo(6);
        assertThat(world.books.figures(new Scope(null, world.station.outlet())))
                .filteredOn(figure -> figure.threshold() == Threshold.NEAR_LIMIT_HOURS)
                .extracting(ThresholdBooks.Figure::from)
                .containsExactly("常用值");
        assertThatThrownBy(() -> world.books.end(id, "再停")).hasMessageContaining("已经停止适用");
    }

    @ParameterizedTest
    @EnumSource
    void aTrialInTheBackgroundSaysHowFarItIsAndKeepsWhatItFound(Database database) {
        World world = new World(database);
        world.station.clock().set("2026-03-27T10:00");
        for (int hour = 0; hour < 30; hour++) world.hour(hour, hour < 5 ? 46 + hour * 0.2 : 20 + hour * 0.1);
        List<Runnable> work = new ArrayList<>();
        Trials trials = new Trials(
                world.trial,
                world.station.db(),
                world.station.registry(),
                world.somebody,
                () -> Actor.SYSTEM,
                (action, caseNumber, detail) -> world.recorded.add(action),
                world.station.clock(),
                world.station.transactions(),
                work::add);
        Map<String, String> longer = Map.of("NEAR_LIMIT_HOURS", "6");
        List<Long> outlets = List.of(world.station.outlet());
        long id = trials.start(longer, outlets, "2026-03-26", "2026-03-26");
        Instant now = world.station.clock().instant();
        assertThat(trials.one(id).running(now)).isTrue();
        assertThat(trials.one(id).running(now.plus(Duration.ofMinutes(6))))
                .as("its node is not there any more")
                .isFalse();
        assertThatThrownBy(() -> trials.start(longer, outlets, "2026-03-26", "2026-03-26"))
                .hasMessageContaining("还在进行");
        work.get(0).run();
        assertThat(trials.one(id).done()).isEqualTo(1);
        assertThat(trials.one(id).endedAt()).isNotNull();
        assertThat(trials.one(id).figures()).containsExactly(Map.entry(Threshold.NEAR_LIMIT_HOURS, 6.0));
        assertThat(trials.lines(id)).singleElement().satisfies(line -> {
            assertThat(line.verdict()).isEqualTo(TrialVerdict.GONE);
            assertThat(line.subject()).isEqualTo("二氧化硫");
            assertThat(line.wouldBegin()).isNull();
        });
        assertThatThrownBy(() -> trials.start(longer, List.of(), "2026-03-26", "2026-03-26"))
                .hasMessageContaining("请至少选择一个排放口");
        assertThatThrownBy(() -> trials.start(Map.of("OFFLINE_MINUTES", "9"), outlets, "2026-03-26", "2026-03-26"))
                .hasMessageContaining("不能试算");
    }

    @ParameterizedTest
    @EnumSource
    void anExemptionHoldsForMarksThatBeginOnItsDays(Database database) {
        World world = new World(database);
        JdbcClient db = world.station.db();
        Exemptions exemptions = new Exemptions(
                db,
                new BookRows(db),
                world.station.registry(),
                world.somebody,
                () -> Actor.SYSTEM,
                (action, caseNumber, detail) -> world.recorded.add(action),
                world.station.clock());
        String word = "点炉" + world.station.outlet();
        assertThatThrownBy(() -> exemptions.add("boiler", word, "", "6", "HJ 953-2018", "2026-03-25"))
                .hasMessageContaining("不能早于今天");
        exemptions.add("boiler", word, "", "6", "HJ 953-2018", "2026-03-26");
        Exemption added = exemptions.all().stream()
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow();
        assertThat(added.holds(LocalDate.parse("2026-03-25"))).isFalse();
        exemptions.end(added.id());
        Exemption ended = exemptions.all().stream()
                .filter(one -> one.id() == added.id())
                .findFirst()
                .orElseThrow();
        assertThat(ended.holds(LocalDate.parse("2026-03-26"))).isTrue();
        assertThat(ended.holds(LocalDate.parse("2026-03-27"))).isFalse();
        assertThatThrownBy(() -> exemptions.end(added.id())).isInstanceOf(Refusal.class);
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
        long later = world.orders.order(world.station.outlet(), world.station.at("2026-03-27T09:00"), null, 0, "红色预警");
        world.orders.lift(later);
        assertThat(world.orders.entries())
                .as("one that has not begun is gone")
                .noneMatch(entry -> entry.order().id() == later);
        assertThatThrownBy(() -> world.orders.lift(id)).isInstanceOf(Refusal.class);
        world.somebody.groups = List.of();
        assertThatThrownBy(() -> world.orders.order(world.station.outlet(), begins, null, 20, "预警"))
                .isInstanceOf(AccessDeniedException.class);
    }
}
