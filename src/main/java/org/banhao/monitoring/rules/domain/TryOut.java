package org.banhao.monitoring.rules.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.rules.Arrivals;
import org.banhao.monitoring.rules.Finding;
import org.banhao.monitoring.rules.Period;
import org.banhao.monitoring.rules.PeriodJudging;
import org.banhao.monitoring.rules.PowerJudging;
import org.banhao.monitoring.rules.PowerState;
import org.banhao.monitoring.rules.RuleKey;
import org.banhao.monitoring.rules.RuleState;
import org.banhao.monitoring.rules.Surroundings;
import org.banhao.monitoring.rules.Threshold;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * 试算: what other thresholds would have found in past days, beside what was found. Changes nothing. Goes by the same rules as judging does, on
 * the readings as they are stored now.
 */
@Component
public class TryOut {

    private static final int MOST_DAYS = 45;
    /** A run, a window of hours and the days of a month begin before the first day asked for. */
    private static final int DAYS_BEFORE = 31;

    private final Judge judge;
    private final EpisodeRows rows;
    private final History history;
    private final Registry registry;
    private final SignedIn signedIn;
    private final Audit audit;
    private final Clock clock;

    TryOut(
            Judge judge,
            EpisodeRows rows,
            History history,
            Registry registry,
            SignedIn signedIn,
            Audit audit,
            Clock clock) {
        this.judge = judge;
        this.rows = rows;
        this.history = history;
        this.registry = registry;
        this.signedIn = signedIn;
        this.audit = audit;
        this.clock = clock;
    }

    /** What became of one finding. {@code was} null: it would be new; {@code would} null: it would not have been. */
    public record Difference(
            @Nullable Finding was, @Nullable Finding would) {

        /** 新增, 消失, 变化, 不变. */
        public String label() {
            return verdict().label();
        }

        TrialVerdict verdict() {
            if (was == null) return TrialVerdict.NEW;
            if (would == null) return TrialVerdict.GONE;
            return was.level() == would.level() && was.beganAt().equals(would.beganAt())
                    ? TrialVerdict.SAME
                    : TrialVerdict.CHANGED;
        }
    }

    /** @param would all that would have been found by the rules of these thresholds, by begin */
    public record Result(
            Outlet outlet, LocalDate first, LocalDate last, List<Finding> would, List<Difference> differences) {}

    /**
     * @param first in China
     * @param last included; not after today
     */
    @Transactional(readOnly = true)
    public Result run(long outletId, LocalDate first, LocalDate last, Map<Threshold, Double> figures) {
        check(first, last, figures);
        Result result = compute(outletId, first, last, figures);
        audit.record(
                "monitoring.tryThresholds",
                null,
                result.outlet().code() + " " + first + "至" + last + " " + figures.keySet());
        return result;
    }

    /** @throws Refusal it cannot be tried */
    void check(LocalDate first, LocalDate last, Map<Threshold, Double> figures) {
        ThresholdBooks.requireReader(signedIn);
        rules(figures);
        LocalDate today = ChineseTime.day(clock.instant());
        if (last.isBefore(first)) throw new Refusal("last", "“结束日”不能早于开始日，请重新选择。");
        if (last.isAfter(today)) throw new Refusal("last", "“结束日”不能晚于今天，试算只用已有的数据。");
        if (first.plusDays(MOST_DAYS).isBefore(last)) throw new Refusal("first", "一次最多试算" + MOST_DAYS + "天，请缩短时间。");
    }

