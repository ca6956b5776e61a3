package org.banhao.calendar;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.banhao.base.ChineseTime;

/** A clock that stands until it is moved. */
public final class SetClock extends Clock {

    private volatile Instant now;

    /** @param local in Asia/Shanghai, such as {@code 2026-09-24T10:00} */
    public SetClock(String local) {
        set(local);
    }

    public void set(String local) {
        now = LocalDateTime.parse(local).atZone(ChineseTime.ZONE).toInstant();
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public ZoneId getZone() {
        return ChineseTime.ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
