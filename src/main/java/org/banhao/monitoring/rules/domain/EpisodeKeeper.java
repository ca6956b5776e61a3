package org.banhao.monitoring.rules.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.banhao.base.Audit;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.EpisodeEvent;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.RuleGroup;
import org.banhao.monitoring.rules.Finding;
import org.banhao.monitoring.rules.RuleKey;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Brings stored findings and episodes to what judging says now. Findings of a group that overlap in time are one episode; which ones follows
 * from the findings alone, so in whichever order data come the same episodes result. What was told as an episode before keeps its number;
 * where that is not possible any more (two turn out to be one, or one to be two) this is written down and told.
 *
 * <p>Within the caller's transaction, by whom the outlet is held.
 */
@Component
class EpisodeKeeper {

    /** Findings that ended so long before are not looked at again. */
    static final Duration BACK = Duration.ofDays(60);

    private final EpisodeRows rows;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final Clock clock;

    EpisodeKeeper(EpisodeRows rows, ApplicationEventPublisher events, Audit audit, Clock clock) {
        this.rows = rows;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** What an episode is about, and what kind it is of. */
    private record Topic(String subject, RuleGroup group) {

        static Topic of(Finding finding) {
            RuleGroup group = finding.rule().group();
            return new Topic(group.perFactor() ? finding.subject() : RuleKey.WHOLE_OUTLET, group);
        }
    }

    /**
     * @param found findings that began, changed or ended
     * @param judgedAnew rules of which everything from {@code from} on was judged anew: stored findings that reach beyond it and are not
     *     among those found were none
     * @param from null: nothing was judged anew
     */
    void keep(
            long outletId,
            Collection<Finding> found,
            Set<MonitoringRule> judgedAnew,
            @Nullable Instant from,
            Cause cause) {
        if (found.isEmpty() && from == null) return;
        Set<MonitoringRule> rules = EnumSet.noneOf(MonitoringRule.class);
        Instant after = from == null ? Instant.MAX : from;
        for (Finding one : found) {
            rules.add(one.rule());
            if (one.beganAt().isBefore(after)) after = one.beganAt();
        }
        if (from != null) rules.addAll(judgedAnew);
        Map<Finding.Key, EpisodeRows.Row> stored = new HashMap<>();
        for (EpisodeRows.Row row : rows.findings(outletId, rules, after))
            stored.put(row.finding().key(), row);
        Set<Topic> touched = new LinkedHashSet<>();
        Set<Finding.Key> kept = new HashSet<>();
        for (Finding one : found) {
            kept.add(one.key());
            EpisodeRows.Row row = stored.get(one.key());
            if (row == null) rows.insert(outletId, one);
            else if (!row.finding().equals(one)) rows.update(row.id(), one);
            else continue;
            touched.add(Topic.of(one));
        }
        if (from != null) {
            for (EpisodeRows.Row row : stored.values()) {
                Finding one = row.finding();
                if (!judgedAnew.contains(one.rule())
                        || kept.contains(one.key())
                        || row.unfounded()
                        || !one.lastAt().isAfter(from)) continue;
                rows.end(row.id(), one.lastAt(), cause.unfounded());
                touched.add(Topic.of(one));
            }
        }
        for (Topic topic : touched) settle(outletId, topic, cause);
    }

    /** Findings that overlap or touch, in one piece. */
    private static final class Piece {

        private final List<EpisodeRows.Row> rows = new ArrayList<>();
        private @Nullable Instant end;
        private @Nullable Episode episode;
        private @Nullable Long cutFrom;

        boolean reaches(EpisodeRows.Row row) {
            return rows.isEmpty() || end == null || !row.finding().beganAt().isAfter(end);
        }

        void add(EpisodeRows.Row row) {
            Finding finding = row.finding();
            Instant ended = finding.endedAt();
            if (rows.isEmpty()) end = ended;
            else if (end != null) end = ended == null ? null : ended.isAfter(end) ? ended : end;
            rows.add(row);
        }

        Instant began() {
            return rows.get(0).finding().beganAt();
        }

        boolean overlaps(Episode other) {
            Instant otherEnd = other.endedAt();
            return (end == null || !other.beganAt().isAfter(end)) && (otherEnd == null || !began().isAfter(otherEnd));
        }
    }

    private void settle(long outletId, Topic topic, Cause cause) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant after = now.minus(BACK);
        Set<MonitoringRule> rules = EnumSet.noneOf(MonitoringRule.class);
        for (MonitoringRule rule : MonitoringRule.values()) if (rule.group() == topic.group()) rules.add(rule);
        List<Episode> episodes = rows.episodes(outletId, topic.subject(), topic.group(), after);
        // an episode that still counts is told from all that is in it, however long ago that ended
        Instant from = episodes.stream()
                .map(Episode::beganAt)
                .reduce(after, (one, other) -> one.isBefore(other) ? one : other);
        List<Piece> pieces = pieces(rows.findings(outletId, rules, from).stream()
                .filter(row -> !row.unfounded() && Topic.of(row.finding()).equals(topic))
                .toList());
        pieces.removeIf(piece -> piece.end != null && piece.end.isBefore(after));
        Set<Long> taken = match(pieces, episodes);
        List<EpisodeEvent> told = new ArrayList<>();
        // those that are over first: only one may be open
        for (Episode episode : episodes) if (!taken.contains(episode.id())) drop(episode, pieces, cause, now, told);
        pieces.stream()
                .sorted(Comparator.comparing(piece -> piece.end == null))
                .forEach(piece -> store(outletId, topic, piece, cause, now, told));
        for (EpisodeEvent event : told) {
            recorded(event);
            events.publishEvent(event);
        }
    }

