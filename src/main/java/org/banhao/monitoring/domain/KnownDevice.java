package org.banhao.monitoring.domain;

import java.time.LocalDate;
import java.util.Map;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.gateway.Device;
import org.jspecify.annotations.Nullable;

/**
 * A device as packets need it.
 *
 * @param weakUntil last day on which its password, known to everybody, is let through; null: the password is a good one
 * @param oldCodes codes of HJ/T 212-2005 → those of the registry, for this kind of outlet
 */
record KnownDevice(
        long id,
        long outletId,
        Outlet.Kind outletKind,
        Device device,
        int minutes,
        boolean backfill,
        @Nullable LocalDate weakUntil,
        @Nullable LocalDate removedOn,
        Map<String, String> oldCodes) {

    boolean heardOn(LocalDate day) {
        return removedOn == null && (weakUntil == null || !day.isAfter(weakUntil));
    }
}
