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
    MINUTE(PeriodJudging.rules(ReadingKind.MINUTE), true),
    HOUR(PeriodJudging.rules(ReadingKind.HOUR), false),
    DAY(PeriodJudging.rules(ReadingKind.DAY), false),
    ARRIVAL(EnumSet.of(MonitoringRule.MISSING), false),
    POWER(PowerJudging.rules(), true);

    private final Set<MonitoringRule> rules;
    private final boolean hourly;

    Family(Set<MonitoringRule> rules, boolean hourly) {
        this.rules = rules;
        this.hourly = hourly;
    }

    Set<MonitoringRule> rules() {
        return rules;
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
