package org.banhao.monitoring.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.WorkCalendar;
import org.banhao.monitoring.AlertLevel;

/**
 * How soon an alert is dealt with. No national text says so; these are working values of cities' platforms (practice), for orientation on
 * the duty screen, counted from when the alert was found. No obligation follows from them.
 */
enum ResponseTerm {
    /** Seen by the person on duty. */
    SEEN("接警"),
    /** Checked at the desk: marks, ledger, video, the enterprise's word. */
    DESK("研判"),
    /** Somebody was there. */
    SITE("现场核查");

    private static final Duration SEEN_WITHIN = Duration.ofMinutes(30);
    private static final Duration DESK_WITHIN = Duration.ofHours(2);
    private static final Duration RED_SITE_WITHIN = Duration.ofHours(24);
    private static final int SITE_WORKING_DAYS = 3;
    private static final LocalTime END_OF_DAY = LocalTime.of(18, 0);

    private final String label;

    ResponseTerm(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    Instant until(Instant foundAt, AlertLevel level, WorkCalendar calendar) {
        return switch (this) {
            case SEEN -> foundAt.plus(SEEN_WITHIN);
            case DESK -> foundAt.plus(DESK_WITHIN);
            case SITE ->
                level == AlertLevel.RED
                        ? foundAt.plus(RED_SITE_WITHIN)
                        : calendar.plusWorkingDays(ChineseTime.day(foundAt), SITE_WORKING_DAYS)
                                .atTime(END_OF_DAY)
                                .atZone(ChineseTime.ZONE)
                                .toInstant();
        };
    }

    /** The first one that has not passed; the last one when all have. */
    static ResponseTerm running(Instant foundAt, AlertLevel level, WorkCalendar calendar, Instant now) {
        for (ResponseTerm term : values()) if (!now.isAfter(term.until(foundAt, level, calendar))) return term;
        return SITE;
    }
}
