package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Of several nodes one sweeps, and not more often than it should; the row is held until the transaction ends. */
@Component("monitoringSweepLock")
public class SweepLock {

    private final JdbcClient db;
    private final Clock clock;

    SweepLock(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** @return false: another node is at it, or it was done a moment ago */
    public boolean take(String name, Duration atMostEvery) {
        Instant now = clock.instant();
        boolean due = db.sql("select at from monitoring_sweep where name = ? for update skip locked")
                .param(name)
                .query((row, n) -> {
                    OffsetDateTime at = row.getObject(1, OffsetDateTime.class);
                    return at == null
                            || at.toInstant().isAfter(now)
                            || !at.toInstant().plus(atMostEvery).isAfter(now);
                })
                .optional()
                .orElse(false);
        if (due) {
            db.sql("update monitoring_sweep set at = ? where name = ?")
                    .params(Moments.sql(now), name)
                    .update();
        }
        return due;
    }
}
