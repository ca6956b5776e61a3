package org.banhao.monitoring.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Equipment;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.StatutoryMark;
import org.jspecify.annotations.Nullable;

/** A boiler's outlet in memory, its readings one after the other, and what the rules found. */
final class Yard implements Surroundings {

    static final String SULPHUR = "a21026";
    static final String NITROGEN = "a21002";
    static final String OXYGEN = "a19001";
    static final String FLOW = "a00000";
    static final long FAN = 1;
    static final long PUMP = 2;

    Outlet outlet = new Outlet(
            7, 3, "上党示例热力（演示）", "DA001", "锅炉排放口", Outlet.Kind.GAS, "boiler-gas-special", 3.5, null, null, true);
    final Map<String, Factor> factors = new HashMap<>();
    final List<EmissionLimit> limits = new ArrayList<>();
    final List<StatutoryMark> marks = new ArrayList<>();
    final List<PlannedStop> stops = new ArrayList<>();
    final List<ProductionOrder> orders = new ArrayList<>();
    final List<Exemption> exemptions = new ArrayList<>();
    final List<Equipment> equipment = new ArrayList<>();
    ThresholdBook thresholds = ThresholdBook.USUAL;

    /** The latest form of each. */
    final Map<Finding.Key, Finding> found = new LinkedHashMap<>();

    Map<RuleKey, RuleState> states = Map.of();
    RuleState arrivals = RuleState.NONE;
    PowerState power = PowerState.NONE;
    Period.Running production = Period.Running.YES;

    Yard() {
        factor(new Factor(SULPHUR, "二氧化硫", "mg/m³", Factor.Kind.GAS, Factor.Averaging.MEAN, true, false, 2));
        factor(new Factor(NITROGEN, "氮氧化物", "mg/m³", Factor.Kind.GAS, Factor.Averaging.MEAN, true, false, 2));
        factor(new Factor(OXYGEN, "氧含量", "%", Factor.Kind.GAS, Factor.Averaging.MEAN, false, false, 2));
        factor(new Factor(FLOW, "废气流量", "m³/s", Factor.Kind.GAS, Factor.Averaging.SUM, false, false, 2));
        factor(new Factor("a01013", "烟气压力", "kPa", Factor.Kind.GAS, Factor.Averaging.MEAN, false, true, 3));
        factor(new Factor("w01001", "pH值", "无量纲", Factor.Kind.WATER, Factor.Averaging.RANGE, true, false, 2));
        limit(SULPHUR, ReadingKind.HOUR, null, 50, "2020-01-01");
        limit(SULPHUR, ReadingKind.DAY, null, 50, "2020-01-01");
        limit(NITROGEN, ReadingKind.HOUR, null, 150, "2020-01-01");
        equipment.add(new Equipment(FAN, 7, "引风机", false, 21L, "power", 10, 2, true));
        equipment.add(new Equipment(PUMP, 7, "脱硫循环泵", true, 22L, "power", 5, 1, true));
        exemptions.add(exemption("冷态启动", 4));
        exemptions.add(exemption("停炉", 1));
    }

    void factor(Factor factor) {
        factors.put(factor.code(), factor);
    }

    void limit(String factor, ReadingKind averaging, @Nullable Double lowest, double highest, String from) {
        limits.add(
                0,
                new EmissionLimit(
                        limits.size() + 1,
                        EmissionLimit.Source.PERMIT,
                        factor,
                        averaging,
                        lowest,
                        highest,
                        "91140000DEMO001P",
                        LocalDate.parse(from),
                        null));
    }

    static Instant at(String moment) {
        return LocalDateTime.parse(moment).atZone(ChineseTime.ZONE).toInstant();
    }

    /** 2026-03-26 at that hour, or later by days. */
    static Instant hour(int hour) {
        return at("2026-03-26T00:00").plus(Duration.ofHours(hour));
    }

    static Reading reading(
            ReadingKind kind,
            String factor,
            Instant time,
            @Nullable Double value,
            @Nullable Double converted,
            String flag) {
        return new Reading(
                11,
                kind,
                factor,
                time,
                value,
                null,
                null,
                null,
                converted,
                null,
                null,
                flag,
                Reading.Source.DEVICE,
                null,
                time.plus(Duration.ofHours(1)),
                false,
                0);
    }

