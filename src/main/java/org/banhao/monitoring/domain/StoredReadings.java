package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Readings;
import org.banhao.monitoring.StatutoryMark;
import org.banhao.monitoring.Transmission;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional(readOnly = true)
class StoredReadings implements Readings {

    /** Two devices of one outlet say the same: the higher source, then the later one. */
    static final Comparator<Reading> PREFERRED =
            Comparator.comparing(Reading::source).thenComparing(Reading::arrivedAt);

    private static final Duration A_DAY = Duration.ofDays(1);

    private final ReadingQueries queries;
    private final FrameRows frames;
    private final StoredRegistry registry;
    private final Marks marks;
    private final Clock clock;

    StoredReadings(ReadingQueries queries, FrameRows frames, StoredRegistry registry, Marks marks, Clock clock) {
        this.queries = queries;
        this.frames = frames;
        this.registry = registry;
        this.marks = marks;
        this.clock = clock;
    }

    private record Place(String factor, Instant time) {}

    @Override
    public List<Reading> ofOutlet(
            long outletId, ReadingKind kind, @Nullable String factor, Instant from, Instant until) {
        List<Long> devices = queries.devicesOf(outletId);
        if (devices.size() == 1) return queries.ofDevice(devices.get(0), kind, factor, from, until);
        Map<Place, Reading> best =
                new TreeMap<>(Comparator.comparing(Place::factor).thenComparing(Place::time));
        for (long device : devices) {
            for (Reading reading : queries.ofDevice(device, kind, factor, from, until)) {
                best.merge(
                        new Place(reading.factor(), reading.time()),
                        reading,
                        (one, other) -> PREFERRED.compare(one, other) >= 0 ? one : other);
            }
        }
        return List.copyOf(best.values());
    }

    @Override
    public List<Reading> ofDevice(
            long deviceId, ReadingKind kind, @Nullable String factor, Instant from, Instant until) {
        return queries.ofDevice(deviceId, kind, factor, from, until);
    }

    @Override
    public List<Reading> newest(long outletId, ReadingKind kind, Instant at) {
        Map<String, Reading> newest = new TreeMap<>();
        for (Reading reading : ofOutlet(outletId, kind, null, at.minus(A_DAY), at.plusMillis(1))) {
            newest.put(reading.factor(), reading);
        }
        return List.copyOf(newest.values());
    }

    @Override
    public Optional<Instant> heardAt(long deviceId) {
        return queries.heardAt(deviceId);
    }

    @Override
    public Optional<byte[]> packet(long deviceId, UUID frame) {
        return frames.wire(deviceId, frame);
    }

    @Override
    public Transmission transmission(long outletId, LocalDate first, LocalDate last) {
        Instant from = first.atStartOfDay(ChineseTime.ZONE).toInstant();
        Instant end = last.plusDays(1).atStartOfDay(ChineseTime.ZONE).toInstant();
        // an hour is due twenty minutes after its end
        Instant now = ReadingKind.HOUR.begin(clock.instant().minus(Duration.ofMinutes(20)));
        Instant until = now.isBefore(end) ? now : end;
        if (!until.isAfter(from)) return new Transmission(outletId, first, last, List.of());
        List<PlannedStop> stops = registry.stops(outletId, from, until);
        List<StatutoryMark> all = marks.ofOutlet(outletId, from, until);
        Map<String, Map<Instant, Reading>> come = new TreeMap<>();
        for (Reading reading : ofOutlet(outletId, ReadingKind.HOUR, null, from, until)) {
            if (reading.source() == Reading.Source.COMPUTED) continue;
            come.computeIfAbsent(reading.factor(), f -> new TreeMap<>()).put(reading.time(), reading);
        }
        Set<String> factors = new HashSet<>();
        Map<LocalDate, List<String>> due = registry.factorsDue(outletId, first, last);
        due.values().forEach(factors::addAll);
        List<Transmission.OfFactor> counted = new ArrayList<>();
        for (String factor : factors.stream().sorted().toList()) {
            Map<Instant, Reading> own = come.getOrDefault(factor, Map.of());
            int dueHours = 0;
            int comeHours = 0;
            int validHours = 0;
            int markedHours = 0;
            for (Instant hour = from; hour.isBefore(until); hour = hour.plus(Duration.ofHours(1))) {
                Instant at = hour;
                if (!due.getOrDefault(ChineseTime.day(hour), List.of()).contains(factor)) continue;
                if (stops.stream().anyMatch(stop -> stop.covers(at))) continue;
                dueHours++;
                Reading reading = own.get(hour);
                if (reading == null) continue;
                comeHours++;
                boolean marked = all.stream().anyMatch(mark -> mark.covers(factor, at));
                if (marked) markedHours++;
                if (marked || reading.normal() && reading.judged() != null) validHours++;
            }
            counted.add(new Transmission.OfFactor(factor, dueHours, comeHours, validHours, markedHours));
        }
        return new Transmission(outletId, first, last, counted);
    }
}
