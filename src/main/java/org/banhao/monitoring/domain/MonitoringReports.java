package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.Episodes;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Readings;
import org.banhao.monitoring.Transmission;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 监测日报 of the branch, and 传输有效率 of a month. Both are made anew from what is stored whenever they are looked at. */
@Service
@Transactional(readOnly = true)
public class MonitoringReports {

    private final Access access;
    private final Outlets outlets;
    private final StoredRegistry registry;
    private final EnterpriseReports reports;
    private final Readings readings;
    private final Marks marks;
    private final Episodes episodes;
    private final Audit audit;
    private final Clock clock;

    MonitoringReports(
            Access access,
            Outlets outlets,
            StoredRegistry registry,
            EnterpriseReports reports,
            Readings readings,
            Marks marks,
            Episodes episodes,
            Audit audit,
            Clock clock) {
        this.access = access;
        this.outlets = outlets;
        this.registry = registry;
        this.reports = reports;
        this.readings = readings;
        this.marks = marks;
        this.episodes = episodes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One factor of one outlet on one day.
     *
     * @param hours due, come, valid, marked; valid ones include marked ones
     * @param mean of the day, with decimals; — : none
     * @param meanNote flag, mark, source … in words; may be empty
     * @param limit of the day; empty: none
     * @param meanOver the valid mean is above the day's limit
     * @param over hours above the limit of their hour
     */
    public record FactorDay(
            Factor factor,
            Transmission.OfFactor hours,
            String mean,
            String meanNote,
            String limit,
            boolean meanOver,
            int over) {}

    /**
     * @param begun episodes that began on the day, in the readings' time; unfounded ones are not counted
     * @param ended that ended on it
     * @param open that go on at its end
     */
    public record OutletDay(
            Outlet outlet,
            Transmission transmission,
            List<FactorDay> factors,
            int begun,
            int ended,
            int open,
            List<String> stops,
            List<String> faults) {

        public int over() {
            return factors.stream().mapToInt(FactorDay::over).sum();
        }
    }

    /** @param unfinished the day still goes on */
    public record Daily(LocalDate day, boolean unfinished, List<OutletDay> outlets) {

        public Transmission.OfFactor hours() {
            return sum(outlets.stream().map(OutletDay::transmission).toList());
        }

        public int over() {
            return outlets.stream().mapToInt(OutletDay::over).sum();
        }

        public int begun() {
            return outlets.stream().mapToInt(OutletDay::begun).sum();
        }

        public int ended() {
            return outlets.stream().mapToInt(OutletDay::ended).sum();
        }

        public int open() {
            return outlets.stream().mapToInt(OutletDay::open).sum();
        }
    }

    /** @param typed empty: yesterday, the last whole day */
    public LocalDate day(@Nullable String typed) {
        LocalDate today = ChineseTime.day(clock.instant());
        LocalDate day = Typed.dayOrNull("date", "日期", typed);
        if (day == null) return today.minusDays(1);
        if (day.isAfter(today)) throw new Refusal("date", "「日期」在今后，请选择今天或者以前的一天。");
        return day;
    }

    /** For the branch. */
    public Daily daily(LocalDate day) {
        access.require(Access.OFFICE);
        List<Factor> factors = registry.factors();
        Set<Long> used = used();
        return new Daily(
                day,
                !day.isBefore(ChineseTime.day(clock.instant())),
                registry.everyOutlet().stream()
                        .map(outlet -> day(outlet, day, factors))
                        .filter(one -> used.contains(one.outlet().id())
                                || one.transmission().come() > 0)
                        .toList());
    }

    /** As {@link #daily}, to be taken away: that is recorded. */
    @Transactional
    public Daily dailyToKeep(LocalDate day) {
        Daily daily = daily(day);
        audit.record("monitoring.exportDaily", null, ChineseTime.text(day));
        return daily;
    }

    private OutletDay day(Outlet outlet, LocalDate day, List<Factor> factors) {
        Instant from = day.atStartOfDay(ChineseTime.ZONE).toInstant();
        Instant until = day.plusDays(1).atStartOfDay(ChineseTime.ZONE).toInstant();
        Transmission transmission = readings.transmission(outlet.id(), day, day);
        Figures figures = new Figures(
                outlet, factors, registry.limits(outlet.id(), day, day), marks.ofOutlet(outlet.id(), from, until));
        Map<String, Integer> over = new HashMap<>();
        for (Reading reading : readings.ofOutlet(outlet.id(), ReadingKind.HOUR, null, from, until))
            if (figures.over(reading)) over.merge(reading.factor(), 1, Integer::sum);
        Map<String, Reading> means = readings.ofOutlet(outlet.id(), ReadingKind.DAY, null, from, until).stream()
                .collect(Collectors.toMap(Reading::factor, one -> one, (one, other) -> one));
        List<FactorDay> rows = new ArrayList<>();
        for (Transmission.OfFactor hours : transmission.factors()) {
            Factor factor = figures.factor(hours.factor());
            if (factor == null) continue;
            Reading mean = means.get(factor.code());
            Optional<EmissionLimit> limit = figures.limit(factor.code(), ReadingKind.DAY, day);
            Figure figure = mean == null ? null : figures.of(mean);
            rows.add(new FactorDay(
                    factor,
                    hours,
                    figure == null ? "—" : figure.text(),
                    figure == null ? "" : String.join("、", figure.notes()),
                    limit.map(one -> (one.lowest() == null ? "" : Figures.number(one.lowest(), factor) + "～")
                                    + Figures.number(one.highest(), factor))
                            .orElse(""),
                    figure != null && figure.state() == Figure.State.OVER,
                    over.getOrDefault(factor.code(), 0)));
        }
        rows.sort(Comparator.comparing((FactorDay row) -> !row.factor().pollutant())
                .thenComparing(row -> row.factor().code()));
        int begun = 0;
        int ended = 0;
        int open = 0;
        for (Episode one : episodes.ofOutlet(outlet.id(), from, until)) {
            Instant end = one.endedAt();
            if (!one.beganAt().isBefore(from) && one.beganAt().isBefore(until)) begun++;
            // hours and days end at midnight: that still is the day
            if (end != null && end.isAfter(from) && !end.isAfter(until)) ended++;
            if (one.beganAt().isBefore(until) && (end == null || end.isAfter(until))) open++;
        }
        return new OutletDay(
                outlet,
                transmission,
                rows,
                begun,
                ended,
                open,
                stops(outlet, from, until),
                faults(outlet, from, until));
    }

    private List<String> stops(Outlet outlet, Instant from, Instant until) {
        return registry.stops(outlet.id(), from, until).stream()
                .map(stop -> EnterpriseReports.STOPS.getOrDefault(stop.kind(), "停运") + "，"
                        + ChineseTime.text(stop.beginsAt()) + "至" + ChineseTime.text(stop.endsAt()))
                .toList();
    }

    private List<String> faults(Outlet outlet, Instant from, Instant until) {
        List<String> said = new ArrayList<>();
        for (MonitoringDevice device : registry.devices(outlet.id())) {
            for (EnterpriseReports.Fault fault : reports.faults(device.id())) {
                Instant repaired = fault.repairedAt();
                if (!fault.beganAt().isBefore(until) || repaired != null && repaired.isBefore(from)) continue;
                said.add(device.name() + "自" + ChineseTime.text(fault.beganAt()) + "故障"
                        + (repaired == null ? "，尚未修复" : "，" + ChineseTime.text(repaired) + "修复"));
            }
        }
        return said;
    }

    static Transmission.OfFactor sum(List<Transmission> all) {
        return new Transmission.OfFactor(
                "",
                all.stream().mapToInt(Transmission::due).sum(),
                all.stream().mapToInt(Transmission::come).sum(),
                all.stream().mapToInt(Transmission::valid).sum(),
                all.stream().mapToInt(Transmission::marked).sum());
    }

    // ---- 传输有效率

    /** @param factors code → name */
    public record OutletMonth(Outlet outlet, Transmission transmission, Map<String, String> factors) {}

    /** @param typed 2026-11; empty: this month */
    public YearMonth month(@Nullable String typed) {
        YearMonth present = YearMonth.from(ChineseTime.day(clock.instant()));
        if (typed == null || typed.isBlank()) return present;
        LocalDate first = Typed.dayOrNull("month", "月份", typed.strip() + "-01");
        if (first == null || YearMonth.from(first).isAfter(present))
            throw new Refusal("month", "「月份」在今后，请选择本月或者以前的一个月。");
        return YearMonth.from(first);
    }

    /** Of the outlets the person may see: the lowest rate first, outlets of which nothing was due last. */
    public List<OutletMonth> transmission(YearMonth month) {
        Map<String, String> names = registry.factors().stream().collect(Collectors.toMap(Factor::code, Factor::name));
        Set<Long> used = used();
        return registry.everyOutlet().stream()
                .filter(outlet -> access.office() || access.keeps(outlet.enterpriseId()))
                .map(outlet -> new OutletMonth(outlet, readings.transmission(outlet.id(), month), names))
                .filter(one ->
                        used.contains(one.outlet().id()) || one.transmission().come() > 0)
                .sorted(Comparator.comparing(
                                (OutletMonth one) -> one.transmission().due() == 0)
                        .thenComparing(one -> one.transmission().rate())
                        .thenComparing(one -> one.outlet().title()))
                .toList();
    }

    private Set<Long> used() {
        return registry.outlets().stream().map(Outlet::id).collect(Collectors.toSet());
    }

    /** As {@link #transmission}, to be taken away: that is recorded. */
    @Transactional
    public List<OutletMonth> transmissionToKeep(YearMonth month) {
        List<OutletMonth> rows = transmission(month);
        audit.record("monitoring.exportTransmission", null, month.getYear() + "年" + month.getMonthValue() + "月");
        return rows;
    }
}
