package org.banhao.monitoring.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * 停产、限产要求: by a heavy-pollution alert or an order to the enterprise.
 *
 * @param endsAt not included; null: until it is lifted
 * @param allowed kW that production may still draw
 * @param basis which alert or document asks for it
 */
public record ProductionOrder(
        long id, long outletId, Instant beginsAt, @Nullable Instant endsAt, double allowed, String basis) {

    boolean covers(Instant moment) {
        return !moment.isBefore(beginsAt) && (endsAt == null || moment.isBefore(endsAt));
    }
}
