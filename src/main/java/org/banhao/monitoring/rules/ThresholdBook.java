package org.banhao.monitoring.rules;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.jspecify.annotations.Nullable;

/** All rows that were ever set: what held at any moment can be told. */
public final class ThresholdBook {

    public static final ThresholdBook USUAL = new ThresholdBook(List.of(), Map.of());

    private static final Comparator<ThresholdRow> WEIGHT = Comparator.comparingInt(ThresholdRow::closeness)
            .thenComparing(ThresholdRow::from)
            .thenComparingLong(ThresholdRow::id);

    private final List<ThresholdRow> rows;
    private final Map<Threshold, Double> tried;

    public ThresholdBook(List<ThresholdRow> rows) {
        this(rows, Map.of());
    }

    private ThresholdBook(List<ThresholdRow> rows, Map<Threshold, Double> tried) {
        this.rows = List.copyOf(rows);
        this.tried = Map.copyOf(tried);
    }

    /** The same, but with these figures at all times, whatever was set. */
    public ThresholdBook trying(Map<Threshold, Double> figures) {
        return new ThresholdBook(rows, figures);
    }

    /** The row of the outlet, else that of its kind, else that for all, else what is usual; of several the one that began last. */
    public double at(Threshold threshold, Outlet outlet, Instant moment) {
        Double trial = tried.get(threshold);
        if (trial != null) return trial;
        return holding(threshold, outlet.kind(), outlet.id(), moment)
                .map(ThresholdRow::amount)
                .orElse(threshold.usual());
    }

    /**
     * The row that holds; empty: what is usual does.
     *
     * @param kind null: for outlets of no kind in particular, where rows for all count only
     * @param outletId null: for no outlet in particular
     */
    public Optional<ThresholdRow> holding(
            Threshold threshold, Outlet.@Nullable Kind kind, @Nullable Long outletId, Instant moment) {
        return rows.stream()
                .filter(row -> row.threshold() == threshold && row.concerns(kind, outletId, moment))
                .max(WEIGHT);
    }

    /** Those of one rule that hold at the moment. */
    public Thresholds of(MonitoringRule rule, Outlet outlet, Instant moment) {
        return new Thresholds(threshold -> at(threshold, outlet, moment), rule);
    }
}
