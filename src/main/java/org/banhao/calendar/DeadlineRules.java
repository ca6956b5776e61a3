package org.banhao.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.banhao.base.Refusal;

/** The dated rows that say how long each obligation lasts. Entered by the rules administrator. */
public interface DeadlineRules {

    /** All rows in the order of the procedure, within an obligation the newest first. */
    List<DeadlineRule> all();

    /**
     * A new row from a later day on; the row before it ends the day before. Terms that run already keep theirs.
     *
     * @throws Refusal unknown obligation, a day that is not after today, a value out of range
     */
    DeadlineRule add(NewRule rule);

    /**
     * When a term ends that begins at this moment, by the row in force on its day. Nothing is owed by it.
     *
     * @throws Refusal no row of that key for that day
     */
    Ending ending(String key, Instant start);

    /**
     * From which day, how long: which date, and why. Not by the clock.
     *
     * @throws Refusal a value out of range
     */
    Calculation calculate(LocalDate from, int amount, TermUnit unit);

    record NewRule(
            String key,
            int amount,
            TermUnit unit,
            LocalTime cutOff,
            String basis,
            String range,
            boolean sure,
            LocalDate validFrom) {}

    record Ending(DeadlineRule rule, Instant due) {}

    record Calculation(LocalDate end, Instant due, String sentence, boolean provisional) {}
}
