package org.banhao.base;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The one time zone and the way dates are written: 2026年3月26日 18:00（周四）. */
public final class ChineseTime {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm（EEE）", Locale.SIMPLIFIED_CHINESE);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy年M月d日（EEE）", Locale.SIMPLIFIED_CHINESE);

    private ChineseTime() {}

    /** 2026年3月26日 18:00（周四） */
    public static String text(Instant moment) {
        return MOMENT.format(moment.atZone(ZONE));
    }

    /** 2026年3月26日（周四） */
    public static String text(LocalDate day) {
        return DAY.format(day);
    }

    public static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZONE);
    }
}