    private static List<Piece> pieces(List<EpisodeRows.Row> findings) {
        List<Piece> pieces = new ArrayList<>();
        Piece last = null;
        for (EpisodeRows.Row row : findings) {
            if (last == null || !last.reaches(row)) {
                last = new Piece();
                pieces.add(last);
            }
            last.add(row);
        }
        return pieces;
    }

    /** Each piece gets the oldest episode in which one of its findings was told, else one that tells of the same time. */
    private static Set<Long> match(List<Piece> pieces, List<Episode> episodes) {
        Set<Long> taken = new HashSet<>();
        for (Piece piece : pieces) {
            Episode own = null;
            for (Episode episode : episodes) {
                boolean told = piece.rows.stream().anyMatch(row -> Objects.equals(row.episodeId(), episode.id()));
                if (!told) continue;
                if (taken.contains(episode.id())) {
                    if (piece.cutFrom == null) piece.cutFrom = episode.id();
                } else if (own == null) own = episode;
            }
            take(piece, own, taken);
        }
        for (Piece piece : pieces) {
            if (piece.episode != null) continue;
            Episode own = null;
            for (Episode episode : episodes) {
                if (own == null
                        && !taken.contains(episode.id())
                        && episode.mergedInto() == null
                        && piece.overlaps(episode)) own = episode;
            }
            take(piece, own, taken);
        }
        return taken;
    }

    private static void take(Piece piece, @Nullable Episode own, Set<Long> taken) {
        if (own == null) return;
        piece.episode = own;
        taken.add(own.id());
    }

    /** No finding is left in it. */
    private void drop(Episode episode, List<Piece> pieces, Cause cause, Instant now, List<EpisodeEvent> told) {
        EpisodeEnding before = episode.ending();
        if (before != null && before.unfounded()) return;
        Episode into = null;
        for (Piece piece : pieces) if (into == null && piece.overlaps(episode)) into = piece.episode;
        EpisodeEnding ending = into == null ? cause.unfounded() : EpisodeEnding.MERGED;
        Instant endedAt = episode.endedAt();
        Episode over = new Episode(
                episode.id(),
                episode.outletId(),
                episode.subject(),
                episode.group(),
                episode.beganAt(),
                episode.lastAt(),
                episode.level(),
                episode.ratio(),
                episode.sentence(),
                episode.countsFrom(),
                episode.openedAt(),
                episode.late(),
                episode.cutFrom(),
                into == null ? null : into.id(),
                endedAt == null ? episode.lastAt() : endedAt,
                now,
                ending);
        rows.update(over);
        rows.changed(over.id(), now, "结束", over.level(), ending.label() + "。");
        told.add(new EpisodeEvent.Closed(over, ending));
    }

    private void store(long outletId, Topic topic, Piece piece, Cause cause, Instant now, List<EpisodeEvent> told) {
        Episode before = piece.episode;
        Episode next = told(outletId, topic, piece, before, cause, now);
        long id;
        if (before == null) {
            id = rows.insert(next);
            next = numbered(next, id);
            rows.changed(id, now, "发现", next.level(), next.sentence());
            told.add(new EpisodeEvent.Opened(next));
            if (!next.open()) closed(next, now, told);
        } else {
            id = before.id();
            if (!next.equals(before)) changed(before, next, now, told);
        }
        for (EpisodeRows.Row row : piece.rows) if (!Objects.equals(row.episodeId(), id)) rows.belongs(row.id(), id);
    }

