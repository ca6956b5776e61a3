package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.Episodes;
import org.banhao.monitoring.Equipment;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.PowerFormula;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Readings;
import org.banhao.monitoring.RuleGroup;
import org.banhao.monitoring.rules.Threshold;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What one outlet reports over time, beside what is allowed, when it stood, what its equipment did and what was found. The branch and the
 * enterprise look at the same figures at the same time; an enterprise at its own outlets only.
 */
@Service
@Transactional(readOnly = true)
public class OutletLive {

    /** What an enterprise is shown of findings: signs of tampering and of treatment switched off are not told before the check on site. */
    private static final Set<RuleGroup> TOLD = EnumSet.of(RuleGroup.EXCEED, RuleGroup.DEVICE);

    private static final Duration EQUIPMENT_SPAN = Duration.ofDays(3).plusHours(1);
    /** For how long what a meter said last holds, as in the rules where nobody set another. */
    private static final Duration POWER_FRESH = Duration.ofMinutes((long) Threshold.POWER_FRESH_MINUTES.usual());
    /** Rows are stamped before they are committed. */
    private static final Duration COMMIT = Duration.ofSeconds(60);

    private static final Duration LONG_AGO = Duration.ofDays(40);

    private final Access access;
    private final StoredRegistry registry;
    private final Readings readings;
    private final ReadingQueries queries;
    private final Marks marks;
    private final Episodes episodes;
    private final Clock clock;

    OutletLive(
            Access access,
            StoredRegistry registry,
            Readings readings,
            ReadingQueries queries,
            Marks marks,
            Episodes episodes,
            Clock clock) {
        this.access = access;
        this.registry = registry;
        this.readings = readings;
        this.queries = queries;
        this.marks = marks;
        this.episodes = episodes;
        this.clock = clock;
    }

    /** How long a time is looked at. */
    public enum Range {
        HOUR("1h", "1小时", Duration.ofHours(1)),
        HOURS_6("6h", "6小时", Duration.ofHours(6)),
        DAY("1d", "1天", Duration.ofDays(1)),
        DAYS_3("3d", "3天", Duration.ofDays(3)),
        DAYS_7("7d", "7天", Duration.ofDays(7)),
        DAYS_31("31d", "31天", Duration.ofDays(31)),
        DAYS_92("92d", "3个月", Duration.ofDays(92)),
        DAYS_366("366d", "1年", Duration.ofDays(366));

        private final String code;
        private final String label;
        private final Duration length;

        Range(String code, String label, Duration length) {
            this.code = code;
            this.label = label;
            this.length = length;
        }

        public String code() {
            return code;
        }

        public String label() {
            return label;
        }
    }

    /** What may be looked at; the first is the usual one. */
    public static List<Range> ranges(ReadingKind kind) {
        return switch (kind) {
            case REALTIME -> List.of(Range.HOUR, Range.HOURS_6, Range.DAY);
            case MINUTE -> List.of(Range.DAY, Range.HOURS_6, Range.DAYS_3);
            case HOUR -> List.of(Range.DAY, Range.DAYS_3, Range.DAYS_7, Range.DAYS_31);
            case DAY -> List.of(Range.DAYS_31, Range.DAYS_92, Range.DAYS_366);
        };
    }

    /**
     * What is looked at.
     *
     * @param day last day; null: up to now, and moving on
     */
    public record Asked(
            ReadingKind kind, Range range, @Nullable LocalDate day) {}

    /**
     * As typed.
     *
     * @param kind realtime, minute, hour, day
     * @param range code of a range; empty: the usual one
     * @param day 2026-03-26; empty: now
     */
    public Asked asked(@Nullable String kind, @Nullable String range, @Nullable String day) {
        ReadingKind of =
                switch (kind == null ? "" : kind) {
                    case "realtime" -> ReadingKind.REALTIME;
                    case "minute" -> ReadingKind.MINUTE;
                    case "day" -> ReadingKind.DAY;
                    case "", "hour" -> ReadingKind.HOUR;
                    default -> throw new Refusal("kind", "没有这种数据，请在页面上选择实时、分钟、小时或者日。");
                };
        List<Range> known = ranges(of);
        Range wanted = known.stream()
                .filter(one -> one.code().equals(range))
                .findFirst()
                .orElse(known.get(0));
        return new Asked(of, wanted, Typed.dayOrNull("day", "日期", day));
    }

