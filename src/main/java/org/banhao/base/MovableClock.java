package org.banhao.base;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The one clock of the application, in Asia/Shanghai. Only {@code EngineTime} moves it, for tests and replay. */
public final class MovableClock extends Clock {

    private volatile Duration offset = Duration.ZERO;

    @Override
    public ZoneId getZone() {
        return ChineseTime.ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), offset);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(offset);
    }

    /** @param offset added to the machine's time; zero returns to it */
    public void offset(Duration offset) {
        this.offset = offset;
    }
}
