package org.banhao.monitoring.rules.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.Equipment;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.PowerFormula;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Readings;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.rules.Arrivals;
import org.banhao.monitoring.rules.Arrivals.DueHour;
import org.banhao.monitoring.rules.Period;
import org.banhao.monitoring.rules.Period.Running;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Stored readings in the shape and order in which rules want them. */
@Component
class History {

    /** Before a period of minutes: what a meter said last may be as old as this. */
    private static final Duration LAST_POWER = Duration.ofMinutes(15);

    private final Readings readings;
    private final Registry registry;

    History(Readings readings, Registry registry) {
        this.readings = readings;
        this.registry = registry;
    }

    /** Periods of one kind whose begin lies in the span, in their order. */
    List<Period> periods(long outletId, ReadingKind kind, Instant from, Instant until, List<Equipment> equipment) {
        Map<Instant, Map<String, Reading>> byTime = new TreeMap<>();
        for (Reading reading : readings.ofOutlet(outletId, kind, null, from, until))
            byTime.computeIfAbsent(reading.time(), time -> new LinkedHashMap<>())
                    .put(reading.factor(), reading);
        if (byTime.isEmpty()) return List.of();
        Map<Long, Duration> minutes = new HashMap<>();
        List<Drawn> drawn = drawn(production(equipment), from.minus(LAST_POWER), until.plus(kind.length()));
        List<Period> periods = new ArrayList<>();
        byTime.forEach((begins, values) -> {
            Duration length = kind == ReadingKind.MINUTE
                    ? minutes.computeIfAbsent(values.values().iterator().next().deviceId(), this::minutes)
                    : kind.length();
            Instant ends = begins.plus(length);
            periods.add(new Period(kind, begins, ends, values, running(drawn, kind, begins, ends)));
        });
        return periods;
    }

    private Duration minutes(long deviceId) {
        return Duration.ofMinutes(
                registry.device(deviceId).map(MonitoringDevice::minutes).orElse(1));
    }

    private static List<Equipment> production(List<Equipment> equipment) {
        return equipment.stream()
                .filter(one -> !one.treatment() && one.meterId() != null)
                .toList();
    }

    /** What one equipment drew, in the order of time. */
    private record Drawn(Equipment equipment, List<PowerFormula.Drawn> readings) {}

    private List<Drawn> drawn(List<Equipment> equipment, Instant from, Instant until) {
        return equipment.stream()
                .map(one -> new Drawn(one, power(one, from, until)))
                .toList();
    }

    /** What its meter says of the power of this equipment, realtime and minutes, in the order of time. */
    List<PowerFormula.Drawn> power(Equipment equipment, Instant from, Instant until) {
        Long meter = equipment.meterId();
        if (meter == null) return List.of();
        PowerFormula formula = equipment.formula();
        List<Reading> found = new ArrayList<>();
        for (ReadingKind kind : List.of(ReadingKind.REALTIME, ReadingKind.MINUTE))
            for (String code : formula.codes()) found.addAll(readings.ofDevice(meter, kind, code, from, until));
        return formula.drawn(found);
    }

    /** What one equipment drew at a moment. */
    record Point(long equipmentId, Instant at, double power) {

        /** The order in which power is judged. */
        static final Comparator<Point> ORDER = Comparator.comparing(Point::at).thenComparingLong(Point::equipmentId);
    }

    /** Of all equipment, in the order in which it is judged. */
    List<Point> points(List<Equipment> equipment, Instant from, Instant until) {
        List<Point> points = new ArrayList<>();
        for (Equipment one : equipment)
            for (PowerFormula.Drawn drawn : power(one, from, until))
                points.add(new Point(one.id(), drawn.at(), drawn.kilowatts()));
        points.sort(Point.ORDER);
        return points;
    }

    /**
     * In an hour or a day: a production equipment worked in half of its readings or more; none worked in any: it stood; else it cannot be
     * said. For minutes what was read last counts.
     */
    private static Running running(List<Drawn> drawn, ReadingKind kind, Instant begins, Instant ends) {
        if (drawn.isEmpty()) return Running.UNKNOWN;
        boolean unclear = false;
        for (Drawn one : drawn) {
            int all = 0;
            int working = 0;
            for (PowerFormula.Drawn reading : one.readings()) {
                if (!reading.at().isBefore(ends)) continue;
                boolean before = reading.at().isBefore(begins);
                if (before && (kind != ReadingKind.MINUTE || reading.at().isBefore(begins.minus(LAST_POWER)))) continue;
                if (kind == ReadingKind.MINUTE) {
                    all = 0;
                    working = 0;
                }
                all++;
                if (reading.kilowatts() >= one.equipment().workingFrom()) working++;
            }
            if (all > 0 && working * 2 >= all) return Running.YES;
            if (all == 0 || working > 0) unclear = true;
        }
        return unclear ? Running.UNKNOWN : Running.NO;
    }

    /**
     * Hours from the first to the last, with what was due in them and when it came.
     *
     * @param wasMissing hours of which it was found that they were missing: of one corrected later the first arrival is not known any more
     */
    List<DueHour> dueHours(
            long outletId, Instant first, Instant end, Predicate<Instant> wasMissing, Function<Instant, Instant> due) {
        Map<Instant, Map<String, Reading>> come = new HashMap<>();
        for (Reading reading : readings.ofOutlet(outletId, ReadingKind.HOUR, null, first, end))
            come.computeIfAbsent(reading.time(), time -> new HashMap<>()).put(reading.factor(), reading);
        Map<LocalDate, List<String>> factors = new HashMap<>();
        List<DueHour> hours = new ArrayList<>();
        for (Instant hour = first; hour.isBefore(end); hour = hour.plus(ReadingKind.HOUR.length())) {
            Map<String, Instant> arrivals = new HashMap<>();
            for (String factor :
                    factors.computeIfAbsent(ChineseTime.day(hour), day -> registry.factorsDue(outletId, day))) {
                Reading reading = come.getOrDefault(hour, Map.of()).get(factor);
                arrivals.put(factor, arrival(hour, reading, wasMissing, due.apply(hour)));
            }
            hours.add(new DueHour(hour, arrivals));
        }
        return hours;
    }

    private static Instant arrival(
            Instant hour, @Nullable Reading reading, Predicate<Instant> wasMissing, Instant due) {
        if (reading == null) return Arrivals.ABSENT;
        // made of minutes that did come; of too few it says nothing
        if (reading.source() == Reading.Source.COMPUTED) return reading.normal() ? hour : Arrivals.ABSENT;
        if (reading.changes() > 0 && reading.arrivedAt().isAfter(due) && !wasMissing.test(hour)) return hour;
        return reading.arrivedAt();
    }
}