    /** @param live goes on: what comes now belongs to it */
    public record Window(Instant from, Instant until, boolean live) {}

    public Window window(Asked asked) {
        Instant now = clock.instant();
        Duration length = asked.range().length;
        LocalDate day = asked.day();
        if (day == null) {
            ChronoUnit whole = asked.kind() == ReadingKind.REALTIME || asked.kind() == ReadingKind.MINUTE
                    ? ChronoUnit.MINUTES
                    : ChronoUnit.HOURS;
            Instant from = asked.kind() == ReadingKind.DAY
                    ? ReadingKind.DAY.begin(now.minus(length))
                    : now.minus(length).truncatedTo(whole);
            return new Window(from, now, true);
        }
        Instant end = day.plusDays(1).atStartOfDay(ChineseTime.ZONE).toInstant();
        boolean live = end.isAfter(now);
        Instant until = live && now.isAfter(end.minus(Duration.ofDays(1))) ? now : end;
        Instant from = length.compareTo(Duration.ofDays(1)) < 0 ? until.minus(length) : end.minus(length);
        return new Window(from, until, live);
    }

    /** @param highest null: no limit from here on */
    public record Step(
            Instant from, @Nullable Double lowest, @Nullable Double highest, String words) {}

    /** @param limits one or more, the first at the begin of the window; empty where there is none at all */
    public record Line(Factor factor, List<Step> limits, List<Figure> figures) {}

    /** @param state null: unknown, nothing was heard of its meter */
    public record Stretch(Instant from, Instant until, Equipment.@Nullable State state) {}

    public record Strip(String name, boolean treatment, List<Stretch> stretches) {}

    /** @param late what should have come has not */
    public record Freshness(@Nullable Instant newest, boolean late, String words) {}

    /**
     * @param lines pollutants first
     * @param strips empty for windows of more than three days
     * @param linked whether the reader may open episodes
     * @param gap farther apart than that something is missing between two figures
     */
    public record View(
            Outlet outlet,
            Window window,
            Freshness freshness,
            List<Line> lines,
            List<PlannedStop> stops,
            List<Strip> strips,
            List<Episode> episodes,
            boolean linked,
            Duration gap) {}

    public View view(long outletId, Asked asked) {
        Outlet outlet = access.outlet(outletId);
        Window window = window(asked);
        Set<Long> loggers = loggers(outletId);
        List<Reading> found = readings.ofOutlet(outletId, asked.kind(), null, window.from(), end(window)).stream()
                .filter(reading -> loggers.contains(reading.deviceId()))
                .toList();
        return view(outlet, asked, window, found, true);
    }

    /**
     * Only what came or changed since that moment; what it stands beside (stops, equipment) as {@link #view}.
     *
     * @param since {@link Window#until} of what is known already
     */
    public View since(long outletId, Asked asked, Instant since) {
        Outlet outlet = access.outlet(outletId);
        Window window = window(asked);
        Map<String, Map<Instant, Reading>> best = new TreeMap<>();
        // of many short ones only the last hours: whatever comes later than that is seen when the page asks for all
        // again
        boolean many = asked.kind() == ReadingKind.REALTIME || asked.kind() == ReadingKind.MINUTE;
        Instant recent = since.minus(Duration.ofHours(2));
        Instant from = many && recent.isAfter(window.from()) ? recent : window.from();
        for (long device : loggers(outletId)) {
            for (Reading reading : queries.arrived(device, asked.kind(), from, end(window), since.minus(COMMIT))) {
                best.computeIfAbsent(reading.factor(), code -> new TreeMap<>())
                        .merge(
                                reading.time(),
                                reading,
                                (one, other) -> StoredReadings.PREFERRED.compare(one, other) >= 0 ? one : other);
            }
        }
        List<Reading> found =
                best.values().stream().flatMap(times -> times.values().stream()).toList();
        return view(outlet, asked, window, found, false);
    }

    /** A device whose clock is a little ahead is seen as well. */
    private static Instant end(Window window) {
        return window.live() ? window.until().plus(Duration.ofMinutes(10)) : window.until();
    }