    /** Whoever asks; what is asked has been checked. Within the caller's transaction. */
    Result compute(long outletId, LocalDate first, LocalDate last, Map<Threshold, Double> figures) {
        Outlet outlet = registry.outlet(outletId).orElseThrow(() -> new Refusal("outlet", "没有这个排放口，请从列表中重新选择。"));
        Set<MonitoringRule> rules = rules(figures);
        Instant begin = first.atStartOfDay(ChineseTime.ZONE).toInstant();
        Instant end = last.plusDays(1).atStartOfDay(ChineseTime.ZONE).toInstant();
        Instant before =
                first.minusDays(DAYS_BEFORE).atStartOfDay(ChineseTime.ZONE).toInstant();
        Known known = judge.known();
        Surroundings around =
                known.trying(outlet, before, end, known.thresholds().trying(figures));
        Map<Finding.Key, Finding> found = new LinkedHashMap<>();
        judge(outletId, rules, before, end, around, one -> {
            if (rules.contains(one.rule())) found.put(one.key(), one);
        });
        List<Finding> would = found.values().stream()
                .filter(one -> one.lastAt().isAfter(begin))
                .sorted(Comparator.comparing(Finding::beganAt))
                .toList();
        List<Finding> was = rows.findings(outletId, rules, begin).stream()
                .filter(row -> !row.unfounded())
                .map(EpisodeRows.Row::finding)
                .filter(one -> one.beganAt().isBefore(end) && one.lastAt().isAfter(begin))
                .toList();
        return new Result(outlet, first, last, would, differences(was, would));
    }

    private static Set<MonitoringRule> rules(Map<Threshold, Double> figures) {
        if (figures.isEmpty()) throw new Refusal("figures", "请至少填写一个要试算的阈值。");
        Set<MonitoringRule> rules = EnumSet.noneOf(MonitoringRule.class);
        figures.forEach((threshold, amount) -> {
            if (!(amount >= threshold.least() && amount <= threshold.most()))
                throw new Refusal("figures", "“" + threshold.label() + "”超出可填范围，请改小或改大后再试算。");
            if (threshold.rule() == MonitoringRule.OFFLINE)
                throw new Refusal("figures", "“离线”按收到报文的时刻判定，过去的时刻没有逐条保存，不能试算。");
            rules.add(threshold.rule());
            // how long a reading counts concerns both
            if (threshold == Threshold.POWER_FRESH_MINUTES) rules.add(MonitoringRule.STOP_NOT_STOPPED);
        });
        return rules;
    }

    private void judge(
            long outletId,
            Set<MonitoringRule> rules,
            Instant from,
            Instant end,
            Surroundings around,
            Consumer<Finding> told) {
        Instant until = end.isAfter(judge.now()) ? judge.now() : end;
        for (ReadingKind kind : List.of(ReadingKind.MINUTE, ReadingKind.HOUR, ReadingKind.DAY)) {
            if (PeriodJudging.rules(kind).stream().noneMatch(rules::contains)) continue;
            Map<RuleKey, RuleState> states = Map.of();
            for (Period period : history.periods(outletId, kind, from, until, around.equipment()))
                states = PeriodJudging.judge(states, period, around, told);
        }
        if (PowerJudging.rules().stream().anyMatch(rules::contains)) power(from, until, around, told);
        if (rules.contains(MonitoringRule.MISSING)) {
            RuleState state = RuleState.NONE;
            for (Arrivals.DueHour hour :
                    history.dueHours(outletId, from, until, missed -> false, begins -> Arrivals.due(begins, around))) {
                if (judge.mayStillCome(hour.begins(), around, judge.now())) break;
                state = Arrivals.judge(state, hour, around, told);
            }
        }
    }

    private void power(Instant from, Instant until, Surroundings around, Consumer<Finding> told) {
        PowerState state = PowerState.NONE;
        for (History.Point point : history.points(around.equipment(), from, until))
            state = PowerJudging.read(state, point.equipmentId(), point.at(), point.power(), around, told);
        PowerJudging.advance(state, until, around, told);
    }

    /** Findings of the same rule and subject that overlap are the same matter. */
    private static List<Difference> differences(List<Finding> was, List<Finding> would) {
        List<Finding> left = new ArrayList<>(would);
        List<Difference> differences = new ArrayList<>();
        for (Finding one : was) {
            Finding same = left.stream()
                    .filter(other -> overlap(one, other))
                    .findFirst()
                    .orElse(null);
            if (same != null) left.remove(same);
            differences.add(new Difference(one, same));
        }
        for (Finding one : left) differences.add(new Difference(null, one));
        return differences;
    }

    private static boolean overlap(Finding one, Finding other) {
        return one.rule() == other.rule()
                && one.subject().equals(other.subject())
                && one.beganAt().isBefore(other.lastAt())
                && other.beganAt().isBefore(one.lastAt());
    }
}
