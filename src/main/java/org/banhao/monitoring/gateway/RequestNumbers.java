package org.banhao.monitoring.gateway;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.banhao.base.ChineseTime;

/** 请求编码 QN: the moment in China to the millisecond, and never the same twice. */
final class RequestNumbers {

    private static final DateTimeFormatter NUMBER =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ChineseTime.ZONE);

    private final Clock clock;
    private Instant last = Instant.MIN;

    RequestNumbers(Clock clock) {
        this.clock = clock;
    }

    synchronized String next() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        last = now.isAfter(last) ? now : last.plusMillis(1);
        return NUMBER.format(last);
    }
}
