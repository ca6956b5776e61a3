package org.banhao.monitoring.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When which faults were, are and will be at one station. Safe for several threads: one asks, others switch. */
final class Faults {

    /**
     * @param factor null: all that the fault concerns
     * @param until not included; null: until it is switched off
     */
    record Span(
            SimulatedFault fault,
            @Nullable String factor,
            Instant from,
            @Nullable Instant until) {

        boolean covers(Instant at) {
            return !at.isBefore(from) && (until == null || at.isBefore(until));
        }

        boolean concerns(String code) {
            return factor == null || factor.equals(code);
        }

        /** 0 to 1: how much of its effect there is. */
        double strength(Instant at) {
            if (at.isBefore(from)) return 0;
            Duration pace = fault.pace();
            boolean over = until != null && !at.isBefore(until);
            if (pace.isZero()) return over ? 0 : 1;
            double reached = 1 - Math.exp(-seconds(from, over && until != null ? until : at) / pace.toSeconds());
            return over && until != null ? reached * Math.exp(-seconds(until, at) / pace.toSeconds()) : reached;
        }

        private static double seconds(Instant from, Instant to) {
            return Duration.between(from, to).toMillis() / 1000.0;
        }
    }

    /** The model asks for past moments when data are asked for again, but not for ever. */
    private static final Duration REMEMBERED = Duration.ofDays(8);

    private volatile List<Span> spans = List.of();

    synchronized void add(Span span) {
        List<Span> all = new ArrayList<>(spans);
        all.removeIf(
                one -> one.until() != null && one.until().isBefore(span.from().minus(REMEMBERED)));
        all.add(span);
        spans = List.copyOf(all);
    }

    /** @return false: it goes on already */
    synchronized boolean begin(SimulatedFault fault, @Nullable String factor, Instant from) {
        if (active(fault, from)) return false;
        add(new Span(fault, factor, from, null));
        return true;
    }

    /** @return false: there was none */
    synchronized boolean end(SimulatedFault fault, Instant at) {
        boolean any = false;
        List<Span> all = new ArrayList<>();
        for (Span one : spans) {
            boolean ends = one.fault() == fault && one.covers(at);
            any |= ends;
            all.add(ends ? new Span(one.fault(), one.factor(), one.from(), at) : one);
        }
        spans = List.copyOf(all);
        return any;
    }

    boolean active(SimulatedFault fault, Instant at) {
        return spans.stream().anyMatch(one -> one.fault() == fault && one.covers(at));
    }

    List<Span> active(Instant at) {
        return spans.stream().filter(one -> one.covers(at)).toList();
    }

    /** The one that holds for the factor at the moment; null: none. */
    @Nullable
    Span at(SimulatedFault fault, String factor, Instant at) {
        for (Span one : spans) if (one.fault() == fault && one.concerns(factor) && one.covers(at)) return one;
        return null;
    }

    /** 0 to 1. */
    double strength(SimulatedFault fault, Instant at) {
        double most = 0;
        for (Span one : spans) if (one.fault() == fault) most = Math.max(most, one.strength(at));
        return most;
    }

    double strength(SimulatedFault fault, String factor, Instant at) {
        double most = 0;
        for (Span one : spans)
            if (one.fault() == fault && one.concerns(factor)) most = Math.max(most, one.strength(at));
        return most;
    }
}
