package org.banhao.monitoring.rules;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;

/**
 * All readings of an outlet of one kind and time.
 *
 * @param ends not included
 * @param readings by factor
 * @param production whether the outlet's production ran, by its power; UNKNOWN where no meter tells
 */
public record Period(
        ReadingKind kind, Instant begins, Instant ends, Map<String, Reading> readings, Running production) {

    public enum Running {
        YES,
        NO,
        UNKNOWN
    }

    public Period {
        readings = Map.copyOf(readings);
    }

    Optional<Reading> reading(String factor) {
        return Optional.ofNullable(readings.get(factor));
    }

    /** By power; where no meter tells, by the flow through the outlet. */
    Running running(Surroundings around) {
        if (production != Running.UNKNOWN) return production;
        String flow = Factors.flow(around.outlet());
        Reading reading = readings.get(flow);
        Double value = reading == null || !reading.normal() ? null : reading.value();
        if (value == null) return Running.UNKNOWN;
        return value > 0 ? Running.YES : Running.NO;
    }
}
