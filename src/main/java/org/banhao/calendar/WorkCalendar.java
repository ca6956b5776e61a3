package org.banhao.calendar;

import java.time.LocalDate;

/** Working days of the State Council's yearly notices, with make-up days; weekends and fixed holidays beyond the known years. */
public interface WorkCalendar {

    boolean isWorkingDay(LocalDate day);

    /** Whether the day lies in a year whose notice is not known yet, so that the answer may change. */
    boolean isProvisional(LocalDate day);

    /** The n-th working day after {@code from}; the day itself does not count (民法典第201条). {@code n} ≥ 1. */
    LocalDate plusWorkingDays(LocalDate from, int n);

    /** The same day n months later, else that month's last day: 31 January + 1 month = 28 February. */
    LocalDate plusMonths(LocalDate from, int months);

    /** {@code day} itself, or the next working day: a term that ends on a day off ends on the next working day (民法典第203条). */
    LocalDate nextWorkingDay(LocalDate day);

    /** What the day is: 工作日, 周末, 国庆节, 国庆节调休上班. */
    String nameOf(LocalDate day);
}
