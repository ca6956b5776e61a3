package org.banhao.monitoring.gateway;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.banhao.base.ChineseTime;
import org.jspecify.annotations.Nullable;

/**
 * What a device is asked to do.
 *
 * @param cn 命令编码
 * @param content what stands in CP
 * @param begin first DataTime that is asked for; null: no data are
 * @param end last DataTime that is asked for; null: no data are
 */
public record Command(
        int cn,
        String content,
        @Nullable Instant begin,
        @Nullable Instant end) {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ChineseTime.ZONE);

    /** A command that asks for no data of a span. */
    public static Command of(int cn, String content) {
        return new Command(cn, content, null, null);
    }

    /** 补传分钟数据, from the first to the last DataTime, both included. */
    public static Command backfillMinutes(Instant begin, Instant end) {
        return span(2051, begin, end);
    }

    /** 补传小时数据, as {@link #backfillMinutes}. */
    public static Command backfillHours(Instant begin, Instant end) {
        return span(2061, begin, end);
    }

    /** 补传日数据, as {@link #backfillMinutes}. */
    public static Command backfillDays(Instant begin, Instant end) {
        return span(2031, begin, end);
    }

    /** 设置现场机时间. @param factor of an instrument with a clock of its own; null: the logger's */
    static Command setTime(@Nullable String factor, Instant now) {
        return of(1012, (factor == null ? "" : "PolId=" + factor + ";") + "SystemTime=" + MOMENT.format(now));
    }

    boolean asksFor(int dataCn, @Nullable Instant dataTime) {
        return cn == dataCn
                && begin != null
                && end != null
                && dataTime != null
                && !dataTime.isBefore(begin)
                && !dataTime.isAfter(end);
    }

    private static Command span(int cn, Instant begin, Instant end) {
        if (end.isBefore(begin)) throw new IllegalArgumentException("The end is before the beginning");
        return new Command(cn, "BeginTime=" + MOMENT.format(begin) + ";EndTime=" + MOMENT.format(end), begin, end);
    }
}
