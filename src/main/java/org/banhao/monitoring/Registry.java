package org.banhao.monitoring;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Who emits through what, seen by which devices, and what is allowed. Reads only; joins the caller's transaction. */
public interface Registry {

    /** By name. */
    List<Enterprise> enterprises();

    Optional<Enterprise> enterprise(long id);

    /** Active ones, by enterprise and code. */
    List<Outlet> outlets();

    Optional<Outlet> outlet(long id);

    /** Those in use on the day and those removed, by id. */
    List<MonitoringDevice> devices(long outletId);

    Optional<MonitoringDevice> device(long id);

    /** All, by code. */
    List<Factor> factors();

    /** Factors that the outlet has to report on the day, by code. */
    List<String> factorsDue(long outletId, LocalDate day);

    /** All limits of the outlet that are in force on the day, by factor and averaging; the one that holds before those that do not. */
    List<EmissionLimit> limits(long outletId, LocalDate day);

    /**
     * The limit that holds: of permit, province and nation the first that says something about this factor on that day; of several of one
     * source the strictest.
     *
     * @param averaging HOUR or DAY
     */
    default Optional<EmissionLimit> limit(long outletId, String factor, ReadingKind averaging, LocalDate day) {
        return EmissionLimit.of(limits(outletId, day), factor, averaging);
    }

    /** Active ones, by name. */
    List<Equipment> equipment(long outletId);

    /** Acknowledged stops that touch the span, by begin. */
    List<PlannedStop> stops(long outletId, Instant from, Instant until);

    /** Whether the device has passed the review that 行政处罚法第四十一条 asks for, and it is valid on that day. */
    boolean evidential(long deviceId, LocalDate day);
}
