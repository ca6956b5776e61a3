package org.banhao.monitoring;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One factor, one device, one period. In the factor's unit ({@link Factor#unit}); null: was not sent.
 *
 * @param factor code of {@link Factor}; one that is not in the registry is kept as it was sent
 * @param time begin of the period, of realtime values the instant
 * @param value Rtd or Avg
 * @param lowest Min
 * @param highest Max
 * @param total Cou
 * @param converted ZsRtd or ZsAvg: dry, at standard state and reference oxygen; what limits are compared with where there is one
 * @param flag 数据标记 as it was sent: N F M S D C T B; null: none was, as in HJ/T 212-2005
 * @param frame digest of the packet that holds it; null: it came in none
 * @param arrivedAt when this value came
 * @param late it was sent again later; never a reason to alarm anew
 * @param changes how often another value, or the word of a higher source, took the place of an earlier one; where it did, {@code arrivedAt}
 *     is not when the period was first told
 */
public record Reading(
        long deviceId,
        ReadingKind kind,
        String factor,
        Instant time,
        @Nullable Double value,
        @Nullable Double lowest,
        @Nullable Double highest,
        @Nullable Double total,
        @Nullable Double converted,
        @Nullable Double convertedLowest,
        @Nullable Double convertedHighest,
        @Nullable String flag,
        Source source,
        @Nullable UUID frame,
        Instant arrivedAt,
        boolean late,
        int changes) {

    /** Who says it. A later one of the list wins over an earlier one, whenever it comes. */
    public enum Source {
        /** Computed here from shorter periods, because the device sent none. */
        COMPUTED,
        DEVICE,
        /** Handed on by an upper platform. */
        PLATFORM
    }

    /** Flag N, or none at all. */
    public boolean normal() {
        return flag == null || flag.equals("N");
    }

    /** {@link #converted} where there is one, else {@link #value}. */
    public @Nullable Double judged() {
        return converted != null ? converted : value;
    }
}
