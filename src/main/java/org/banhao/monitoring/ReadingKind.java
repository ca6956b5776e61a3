package org.banhao.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.banhao.base.ChineseTime;
import org.jspecify.annotations.Nullable;

/** Over what a reading was taken. {@link Reading#time} of a period is where it begins (HJ 212-2017). */
public enum ReadingKind {
    /** 实时数据. */
    REALTIME(0, 2011, "实时", Duration.ZERO),
    /** 分钟数据; its length is the device's own, 1 to 30 minutes. */
    MINUTE(1, 2051, "分钟", Duration.ZERO),
    /** 小时数据. */
    HOUR(2, 2061, "小时", Duration.ofHours(1)),
    /** 日数据, from midnight in China. */
    DAY(3, 2031, "日", Duration.ofDays(1));

    private final int code;
    private final int command;
    private final String label;
    private final Duration length;

    ReadingKind(int code, int command, String label, Duration length) {
        this.code = code;
        this.command = command;
        this.label = label;
        this.length = length;
    }

    /** As it is stored. */
    public int code() {
        return code;
    }

    /** 命令编码 of HJ 212 that carries it. */
    public int command() {
        return command;
    }

    /** 实时, 分钟, 小时, 日. */
    public String label() {
        return label;
    }

    /** Zero where it is no whole period. */
    public Duration length() {
        return length;
    }

    /** Begin of the period in which the moment lies: for hours and days; others give the moment itself. */
    public Instant begin(Instant moment) {
        return switch (this) {
            case REALTIME, MINUTE -> moment;
            case HOUR -> moment.truncatedTo(ChronoUnit.HOURS);
            case DAY -> ChineseTime.day(moment).atStartOfDay(ChineseTime.ZONE).toInstant();
        };
    }

    /** @throws IllegalArgumentException no such code */
    public static ReadingKind of(int code) {
        for (ReadingKind kind : values()) if (kind.code == code) return kind;
        throw new IllegalArgumentException("No kind of reading: " + code);
    }

    /** @return null: this command carries no readings */
    public static @Nullable ReadingKind ofCommand(int command) {
        for (ReadingKind kind : values()) if (kind.command == command) return kind;
        return null;
    }
}
