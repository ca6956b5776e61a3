package org.banhao.monitoring.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Equipment;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.StatutoryMark;

/** What is known around an outlet for the time that is judged. The same question always has the same answer. */
public interface Surroundings {

    Outlet outlet();

    Optional<Factor> factor(String code);

    /** The limit that holds on the day; {@code averaging} HOUR or DAY. */
    Optional<EmissionLimit> limit(String factor, ReadingKind averaging, LocalDate day);

    List<StatutoryMark> marks();

    /** Acknowledged ones. */
    List<PlannedStop> stops();

    List<ProductionOrder> orders();

    List<Exemption> exemptions();

    List<Equipment> equipment();

    ThresholdBook thresholds();

    /** A planned stop that covers the moment. */
    default Optional<PlannedStop> stopAt(Instant moment) {
        return stops().stream().filter(stop -> stop.covers(moment)).findFirst();
    }

    /** The mark that takes the reading which begins at that moment out of judging; empty: it is judged. */
    default Optional<StatutoryMark> markAt(String factor, Instant moment) {
        return marks().stream()
                .filter(mark -> mark.covers(factor, moment) && (mark.invalid() || exempt(mark, factor, moment)))
                .findFirst();
    }

    /**
     * A mark of an abnormal condition counts for a limited time only. Where a window is known for what it says (启炉, 停炉) and this kind of
     * outlet, it ends with that window and holds for that window's factor; else it counts as long as it lasts.
     */
    private boolean exempt(StatutoryMark mark, String factor, Instant moment) {
        List<Exemption> known = exemptions().stream()
                .filter(exemption -> exemption.concerns(outlet(), mark))
                .toList();
        return known.isEmpty()
                || known.stream()
                        .filter(window ->
                                window.factor() == null || window.factor().equals(factor))
                        .anyMatch(window -> moment.isBefore(mark.beginsAt().plus(window.longest())));
    }
}
