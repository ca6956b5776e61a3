package org.banhao.notice.domain;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.WorkCalendar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What sweeps that speak to people have in common: only in the working hours of working days, and patient with a database that is away. */
final class OfficeHours {

    private static final LocalTime UNTIL = LocalTime.of(18, 0);
    private static final Logger LOG = LoggerFactory.getLogger(OfficeHours.class);

    private OfficeHours() {}

    interface Round {
        /** @return how many were told */
        int on(WorkingDays days, LocalDate today);
    }

    /** @return what the round returned; 0 outside the hours */
    static int within(LocalTime from, WorkCalendar calendar, Clock clock, Round round) {
        LocalTime hour = clock.instant().atZone(ChineseTime.ZONE).toLocalTime();
        if (hour.isBefore(from) || !hour.isBefore(UNTIL)) return 0;
        WorkingDays days = new WorkingDays(calendar);
        LocalDate today = ChineseTime.day(clock.instant());
        return days.working(today) ? round.on(days, today) : 0;
    }

    /** @param what failed, as the log says it */
    static void patiently(Runnable sweep, String what) {
        try {
            sweep.run();
        } catch (DataAccessException | TransactionException e) {
            // the database is away or the machine is going down; the next round begins where this one did
            LOG.warn("{}: {}", what, e.getClass().getSimpleName());
        }
    }
}
