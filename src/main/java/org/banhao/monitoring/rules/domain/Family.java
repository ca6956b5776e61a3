package org.banhao.monitoring.rules.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.rules.PeriodJudging;
import org.banhao.monitoring.rules.PowerJudging;

/** Rules that are judged together, in one order of time, and remember together. */
enum Family {
    MINUTE(true),
    HOUR(false),
    DAY(false),
    ARRIVAL(false),
    POWER(true);

    private final boolean hourly;

    Family(boolean hourly) {
        this.hourly = hourly;
    }

    Set<MonitoringRule> rules() {
        return switch (this) {
            case MINUTE -> PeriodJudging.rules(ReadingKind.MINUTE);
            case HOUR -> PeriodJudging.rules(ReadingKind.HOUR);
            case DAY -> PeriodJudging.rules(ReadingKind.DAY);
            case ARRIVAL -> EnumSet.of(MonitoringRule.MISSING);
            case POWER -> PowerJudging.rules();
        };
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Begin of the slot in which the moment lies: an hour where there is much to judge, else a day of China. */
    Instant slot(Instant moment) {
        return hourly
                ? moment.truncatedTo(ChronoUnit.HOURS)
                : ChineseTime.day(moment).atStartOfDay(ChineseTime.ZONE).toInstant();
    }

    static Family of(ReadingKind kind) {
        return switch (kind) {
            case MINUTE -> MINUTE;
            case HOUR -> HOUR;
            case DAY -> DAY;
            case REALTIME -> throw new IllegalArgumentException("Realtime values are judged by no rule");
        };
    }
}
