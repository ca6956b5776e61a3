package org.banhao.monitoring;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is stored of readings. Reads only; joins the caller's transaction. */
public interface Readings {

    /**
     * Of one outlet, by factor and time. Where two of its devices tell the same factor and time (one took the place of the other), the one
     * of higher source, else the one that came last.
     *
     * @param factor null: all
     * @param from included
     * @param until not included
     */
    List<Reading> ofOutlet(long outletId, ReadingKind kind, @Nullable String factor, Instant from, Instant until);

    /** Of one device, by factor and time; as {@link #ofOutlet}. */
    List<Reading> ofDevice(long deviceId, ReadingKind kind, @Nullable String factor, Instant from, Instant until);

    /** The newest of each factor at or before the moment, at most a day old, by factor. */
    List<Reading> newest(long outletId, ReadingKind kind, Instant at);

    /** When the device was last heard: any good packet; to the minute. Empty: never. */
    Optional<Instant> heardAt(long deviceId);

    /** The packet with that digest, from ## to its check: evidence. Empty: not kept any more. */
    Optional<byte[]> packet(long deviceId, UUID frame);

    /** 传输率, 有效率 of one month of China so far. */
    default Transmission transmission(long outletId, YearMonth month) {
        return transmission(outletId, month.atDay(1), month.atEndOfMonth());
    }

    /** The same from the first to the last day. */
    Transmission transmission(long outletId, LocalDate first, LocalDate last);
}
