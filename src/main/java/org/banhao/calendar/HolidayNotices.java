package org.banhao.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/** The years of the working calendar: looked at, entered, and what a new notice would change. For the rules administrator. */
public interface HolidayNotices {

    /** Years with a notice, ascending. */
    List<Integer> knownYears();

    /**
     * Every day of the year.
     *
     * @throws Refusal a year no calendar is kept for
     */
    YearPicture year(int year);

    /**
     * Reads the official text of a notice, or lines like {@code 2027-01-01 放假 元旦}. Changes nothing.
     *
     * @param source number of the notice; blank: taken from the text
     * @throws Refusal nothing readable, a weekday or a count that contradicts the calendar, another year
     */
    HolidayNotice read(int year, String source, String text);

    /** What adopting it would change, as of now; nothing is written. */
    Preview preview(HolidayNotice notice);

    /**
     * Puts the notice in force in the caller's transaction; an earlier one of the year stays as history. The deadlines are
     * not touched: the caller lets them be computed again ({@code DeadlineMoves.recompute}) in the same transaction.
     */
    void adopt(HolidayNotice notice);

    /**
     * @param source number of the notice; for a year without one, how the days were found
     * @param enteredBy who entered it here; null: shipped with the application, or no notice
     */
    record YearPicture(
            int year,
            boolean known,
            String source,
            @Nullable String enteredBy,
            @Nullable Instant enteredAt,
            List<Day> days) {}

    /**
     * @param exceptional not what the plain week says
     * @param name 工作日, 周末, 国庆节, 国庆节调休上班
     */
    record Day(LocalDate day, boolean working, boolean exceptional, String name) {}

    /** @param warnings sentences to read before confirming */
    record Preview(HolidayNotice notice, List<String> warnings, List<Move> moves) {}

    /** An open deadline that would get another date. */
    record Move(Deadline deadline, Instant due, String sentence) {}
}
