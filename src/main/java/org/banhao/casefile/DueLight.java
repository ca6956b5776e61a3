package org.banhao.casefile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.banhao.base.ChineseTime;
import org.jspecify.annotations.Nullable;

/**
 * How near a date is, for people: colour and shape come from {@code light}, the word stands beside them.
 *
 * @param light {@code ok} · {@code soon} · {@code late} · {@code none}
 * @param text 还有3天 · 今天到期 · 逾期2天; empty without a date
 */
public record DueLight(String light, String text) {
    private static final long SOON_DAYS = 3;

    /** Days are calendar days in Asia/Shanghai. */
    public static DueLight of(@Nullable Instant due, Instant now) {
        if (due == null) return new DueLight("none", "");
        long days = ChronoUnit.DAYS.between(ChineseTime.day(now), ChineseTime.day(due));
        if (due.isBefore(now)) return new DueLight("late", days == 0 ? "今天已逾期" : "逾期" + -days + "天");
        return new DueLight(days <= SOON_DAYS ? "soon" : "ok", days == 0 ? "今天到期" : "还有" + days + "天");
    }
}
