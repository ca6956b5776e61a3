package org.banhao.monitoring;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What judging readings has led to. Reads only; joins the caller's transaction. */
public interface Episodes {

    /** All that are open: the gravest first, then the oldest. */
    List<Episode> open();

    Optional<Episode> one(long id);

    /** Those that touch the span, unfounded ones left out, by begin. */
    List<Episode> ofOutlet(long outletId, Instant from, Instant until);

    /** What an episode consists of, by begin. */
    List<EpisodeFinding> findings(long episodeId);

    /** Of these episodes those that somebody has acknowledged in their present state, by id. */
    Map<Long, EpisodeAcknowledgement> acknowledged(Collection<Long> ids);

    /** What happened to it: opened, raised, acknowledged, closed …, in order. */
    List<EpisodeChange> changes(long episodeId);

    /**
     * What one rule found.
     *
     * @param subject code of the factor, {@code device:12}, or {@code *}
     * @param seconds for how long the rule's condition was met
     * @param ratio the worst; null: no such thing
     * @param endedAt null: goes on
     */
    record EpisodeFinding(
            MonitoringRule rule,
            String subject,
            Instant beganAt,
            Instant lastAt,
            long seconds,
            AlertLevel level,
            @Nullable Double ratio,
            String sentence,
            @Nullable Instant endedAt,
            @Nullable EpisodeEnding ending) {}

    /**
     * @param what 发现, 升级, 结束, 重新打开, 调整, 接警
     * @param by name of the person who did it; null: it was found by judging
     */
    record EpisodeChange(
            Instant at,
            String what,
            AlertLevel level,
            String sentence,
            @Nullable String by) {}
}
