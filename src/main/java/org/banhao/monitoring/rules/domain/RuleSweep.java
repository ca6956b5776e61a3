package org.banhao.monitoring.rules.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What follows from time alone: silence, hours that do not come, conditions that have lasted long enough. Under a lock row, so that of several
 * nodes one does it; each outlet in a transaction of its own.
 */
@Component
public class RuleSweep {

    private static final Logger LOG = LoggerFactory.getLogger(RuleSweep.class);

    /** A little less than the pace at which it is called. */
    private static final Duration EVERY = Duration.ofSeconds(50);

    private final Judge judge;
    private final Registry registry;
    private final StateRows states;
    private final JdbcClient db;
    private final Clock clock;
    private final TransactionTemplate held;
    private final TransactionTemplate own;

    RuleSweep(
            Judge judge,
            Registry registry,
            StateRows states,
            JdbcClient db,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.judge = judge;
        this.registry = registry;
        this.states = states;
        this.db = db;
        this.clock = clock;
        this.held = new TransactionTemplate(transactions);
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Scheduled(cron = "20 * * * * *", zone = "Asia/Shanghai")
    void everyMinute() {
        try {
            sweep();
        } catch (DataAccessException e) {
            LOG.warn("Monitoring rules could not be swept: {}", e.getClass().getSimpleName());
        }
    }

    public void sweep() {
        held.executeWithoutResult(status -> {
            if (!take()) return;
            Known known = judge.known();
            for (Outlet outlet : registry.outlets()) tick(outlet, known);
            states.forgetBefore(clock.instant().minus(Judge.HORIZON).minus(Duration.ofDays(2)));
        });
    }

    private void tick(Outlet outlet, Known known) {
        try {
            own.executeWithoutResult(status -> judge.tick(outlet, known));
        } catch (RuntimeException e) {
            // the others go on; this one is tried again the next minute
            LOG.error("Outlet {} could not be swept", outlet.id(), e);
        }
    }

    private boolean take() {
        Instant now = clock.instant();
        boolean due = db.sql("select at from monitoring_sweep where name = 'rules' for update skip locked")
                .query((row, n) -> {
                    OffsetDateTime at = row.getObject(1, OffsetDateTime.class);
                    return at == null
                            || at.toInstant().isAfter(now)
                            || !at.toInstant().plus(EVERY).isAfter(now);
                })
                .optional()
                .orElse(false);
        if (due)
            db.sql("update monitoring_sweep set at = ? where name = 'rules'")
                    .param(Rows.at(now))
                    .update();
        return due;
    }
}