    private void changed(Episode before, Episode next, Instant now, List<EpisodeEvent> told) {
        rows.update(next);
        EpisodeEnding ended = before.ending();
        if (ended != null && (next.open() || ended.unfounded())) {
            rows.changed(next.id(), now, "重新打开", next.level(), next.sentence());
            told.add(new EpisodeEvent.Reopened(next));
        }
        if (next.level().compareTo(before.level()) > 0) {
            rows.changed(next.id(), now, "升级", next.level(), next.sentence());
            told.add(new EpisodeEvent.Raised(next, before.level()));
        } else if (next.level() != before.level()) {
            rows.changed(next.id(), now, "调整", next.level(), next.sentence());
        }
        if (!next.open() && (ended == null || ended.unfounded())) closed(next, now, told);
        else if (ended != null && !next.open() && ended != next.ending())
            rows.changed(
                    next.id(),
                    now,
                    "调整",
                    next.level(),
                    Objects.requireNonNull(next.ending()).label() + "。");
    }

    private void closed(Episode episode, Instant now, List<EpisodeEvent> told) {
        EpisodeEnding ending = Objects.requireNonNull(episode.ending());
        rows.changed(episode.id(), now, "结束", episode.level(), ending.label() + "。");
        told.add(new EpisodeEvent.Closed(episode, ending));
    }

    /** As the findings say it; what was said of finding it stays. */
    private static Episode told(
            long outletId, Topic topic, Piece piece, @Nullable Episode before, Cause cause, Instant now) {
        AlertLevel level = AlertLevel.BLUE;
        Instant lastAt = piece.began();
        Double ratio = null;
        Instant countsFrom = null;
        EpisodeEnding ending = null;
        String sentence = "";
        AlertLevel said = null;
        for (EpisodeRows.Row row : piece.rows) {
            Finding one = row.finding();
            level = level.or(one.level());
            if (one.lastAt().isAfter(lastAt)) lastAt = one.lastAt();
            Double own = one.ratio();
            if (own != null && (ratio == null || own > ratio)) ratio = own;
            Instant counts = one.countsFrom();
            if (counts != null && (countsFrom == null || counts.isBefore(countsFrom))) countsFrom = counts;
            if (piece.end != null && piece.end.equals(one.endedAt())) ending = one.ending();
            if (said == null || one.level().compareTo(said) >= 0) {
                said = one.level();
                sentence = one.sentence();
            }
        }
        Instant closedAt = null;
        if (piece.end != null) {
            boolean wasOver = before != null
                    && before.ending() != null
                    && !Objects.requireNonNull(before.ending()).unfounded();
            closedAt = wasOver ? Objects.requireNonNull(before).closedAt() : now;
        }
        return new Episode(
                before == null ? 0 : before.id(),
                outletId,
                topic.subject(),
                topic.group(),
                piece.began(),
                lastAt,
                level,
                ratio,
                sentence,
                countsFrom,
                before == null ? now : before.openedAt(),
                before == null ? cause == Cause.LATE_DATA : before.late(),
                before == null ? piece.cutFrom : before.cutFrom(),
                null,
                piece.end,
                closedAt,
                ending);
    }

    private static Episode numbered(Episode one, long id) {
        return new Episode(
                id,
                one.outletId(),
                one.subject(),
                one.group(),
                one.beganAt(),
                one.lastAt(),
                one.level(),
                one.ratio(),
                one.sentence(),
                one.countsFrom(),
                one.openedAt(),
                one.late(),
                one.cutFrom(),
                one.mergedInto(),
                one.endedAt(),
                one.closedAt(),
                one.ending());
    }

    private void recorded(EpisodeEvent event) {
        if (event instanceof EpisodeEvent.Opened)
            audit.record("monitoring.episodeOpened", null, words(event.episode()));
        else if (event instanceof EpisodeEvent.Raised)
            audit.record("monitoring.episodeRaised", null, words(event.episode()));
        else if (event instanceof EpisodeEvent.Closed)
            audit.record("monitoring.episodeClosed", null, words(event.episode()));
        else audit.record("monitoring.episodeReopened", null, words(event.episode()));
    }

    private static String words(Episode episode) {
        return "预警" + episode.id() + " " + episode.group().label() + " "
                + episode.level().label();
    }
}
