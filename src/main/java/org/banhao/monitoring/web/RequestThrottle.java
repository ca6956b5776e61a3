package org.banhao.monitoring.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How often one account may call a machine interface: {@value #PER_MINUTE} times a minute in the long run, as many at once. Kept in
 * memory, each node for itself: it protects the node, and counts nothing that must be exact.
 */
@Component
class RequestThrottle {

    static final int PER_MINUTE = 120;

    private static final Duration ONE = Duration.ofMinutes(1).dividedBy(PER_MINUTE);
    private static final int MOST = 10_000;

    private final Clock clock;
    /** By account: when everything it took will have come back. */
    private final Map<String, Instant> until = new HashMap<>();

    RequestThrottle(Clock clock) {
        this.clock = clock;
    }

    /** @return zero: go on; else how long to wait */
    synchronized Duration take(String account) {
        Instant now = clock.instant();
        if (until.size() >= MOST) until.values().removeIf(end -> !end.isAfter(now));
        Instant begin = until.getOrDefault(account, now);
        // a clock that was moved back must not shut anybody out
        if (begin.isBefore(now) || begin.isAfter(now.plus(Duration.ofMinutes(2)))) begin = now;
        Instant end = begin.plus(ONE);
        Instant latest = now.plus(Duration.ofMinutes(1));
        if (end.isAfter(latest)) return Duration.between(latest, end);
        until.put(account, end);
        return Duration.ZERO;
    }
}
