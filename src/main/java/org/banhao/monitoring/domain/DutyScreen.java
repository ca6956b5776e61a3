package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.DeadlineRules;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.EpisodeAcknowledgement;
import org.banhao.monitoring.Episodes;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Readings;
import org.banhao.monitoring.RuleGroup;
import org.banhao.monitoring.Transmission;
import org.banhao.monitoring.rules.Silence;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 监测值班: everything of this moment on one screen, worst first. For the branch; enterprises look at their outlets. */
@Service
@Transactional(readOnly = true)
public class DutyScreen {

    /** What a realtime value may be as old as, to be the present one. */
    private static final Duration PRESENT = Duration.ofMinutes(15);

    /** Everybody sees the same, so that those who ask within this time are given one answer. */
    private static final Duration SHARED = Duration.ofSeconds(10);

    private final Access access;
    private final StoredRegistry registry;
    private final Readings readings;
    private final Episodes episodes;
    private final Marks marks;
    private final DeadlineRules rules;
    private final Clock clock;
    private volatile @Nullable Screen latest;

    DutyScreen(
            Access access,
            StoredRegistry registry,
            Readings readings,
            Episodes episodes,
            Marks marks,
            DeadlineRules rules,
            Clock clock) {
        this.access = access;
        this.registry = registry;
        this.readings = readings;
        this.episodes = episodes;
        this.marks = marks;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * @param subject name of the factor; empty for the outlet as a whole
     * @param term what is to be done next, in words
     * @param until of that term
     * @param passed that term has passed
     * @param acknowledged null: nobody has yet
     */
    public record Alert(
            Episode episode,
            String outlet,
            String subject,
            String age,
            String term,
            Instant until,
            boolean passed,
            @Nullable EpisodeAcknowledgement acknowledged) {}

    /** @param since null: never heard */
    public record Silent(
            long deviceId,
            String name,
            String mn,
            String outlet,
            @Nullable Instant since,
            String age) {}

    /** State of an outlet, the worst first. */
    public enum State {
        RED("红色预警", "■"),
        ORANGE("橙色预警", "◆"),
        YELLOW("黄色预警", "▲"),
        BLUE("蓝色预警", "●"),
        SILENT("没有数据", "◌"),
        STOPPED("停运报备", "‖"),
        NORMAL("正常", "✓");

        private final String label;
        private final String shape;

        State(String label, String shape) {
            this.label = label;
            this.shape = shape;
        }

        public String label() {
            return label;
        }

        /** For those who do not see the colour. */
        public String shape() {
            return shape;
        }

        /** Used in class names. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static State of(AlertLevel level) {
            return switch (level) {
                case RED -> RED;
                case ORANGE -> ORANGE;
                case YELLOW -> YELLOW;
                case BLUE -> BLUE;
            };
        }
    }

    /** @param share of the hour's limit, as 35%; empty: none */
    public record Value(String name, String text, String unit, String share, boolean above) {}

    /**
     * @param stands by an acknowledged report, whatever else there is
     * @param values newest realtime ones of what has a limit
     * @param at of the newest; null: none in the last quarter of an hour
     * @param come of hours due today
     */
    public record Tile(
            Outlet outlet,
            State state,
            int alerts,
            boolean stands,
            List<Value> values,
            @Nullable Instant at,
            int due,
            int come) {}

    /**
     * @param counts open alerts by level, the gravest first; all levels
     * @param terms how soon an alert is to be dealt with, in a sentence
     * @param today 传输有效率 over all outlets, from midnight
     */
    public record Screen(
            Instant at,
            Map<AlertLevel, Integer> counts,
            List<Alert> alerts,
            String terms,
            List<Silent> silent,
            List<Tile> tiles,
            Transmission.OfFactor today) {

        /** Of the silent ones those that were heard before. */
        public long lost() {
            return silent.stream().filter(one -> one.since() != null).count();
        }
    }

    /** As {@link #now}, a few seconds old at most: for pages that ask again and again. */
    public Screen shared() {
        access.require(Access.OFFICE);
        Instant at = clock.instant();
        Screen known = latest;
        boolean fresh = known != null
                && !at.isBefore(known.at())
                && known.at().plus(SHARED).isAfter(at);
        return fresh ? Objects.requireNonNull(known) : now();
    }

    public Screen now() {
        access.require(Access.OFFICE);
        Instant now = clock.instant();
        LocalDate day = ChineseTime.day(now);
        List<Outlet> outlets = registry.outlets();
        Map<Long, Outlet> byId =
                outlets.stream().collect(Collectors.toMap(Outlet::id, one -> one, (a, b) -> a, TreeMap::new));
        List<Factor> factors = registry.factors();
        List<Episode> open = episodes.open().stream()
                .filter(one -> byId.containsKey(one.outletId()))
                .toList();
        Map<AlertLevel, Integer> counts = new TreeMap<>(Comparator.reverseOrder());
        for (AlertLevel level : AlertLevel.values()) counts.put(level, 0);
        open.forEach(one -> counts.merge(one.level(), 1, Integer::sum));
        Map<Long, List<Episode>> ofOutlet = open.stream().collect(Collectors.groupingBy(Episode::outletId));
        List<Tile> tiles = new ArrayList<>();
        List<Silent> silent = new ArrayList<>();
        List<Transmission> today = new ArrayList<>();
        for (Outlet outlet : outlets) {
            List<Episode> own = ofOutlet.getOrDefault(outlet.id(), List.of());
            Transmission transmission = readings.transmission(outlet.id(), day, day);
            today.add(transmission);
            List<PlannedStop> stops = registry.stops(outlet.id(), now, now.plusSeconds(1));
            boolean stands = stops.stream().anyMatch(stop -> stop.covers(now));
            silent.addAll(silent(outlet, own, stands, now));
            tiles.add(tile(outlet, own, stands, transmission, factors, now, day));
        }
        tiles.sort(Comparator.comparing(Tile::state)
                .thenComparing(tile -> tile.outlet().title()));
        Map<Long, EpisodeAcknowledgement> seen =
                episodes.acknowledged(open.stream().map(Episode::id).toList());
        Screen made = new Screen(
                now,
                counts,
                open.stream()
                        .map(one -> alert(one, byId, factors, seen.get(one.id()), now))
                        .toList(),
                ResponseTerm.words(rules, now),
                silent,
                tiles,
                MonitoringReports.sum(today));
        latest = made;
        return made;
    }

    private Alert alert(
            Episode one,
            Map<Long, Outlet> outlets,
            List<Factor> factors,
            @Nullable EpisodeAcknowledgement acknowledged,
            Instant now) {
        ResponseTerm.Running running =
                ResponseTerm.running(one.openedAt(), one.level(), acknowledged != null, rules, now);
        Outlet outlet = outlets.get(one.outletId());
        return new Alert(
                one,
                outlet == null ? "" : outlet.title(),
                one.group().perFactor()
                        ? factors.stream()
                                .filter(factor -> factor.code().equals(one.subject()))
                                .map(Factor::name)
                                .findFirst()
                                .orElse(one.subject())
                        : "",
                OutletLive.lasts(one.beganAt(), now),
                running.term().label(),
                running.until(),
                now.isAfter(running.until()),
                acknowledged);
    }

    private List<Silent> silent(Outlet outlet, List<Episode> open, boolean stands, Instant now) {
        Map<String, Instant> since = new HashMap<>();
        for (Episode one : open) {
            if (one.group() != RuleGroup.DEVICE) continue;
            for (Episodes.EpisodeFinding finding : episodes.findings(one.id()))
                if (finding.rule() == MonitoringRule.OFFLINE && finding.endedAt() == null)
                    since.put(finding.subject(), finding.beganAt());
        }
        List<Silent> found = new ArrayList<>();
        for (MonitoringDevice device : registry.devices(outlet.id())) {
            if (device.removedOn() != null) continue;
            Instant lost = since.get(Silence.subject(device));
            boolean never =
                    lost == null && !stands && readings.heardAt(device.id()).isEmpty();
            if (lost == null && !never) continue;
            found.add(new Silent(
                    device.id(),
                    device.name(),
                    device.mn(),
                    outlet.title(),
                    lost,
                    lost == null ? "从未收到" : OutletLive.lasts(lost, now)));
        }
        return found;
    }

    private Tile tile(
            Outlet outlet,
            List<Episode> open,
            boolean stands,
            Transmission transmission,
            List<Factor> factors,
            Instant now,
            LocalDate day) {
        Set<Long> loggers = new HashSet<>();
        for (MonitoringDevice device : registry.devices(outlet.id())) if (!device.meter()) loggers.add(device.id());
        Map<String, Reading> newest = new TreeMap<>();
        for (Reading reading :
                readings.ofOutlet(outlet.id(), ReadingKind.REALTIME, null, now.minus(PRESENT), now.plus(PRESENT)))
            if (loggers.contains(reading.deviceId())) newest.put(reading.factor(), reading);
        NavigableMap<LocalDate, List<EmissionLimit>> limits = registry.limits(outlet.id(), day, day);
        Figures figures = new Figures(
                outlet, factors, limits, marks.ofOutlet(outlet.id(), now.minus(PRESENT), now.plus(PRESENT)));
        List<Value> values = new ArrayList<>();
        Instant at = null;
        for (Reading reading : newest.values()) {
            if (at == null || reading.time().isAfter(at)) at = reading.time();
            Factor factor = figures.factor(reading.factor());
            if (factor == null || !factor.pollutant()) continue;
            EmissionLimit limit =
                    figures.limit(factor.code(), ReadingKind.HOUR, day).orElse(null);
            Figure figure = figures.of(reading);
            Double value = figures.judged(reading, limit);
            // what is invalid or marked is compared with nothing
            boolean counts = reading.normal() && !figures.marked(reading);
            boolean above = counts && limit != null && value != null && limit.exceededBy(value);
            String share = !counts || limit == null || limit.lowest() != null || value == null || limit.highest() <= 0
                    ? ""
                    : Math.round(100 * value / limit.highest()) + "%";
            values.add(new Value(factor.name(), figure.text(), factor.unit(), share, above));
        }
        AlertLevel worst =
                open.stream().map(Episode::level).max(Comparator.naturalOrder()).orElse(null);
        State state = worst != null
                ? State.of(worst)
                : stands ? State.STOPPED : at == null && transmission.come() == 0 ? State.SILENT : State.NORMAL;
        return new Tile(outlet, state, open.size(), stands, values, at, transmission.due(), transmission.come());
    }
}