    private Set<Long> loggers(long outletId) {
        return registry.devices(outletId).stream()
                .filter(device -> !device.meter())
                .map(MonitoringDevice::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private View view(Outlet outlet, Asked asked, Window window, List<Reading> found, boolean whole) {
        LocalDate first = ChineseTime.day(window.from());
        LocalDate last = ChineseTime.day(window.until());
        NavigableMap<LocalDate, List<EmissionLimit>> limits = registry.limits(outlet.id(), first, last);
        List<Factor> factors = registry.factors();
        Figures figures = new Figures(outlet, factors, limits, marks.ofOutlet(outlet.id(), window.from(), end(window)));
        Map<String, List<Figure>> byFactor = new TreeMap<>();
        if (whole) registry.factorsDue(outlet.id(), last).forEach(code -> byFactor.put(code, new ArrayList<>()));
        for (Reading reading : found)
            byFactor.computeIfAbsent(reading.factor(), code -> new ArrayList<>())
                    .add(figures.of(reading));
        List<Line> lines = byFactor.entrySet().stream()
                .map(one -> {
                    Factor factor = figures.factor(one.getKey());
                    return new Line(
                            factor == null ? unknown(one.getKey()) : factor,
                            steps(figures, one.getKey(), asked.kind(), limits, window.from()),
                            one.getValue());
                })
                .sorted(Comparator.comparing((Line line) -> !line.factor().pollutant())
                        .thenComparing(line -> line.factor().code()))
                .toList();
        boolean office = access.office();
        List<Episode> shown = episodes.ofOutlet(outlet.id(), window.from(), window.until()).stream()
                .filter(one -> office || TOLD.contains(one.group()))
                .toList();
        return new View(
                outlet,
                window,
                freshness(outlet, asked.kind()),
                lines,
                registry.stops(outlet.id(), window.from(), window.until()),
                whole ? strips(outlet.id(), window) : List.of(),
                shown,
                office,
                gap(outlet.id(), asked.kind()));
    }

    private Duration gap(long outletId, ReadingKind kind) {
        if (kind == ReadingKind.HOUR || kind == ReadingKind.DAY)
            return kind.length().multipliedBy(3).dividedBy(2);
        Duration widest = Duration.ofMinutes(1);
        for (MonitoringDevice device : registry.devices(outletId)) {
            if (device.meter() || device.removedOn() != null) continue;
            Duration own = kind == ReadingKind.MINUTE
                    ? Duration.ofMinutes(device.minutes())
                    : Duration.ofSeconds(2L * device.realtimeSeconds());
            if (own.compareTo(widest) > 0) widest = own;
        }
        return widest.multipliedBy(3).dividedBy(2);
    }

    private static Factor unknown(String code) {
        return new Factor(code, code + "（未登记的编码）", "", Factor.Kind.OTHER, Factor.Averaging.MEAN, false, true, 2);
    }

    private static List<Step> steps(
            Figures figures,
            String code,
            ReadingKind kind,
            NavigableMap<LocalDate, List<EmissionLimit>> limits,
            Instant from) {
        List<Step> steps = new ArrayList<>();
        for (LocalDate day : limits.keySet()) {
            Instant at = day.atStartOfDay(ChineseTime.ZONE).toInstant();
            Optional<EmissionLimit> limit = figures.limit(code, kind, day);
            Step step = new Step(
                    at.isBefore(from) ? from : at,
                    limit.map(EmissionLimit::lowest).orElse(null),
                    limit.map(EmissionLimit::highest).orElse(null),
                    limit.map(one -> one.averaging().label() + "限值，"
                                    + one.source().label() + "，" + one.basis())
                            .orElse(""));
            Step before = steps.isEmpty() ? null : steps.get(steps.size() - 1);
            if (before == null
                    || !Objects.equals(before.highest(), step.highest())
                    || !Objects.equals(before.lowest(), step.lowest())) steps.add(step);
        }
        return steps.stream().allMatch(step -> step.highest() == null) ? List.of() : steps;
    }

    private List<Strip> strips(long outletId, Window window) {
        if (Duration.between(window.from(), window.until()).compareTo(EQUIPMENT_SPAN) > 0) return List.of();
        return registry.equipment(outletId).stream()
                .filter(one -> one.meterId() != null)
                .map(one -> new Strip(one.name(), one.treatment(), stretches(one, window)))
                .sorted(Comparator.comparing(Strip::treatment).thenComparing(Strip::name))
                .toList();
    }

    private List<Stretch> stretches(Equipment equipment, Window window) {
        Long meter = equipment.meterId();
        if (meter == null) return List.of();
        Instant from = window.from().minus(POWER_FRESH);
        PowerFormula formula = equipment.formula();
        List<PowerFormula.Drawn> told = formula.drawn(Stream.of(ReadingKind.REALTIME, ReadingKind.MINUTE)
                .flatMap(kind -> formula.codes().stream()
                        .flatMap(code -> queries.ofDevice(meter, kind, code, from, window.until()).stream()))
                .toList());
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            PowerFormula.Drawn reading = told.get(i);
            Instant holds = reading.at().plus(POWER_FRESH);
            if (i + 1 < told.size() && told.get(i + 1).at().isBefore(holds))
                holds = told.get(i + 1).at();
            if (holds.isAfter(window.until())) holds = window.until();
            Instant begins = reading.at().isBefore(window.from()) ? window.from() : reading.at();
            if (!holds.isAfter(begins)) continue;
            Equipment.State state = equipment.state(reading.kilowatts());
            Stretch before = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
            if (before != null && before.state() == state && before.until().equals(begins))
                stretches.set(stretches.size() - 1, new Stretch(before.from(), holds, state));
            else stretches.add(new Stretch(begins, holds, state));
        }
        return stretches;
    }

    /** Whether the data of that kind are late, in a sentence. */
    public Freshness freshness(long outletId, ReadingKind kind) {
        return freshness(access.outlet(outletId), kind);
    }

    private Freshness freshness(Outlet outlet, ReadingKind kind) {
        Instant now = clock.instant();
        Instant newest = null;
        Instant due = null;
        for (MonitoringDevice device : registry.devices(outlet.id())) {
            if (device.meter() || device.removedOn() != null) continue;
            Instant own =
                    queries.newestTime(device.id(), kind, now.minus(LONG_AGO)).orElse(null);
            if (own == null || newest != null && !own.isAfter(newest)) continue;
            newest = own;
            due = nextDue(device, kind, own);
        }
        Optional<PlannedStop> stop = registry.stops(outlet.id(), now, now.plusSeconds(1)).stream()
                .filter(one -> one.covers(now))
                .findFirst();
        if (stop.isPresent())
            return new Freshness(
                    newest,
                    false,
                    "停运报备期内（" + EnterpriseReports.STOPS.getOrDefault(stop.get().kind(), "停运") + "，至"
                            + ChineseTime.text(stop.get().endsAt()) + "）。");
        if (newest == null || due == null)
            return new Freshness(null, true, "近40天没有收到" + kind.label() + "数据，请检查设备登记和传输。");
        String last = kind == ReadingKind.DAY ? ChineseTime.text(ChineseTime.day(newest)) : ChineseTime.text(newest);
        if (!now.isAfter(due)) return new Freshness(newest, false, "数据正常，最近一条" + kind.label() + "数据：" + last + "。");
        return new Freshness(
                newest, true, "数据迟到：最近一条" + kind.label() + "数据是" + last + "的，下一条已迟到" + lasts(due, now) + "。");
    }

    /** When what follows should have come: three intervals; twenty minutes after the hour; six hours after the day. */
    private static Instant nextDue(MonitoringDevice device, ReadingKind kind, Instant newest) {
        return switch (kind) {
            case REALTIME -> newest.plusSeconds(Math.max(300L, 3L * device.realtimeSeconds()));
            case MINUTE -> newest.plus(Duration.ofMinutes(2L * device.minutes() + 20));
            case HOUR -> newest.plus(Duration.ofMinutes(140));
            case DAY -> newest.plus(Duration.ofHours(54));
        };
    }

    /** 12分钟, 3小时, 2天. */
    static String lasts(Instant from, Instant until) {
        long minutes = Math.max(0, Duration.between(from, until).toMinutes());
        if (minutes < 60) return minutes + "分钟";
        if (minutes < 2880) return minutes / 60 + "小时";
        return minutes / 1440 + "天";
    }
}
