package org.banhao.monitoring.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.MonitoringRule;

/** 缺数: hours that had to come and did not come in time. Judged by the clock, hour after hour. */
public final class Arrivals {

    private Arrivals() {}

    /**
     * An hour that is due.
     *
     * @param factors those that the outlet has to report, and when each came; {@link #ABSENT} where it has not
     */
    public record DueHour(Instant begins, Map<String, Instant> factors) {

        public DueHour {
            factors = Map.copyOf(factors);
        }

        Instant ends() {
            return begins.plus(Duration.ofHours(1));
        }
    }

    /** Has not come. */
    public static final Instant ABSENT = Instant.MAX;

    /** Until when the hour has to come. */
    public static Instant due(Instant begins, Surroundings around) {
        return begins.plus(Duration.ofHours(1))
                .plus(around.thresholds()
                        .of(MonitoringRule.MISSING, around.outlet(), begins)
                        .minutes(Threshold.MISSING_MINUTES));
    }

    /** Remembers how many hours of the run have not come to this day. */
    public static RuleState judge(RuleState before, DueHour hour, Surroundings around, Consumer<Finding> told) {
        Thresholds thresholds = around.thresholds().of(MonitoringRule.MISSING, around.outlet(), hour.begins());
        return Hysteresis.step(
                MonitoringRule.MISSING,
                RuleKey.WHOLE_OUTLET,
                before,
                hour.begins(),
                hour.ends(),
                verdict(before, hour, around, thresholds),
                Duration.ZERO,
                Duration.ZERO,
                false,
                thresholds,
                told);
    }

    private static Verdict verdict(RuleState before, DueHour hour, Surroundings around, Thresholds thresholds) {
        var stop = around.stopAt(hour.begins());
        if (stop.isPresent()) return new Verdict.Stopped(stop.get().beginsAt());
        if (hour.factors().isEmpty()) return new Verdict.Unjudged(before.memory());
        Instant due = due(hour.begins(), around);
        Map<String, Instant> missed = new TreeMap<>();
        hour.factors().forEach((factor, came) -> {
            if (came.isAfter(due)) missed.put(factor, came);
        });
        double absent = before.open() == null || before.memory().isEmpty()
                ? 0
                : before.memory().get(0);
        if (missed.isEmpty())
            return new Verdict.Calm(List.of(), absent > 0 ? EpisodeEnding.RECOVERED : EpisodeEnding.LATE_DATA);
        return new Verdict.Met(
                AlertLevel.BLUE,
                null,
                Say.hour(hour.begins()) + "小时数据在该小时结束"
                        + Say.duration(thresholds.minutes(Threshold.MISSING_MINUTES)) + "后仍未收到："
                        + missed.keySet().stream()
                                .map(code ->
                                        around.factor(code).map(Factor::name).orElse(code))
                                .collect(Collectors.joining("、"))
                        + "（应报" + hour.factors().size() + "项，缺" + missed.size() + "项）。",
                List.of(absent + (missed.containsValue(ABSENT) ? 1 : 0)),
                null);
    }
}
