package org.banhao.monitoring;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * 停运报备 of an outlet.
 *
 * @param kind production 停产, boiler 停炉, overhaul 检修
 * @param endsAt not included
 * @param acknowledgedAt null: not acknowledged (yet), and so without effect
 */
public record PlannedStop(
        long id,
        long outletId,
        String kind,
        Instant beginsAt,
        Instant endsAt,
        String reason,
        @Nullable Instant acknowledgedAt) {

    public boolean covers(Instant moment) {
        return acknowledgedAt != null && !moment.isBefore(beginsAt) && moment.isBefore(endsAt);
    }
}
