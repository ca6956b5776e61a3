package org.banhao.monitoring.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.MonitoringRule;
import org.jspecify.annotations.Nullable;

/**
 * Opens a finding when a condition was met without a break for long enough, and ends it when its closing condition was. Figures of a
 * finding follow from the periods alone, never from when or how often this was called.
 */
final class Hysteresis {

    private Hysteresis() {}

    /**
     * @param marked whether readings it rests on may be marked until noon of the next day
     * @param thresholds those of the moment, or of the open finding's beginning
     * @param told gets the finding whenever it begins, changes or ends
     */
    static RuleState step(
            MonitoringRule rule,
            String subject,
            RuleState before,
            Instant begins,
            Instant ends,
            Verdict verdict,
            Duration openAfter,
            Duration closeAfter,
            boolean marked,
            Thresholds thresholds,
            Consumer<Finding> told) {
        RuleState state = before.until() != null && begins.isAfter(before.until()) ? broken(before) : before;
        if (verdict instanceof Verdict.Met met)
            return met(rule, subject, state, begins, ends, met, openAfter, marked, thresholds, told);
        if (verdict instanceof Verdict.Calm calm) return calm(state, begins, ends, calm, closeAfter, told);
        if (verdict instanceof Verdict.Stopped stopped) return stopped(state, ends, stopped, told);
        return new RuleState(ends, null, null, verdict.memory(), state.open(), state.held());
    }

    /** Periods are missing in between: what has to go on without a break begins anew. */
    private static RuleState broken(RuleState state) {
        return new RuleState(state.until(), null, null, state.memory(), state.open(), state.held());
    }

    private static RuleState met(
            MonitoringRule rule,
            String subject,
            RuleState state,
            Instant begins,
            Instant ends,
            Verdict.Met met,
            Duration openAfter,
            boolean marked,
            Thresholds thresholds,
            Consumer<Finding> told) {
        Instant first = met.since() == null ? begins : met.since();
        Instant since = state.since() == null ? first : state.since();
        Finding open = state.open();
        Map<Threshold, Double> held = state.held();
        if (open != null) {
            open = grown(open, ends, Duration.between(begins, ends), met);
            told.accept(open);
        } else if (Duration.between(since, ends).compareTo(openAfter) >= 0) {
            open = new Finding(
                    rule,
                    subject,
                    since,
                    ends,
                    Duration.between(since, ends).toSeconds(),
                    met.level(),
                    met.ratio(),
                    met.sentence(),
                    marked ? Marks.windowEnds(since) : null,
                    null,
                    null);
            held = thresholds.figures();
            told.accept(open);
        }
        return new RuleState(ends, since, null, met.memory(), open, held);
    }

    private static Finding grown(Finding open, Instant ends, Duration more, Verdict.Met met) {
        AlertLevel level = open.level().or(met.level());
        boolean worse = level != open.level() || worse(open.ratio(), met.ratio());
        return new Finding(
                open.rule(),
                open.subject(),
                open.beganAt(),
                ends,
                open.seconds() + more.toSeconds(),
                level,
                worse(open.ratio(), met.ratio()) ? met.ratio() : open.ratio(),
                worse ? met.sentence() : open.sentence(),
                open.countsFrom(),
                null,
                null);
    }

    private static boolean worse(@Nullable Double before, @Nullable Double now) {
        return now != null && (before == null || now > before);
    }

    private static RuleState calm(
            RuleState state,
            Instant begins,
            Instant ends,
            Verdict.Calm calm,
            Duration closeAfter,
            Consumer<Finding> told) {
        Finding open = state.open();
        if (open == null) return new RuleState(ends, null, null, calm.memory(), null, null);
        Instant calmSince = state.calmSince() == null ? begins : state.calmSince();
        if (Duration.between(calmSince, ends).compareTo(closeAfter) < 0)
            return new RuleState(ends, null, calmSince, calm.memory(), open, state.held());
        told.accept(open.ended(calmSince, calm.ending()));
        return new RuleState(ends, null, null, calm.memory(), null, null);
    }

    private static RuleState stopped(RuleState state, Instant ends, Verdict.Stopped stopped, Consumer<Finding> told) {
        Finding open = state.open();
        if (open != null) told.accept(ended(open, stopped.stopBegan()));
        return new RuleState(ends, null, null, List.of(), null, null);
    }

    static Finding ended(Finding open, Instant stopBegan) {
        Instant at = stopBegan.isAfter(open.lastAt()) ? stopBegan : open.lastAt();
        return open.ended(at, EpisodeEnding.PLANNED_STOP);
    }
}
