package org.banhao.notice.domain;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Of several nodes one sweeps; the row is held until the transaction ends. */
@Component
class SweepLock {

    private final JdbcClient jdbc;
    private final Clock clock;

    SweepLock(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param lastAt when it was done last; null: never */
    record Held(@Nullable Instant lastAt) {}

    /** Empty: another node is at it. */
    Optional<Held> take(String name) {
        return jdbc.sql("select at from notice_sweep where name = ? for update skip locked")
                .param(name)
                .query((rs, n) -> {
                    OffsetDateTime at = rs.getObject(1, OffsetDateTime.class);
                    return new Held(at == null ? null : at.toInstant());
                })
                .optional();
    }

    void done(String name) {
        jdbc.sql("update notice_sweep set at = ? where name = ?")
                .params(clock.instant().atOffset(ZoneOffset.UTC), name)
                .update();
    }
}
