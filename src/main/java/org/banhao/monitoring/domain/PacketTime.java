package org.banhao.monitoring.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import org.banhao.base.ChineseTime;
import org.jspecify.annotations.Nullable;

/** Moments as HJ 212 writes them, in China. */
final class PacketTime {

    private static final DateTimeFormatter NUMBER =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withResolverStyle(ResolverStyle.STRICT);

    private PacketTime() {}

    /** QN: yyyyMMddHHmmssSSS. @return null: it is none */
    static @Nullable Instant ofNumber(String qn) {
        if (qn.length() != 17) return null;
        try {
            return LocalDateTime.parse(qn, NUMBER).atZone(ChineseTime.ZONE).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
