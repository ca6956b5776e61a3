package org.banhao.monitoring;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.banhao.base.ChineseTime;

/** Statutory marks that are in force. Reads only. */
public interface Marks {

    /** Those that touch the span, by begin; revoked ones are left out. */
    List<StatutoryMark> ofOutlet(long outletId, Instant from, Instant until);

    /**
     * Until when the data of that moment may be marked: 12:00 of the next day in China. Who does not mark by then has no objection to the
     * data (自动监测数据标记规则); before, no case can rest on them.
     */
    static Instant windowEnds(Instant time) {
        return ChineseTime.day(time)
                .plusDays(1)
                .atTime(LocalTime.NOON)
                .atZone(ChineseTime.ZONE)
                .toInstant();
    }
}
