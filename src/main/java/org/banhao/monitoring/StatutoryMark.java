package org.banhao.monitoring;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mark by the rules of 《污染物排放自动监测设备标记规则》: readings of that span are not judged.
 *
 * @param factor null: all of the outlet
 * @param endsAt not included
 * @param invalid data are invalid; else the working condition is abnormal
 * @param label as it is called where it was set: 启炉, 停炉, 校准
 * @param inTime set by 12:00 of the day after the data; a later one does not keep readings from being judged
 */
public record StatutoryMark(
        long id,
        long outletId,
        @Nullable String factor,
        Instant beginsAt,
        Instant endsAt,
        boolean invalid,
        String label,
        boolean inTime,
        Instant enteredAt) {

    /** Whether it takes the reading of that factor and time out of judging. */
    public boolean covers(String code, Instant time) {
        return inTime && (factor == null || factor.equals(code)) && !time.isBefore(beginsAt) && time.isBefore(endsAt);
    }
}
