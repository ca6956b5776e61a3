package org.banhao.monitoring.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.jspecify.annotations.Nullable;

/** Judges minutes, hours and days, one after the other in the order of their time. */
public final class PeriodJudging {

    /** A day is valid with 20 valid hours (HJ 212-2017, note to C.18). */
    private static final int MARKED_HOURS_OF_A_VALID_DAY = 4;

    private PeriodJudging() {}

    /** The rules that look at readings of a kind. */
    public static Set<MonitoringRule> rules(ReadingKind kind) {
        return ReadingRules.ALL.stream()
                .filter(rule -> rule.kind() == kind)
                .map(ReadingRule::rule)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(MonitoringRule.class)));
    }

    /**
     * @param states as they were after the period before; what is not in it has seen nothing
     * @param told gets each finding that begins, changes or ends
     * @return the states after this period
     */
    public static Map<RuleKey, RuleState> judge(
            Map<RuleKey, RuleState> states, Period period, Surroundings around, Consumer<Finding> told) {
        Map<RuleKey, RuleState> next = new LinkedHashMap<>(states);
        for (ReadingRule rule : ReadingRules.ALL) {
            if (rule.kind() != period.kind()) continue;
            for (String code : subjects(rule, states, period)) {
                Factor factor = around.factor(code).orElse(null);
                if (factor == null || !rule.concerns(factor, around.outlet())) continue;
                RuleKey key = new RuleKey(rule.rule(), code);
                RuleState before = afterStop(states.getOrDefault(key, RuleState.NONE), period.begins(), around, told);
                RuleState after = one(rule, factor, before, period, around, told);
                if (empty(after)) next.remove(key);
                else next.put(key, after);
            }
        }
        return next;
    }

    private static Set<String> subjects(ReadingRule rule, Map<RuleKey, RuleState> states, Period period) {
        Set<String> subjects = new TreeSet<>(period.readings().keySet());
        states.forEach((key, state) -> {
            if (key.rule() == rule.rule() && state.open() != null) subjects.add(key.subject());
        });
        return subjects;
    }

    private static RuleState one(
            ReadingRule rule,
            Factor factor,
            RuleState before,
            Period period,
            Surroundings around,
            Consumer<Finding> told) {
        Thresholds thresholds = around.thresholds()
                .of(rule.rule(), around.outlet(), period.begins())
                .orHeld(before.held());
        Verdict verdict = verdict(rule, new ReadingRule.Seen(period, factor, before, thresholds, around));
        return Hysteresis.step(
                rule.rule(),
                factor.code(),
                before,
                period.begins(),
                period.ends(),
                verdict,
                rule.openAfter(thresholds, verdict),
                rule.closeAfter(thresholds),
                rule.restsOnValues(),
                thresholds,
                told);
    }

    /** Where nothing came while it stood by a report, what was open ended with the stop. */
    private static RuleState afterStop(RuleState before, Instant begins, Surroundings around, Consumer<Finding> told) {
        Finding open = before.open();
        Instant until = before.until();
        if (open == null || until == null) return before;
        PlannedStop between = around.stops().stream()
                .filter(stop -> stop.acknowledgedAt() != null
                        && stop.beginsAt().isBefore(begins)
                        && stop.endsAt().isAfter(until))
                .findFirst()
                .orElse(null);
        if (between == null) return before;
        told.accept(Hysteresis.ended(open, between.beginsAt()));
        return RuleState.NONE;
    }

    private static Verdict verdict(ReadingRule rule, ReadingRule.Seen seen) {
        PlannedStop stop = stop(seen.period(), seen.around());
        if (stop != null) return new Verdict.Stopped(stop.beginsAt());
        Reading reading = seen.period().readings().get(seen.factor().code());
        if (reading == null || (rule.restsOnValues() && marked(seen))) return new Verdict.Unjudged(seen.memory());
        return rule.judge(seen, reading);
    }

    private static @Nullable PlannedStop stop(Period period, Surroundings around) {
        return around.stopAt(period.begins())
                // a day is no day of standing because it began with some
                .filter(stop ->
                        period.kind() != ReadingKind.DAY || !stop.endsAt().isBefore(period.ends()))
                .orElse(null);
    }

    private static boolean marked(ReadingRule.Seen seen) {
        String factor = seen.factor().code();
        if (seen.period().kind() != ReadingKind.DAY)
            return seen.around().markAt(factor, seen.period().begins()).isPresent();
        int hours = 0;
        for (Instant hour = seen.period().begins();
                hour.isBefore(seen.period().ends());
                hour = hour.plus(Duration.ofHours(1)))
            if (seen.around().markAt(factor, hour).isPresent()) hours++;
        return hours > MARKED_HOURS_OF_A_VALID_DAY;
    }

    private static boolean empty(RuleState state) {
        return state.since() == null
                && state.calmSince() == null
                && state.memory().isEmpty()
                && state.open() == null;
    }

    /** Ends what is open because the outlet stands by a report, though nothing comes from it any more. */
    public static Map<RuleKey, RuleState> stopped(
            Map<RuleKey, RuleState> states, PlannedStop stop, Consumer<Finding> told) {
        Map<RuleKey, RuleState> next = new LinkedHashMap<>();
        states.forEach((key, state) -> {
            Finding open = state.open();
            if (open == null) next.put(key, state);
            else told.accept(Hysteresis.ended(open, stop.beginsAt()));
        });
        return next;
    }
}
