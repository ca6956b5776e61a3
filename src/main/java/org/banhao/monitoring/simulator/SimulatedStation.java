package org.banhao.monitoring.simulator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A simulated station at one moment.
 *
 * @param connected its line stands
 * @param sent packets of all its devices, repeated ones counted again
 * @param answered packets that were answered
 * @param waiting packets that were not answered yet
 * @param answeredAt when its logger was answered last; null: never
 */
public record SimulatedStation(
        Station station,
        boolean connected,
        long sent,
        long answered,
        int waiting,
        @Nullable Instant answeredAt,
        List<Active> faults) {

    /** @param factor null: all that the fault concerns */
    public record Active(SimulatedFault fault, @Nullable String factor, Instant since) {}

    public SimulatedStation {
        faults = List.copyOf(faults);
    }

    SimulatedStation with(List<Faults.Span> spans) {
        List<Active> active = spans.stream()
                .map(span -> new Active(span.fault(), span.factor(), span.from()))
                .toList();
        return new SimulatedStation(station, connected, sent, answered, waiting, answeredAt, active);
    }
}
