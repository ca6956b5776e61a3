package org.banhao.monitoring;

import org.jspecify.annotations.Nullable;

/**
 * Production or treatment equipment of an outlet, watched by the power it draws.
 *
 * @param meterId device whose readings tell the power; null: none
 * @param factor of the meter's readings, in kW; null as the meter
 * @param workingFrom kW, from which on it works
 * @param standingBelow kW, below which it stands; between the two it idles
 */
public record Equipment(
        long id,
        long outletId,
        String name,
        boolean treatment,
        @Nullable Long meterId,
        @Nullable String factor,
        double workingFrom,
        double standingBelow,
        boolean active) {}