    void period(ReadingKind kind, Instant begins, Duration length, Reading... readings) {
        Map<String, Reading> byFactor = new HashMap<>();
        for (Reading reading : readings) byFactor.put(reading.factor(), reading);
        states = PeriodJudging.judge(
                states, new Period(kind, begins, begins.plus(length), byFactor, production), this, this::found);
    }

    void hour(int hour, Reading... readings) {
        period(ReadingKind.HOUR, hour(hour), Duration.ofHours(1), readings);
    }

    /** Value and converted value are the same; that is right at reference oxygen. */
    void hour(int hour, String factor, double value) {
        hour(hour, factor, value, "N");
    }

    void hour(int hour, String factor, double value, String flag) {
        hour(hour, reading(ReadingKind.HOUR, factor, hour(hour), value, value, flag));
    }

    void day(int day, double value) {
        Instant begins = hour(24 * day);
        period(
                ReadingKind.DAY,
                begins,
                Duration.ofDays(1),
                reading(ReadingKind.DAY, SULPHUR, begins, value, value, "N"));
    }

    /** @param minute of 2026-03-26 */
    void draws(long equipmentId, int minute, double kilowatts) {
        power = PowerJudging.read(power, equipmentId, minute(minute), kilowatts, this, this::found);
    }

    void clock(int minute) {
        // not kept, as the sweep does not keep it either
        PowerJudging.advance(power, minute(minute), this, this::found);
    }

    static Instant minute(int minute) {
        return at("2026-03-26T00:00").plus(Duration.ofMinutes(minute));
    }

    /** @param late minutes after its end at which each came; null: has not come */
    void due(int hour, @Nullable Integer late) {
        Instant came = late == null ? Arrivals.ABSENT : hour(hour + 1).plus(Duration.ofMinutes(late));
        arrivals = Arrivals.judge(arrivals, new Arrivals.DueHour(hour(hour), Map.of(SULPHUR, came)), this, this::found);
    }

    void found(Finding finding) {
        found.put(finding.key(), finding);
    }

    List<org.banhao.monitoring.MonitoringRule> rules() {
        return found.values().stream().map(Finding::rule).distinct().toList();
    }

    Finding only(org.banhao.monitoring.MonitoringRule rule) {
        List<Finding> some =
                found.values().stream().filter(one -> one.rule() == rule).toList();
        if (some.size() != 1) throw new AssertionError(rule + ": " + found.values());
        return some.get(0);
    }

    void stop(Instant from, Instant until) {
        stops.add(new PlannedStop(stops.size() + 1, 7, "boiler", from, until, "停炉检修", from));
    }

    void mark(@Nullable String factor, int from, int until, boolean invalid, String label) {
        marks.add(new StatutoryMark(
                marks.size() + 1, 7, factor, hour(from), hour(until), invalid, label, true, hour(until)));
    }

    @Override
    public Outlet outlet() {
        return outlet;
    }

    @Override
    public Optional<Factor> factor(String code) {
        return Optional.ofNullable(factors.get(code));
    }

    @Override
    public Optional<EmissionLimit> limit(String factor, ReadingKind averaging, LocalDate day) {
        return limits.stream()
                .filter(limit -> limit.factor().equals(factor)
                        && limit.averaging() == averaging
                        && !day.isBefore(limit.validFrom()))
                .findFirst();
    }

    @Override
    public List<StatutoryMark> marks() {
        return marks;
    }

    @Override
    public List<PlannedStop> stops() {
        return stops;
    }

    @Override
    public List<ProductionOrder> orders() {
        return orders;
    }

    @Override
    public List<Exemption> exemptions() {
        return exemptions;
    }

    @Override
    public List<Equipment> equipment() {
        return equipment;
    }

    @Override
    public ThresholdBook thresholds() {
        return thresholds;
    }

    private static Exemption exemption(String word, int hours) {
        return new Exemption(
                0,
                "boiler",
                word,
                NITROGEN,
                Duration.ofHours(hours),
                "HJ 953-2018",
                java.time.LocalDate.of(2020, 1, 1),
                null,
                "系统");
    }
}
