package org.banhao.monitoring.rules;

import java.time.Instant;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.MonitoringRule;
import org.jspecify.annotations.Nullable;

/**
 * A rule's condition was met for long enough. Known by rule, subject and begin.
 *
 * @param subject code of the factor, {@code device:12}, or {@code *} for the outlet
 * @param lastAt end of the last period in which the condition was met
 * @param seconds for how long it was met in all
 * @param ratio the worst; null: no such thing
 * @param countsFrom until then the first reading may be marked; null: not a matter of marks
 * @param endedAt null: goes on
 */
public record Finding(
        MonitoringRule rule,
        String subject,
        Instant beganAt,
        Instant lastAt,
        long seconds,
        AlertLevel level,
        @Nullable Double ratio,
        String sentence,
        @Nullable Instant countsFrom,
        @Nullable Instant endedAt,
        @Nullable EpisodeEnding ending) {

    /** What tells one finding from another at an outlet. */
    public record Key(MonitoringRule rule, String subject, Instant beganAt) {}

    public Key key() {
        return new Key(rule, subject, beganAt);
    }

    Finding ended(Instant at, EpisodeEnding why) {
        return new Finding(rule, subject, beganAt, lastAt, seconds, level, ratio, sentence, countsFrom, at, why);
    }
}
