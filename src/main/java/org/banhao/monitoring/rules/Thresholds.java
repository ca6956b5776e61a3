package org.banhao.monitoring.rules;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.banhao.monitoring.MonitoringRule;
import org.jspecify.annotations.Nullable;

/** The figures of one rule at one moment, or those by which an open finding was opened. */
public final class Thresholds {

    private final Map<Threshold, Double> figures = new EnumMap<>(Threshold.class);

    Thresholds(ToDoubleFunction<Threshold> of, MonitoringRule rule) {
        for (Threshold threshold : Threshold.values())
            if (threshold.rule() == rule) figures.put(threshold, of.applyAsDouble(threshold));
    }

    private Thresholds(Map<Threshold, Double> figures) {
        this.figures.putAll(figures);
    }

    /** An open finding keeps those it was opened by: raising one never makes a matter that goes on disappear. */
    Thresholds orHeld(@Nullable Map<Threshold, Double> held) {
        if (held == null) return this;
        Thresholds both = new Thresholds(figures);
        both.figures.putAll(held);
        return both;
    }

    Map<Threshold, Double> figures() {
        return figures;
    }

    /** @throws IllegalArgumentException a figure of another rule */
    public double of(Threshold threshold) {
        Double figure = figures.get(threshold);
        if (figure == null) throw new IllegalArgumentException(threshold + " belongs to another rule");
        return figure;
    }

    Duration hours(Threshold threshold) {
        return Duration.ofSeconds(Math.round(of(threshold) * 3600));
    }

    Duration minutes(Threshold threshold) {
        return Duration.ofSeconds(Math.round(of(threshold) * 60));
    }
}
