package org.banhao.monitoring.rules;

import java.time.Instant;
import org.banhao.monitoring.Outlet;
import org.jspecify.annotations.Nullable;

/**
 * A threshold that was set. Neither kind nor outlet: for all.
 *
 * @param from included
 * @param until not included; null: until another row takes its place
 */
public record ThresholdRow(
        long id,
        Threshold threshold,
        Outlet.@Nullable Kind kind,
        @Nullable Long outletId,
        double amount,
        Instant from,
        @Nullable Instant until) {

    boolean concerns(Outlet.@Nullable Kind wantedKind, @Nullable Long wantedOutlet, Instant at) {
        return (outletId == null || outletId.equals(wantedOutlet))
                && (kind == null || kind == wantedKind)
                && !at.isBefore(from)
                && (until == null || at.isBefore(until));
    }

    /** The closer a row is to the outlet, the more it weighs. */
    int closeness() {
        return outletId != null ? 2 : kind != null ? 1 : 0;
    }
}
