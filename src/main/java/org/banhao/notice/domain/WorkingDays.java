package org.banhao.notice.domain;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.banhao.calendar.WorkCalendar;

/** Working days around due days, each day asked for once; for one round of a sweep. */
final class WorkingDays {

    private final WorkCalendar calendar;
    private final Map<LocalDate, Boolean> known = new HashMap<>();

    WorkingDays(WorkCalendar calendar) {
        this.calendar = calendar;
    }

    boolean working(LocalDate day) {
        return known.computeIfAbsent(day, calendar::isWorkingDay);
    }

    /**
     * The n-th working day after the day, before it when negative; for 0 the day itself or, when people are off, the last working day
     * before it.
     */
    LocalDate from(LocalDate day, int n) {
        LocalDate at = day;
        if (n == 0) {
            while (!working(at)) at = at.minusDays(1);
            return at;
        }
        int step = n < 0 ? -1 : 1;
        for (int left = Math.abs(n); left > 0; ) {
            at = at.plusDays(step);
            if (working(at)) left--;
        }
        return at;
    }

    /** Working days after the one up to and with the other. */
    int between(LocalDate from, LocalDate to) {
        int n = 0;
        for (LocalDate day = from.plusDays(1); !day.isAfter(to); day = day.plusDays(1)) if (working(day)) n++;
        return n;
    }
}
