package org.banhao.monitoring.rules.domain;

import java.time.Clock;
import java.time.Duration;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.domain.SweepLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
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
    private final EpisodeRows episodes;
    private final StateRows states;
    private final SweepLock lock;
    private final Clock clock;
    private final TransactionTemplate held;
    private final TransactionTemplate own;

    RuleSweep(
            Judge judge,
            EpisodeRows episodes,
            StateRows states,
            SweepLock lock,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.judge = judge;
        this.episodes = episodes;
        this.states = states;
        this.lock = lock;
        this.clock = clock;
        this.held = new TransactionTemplate(transactions);
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Scheduled(cron = "${banhao.monitoring.rules:20 * * * * *}", zone = "Asia/Shanghai")
    void everyMinute() {
        try {
            sweep();
        } catch (DataAccessException e) {
            LOG.warn("Monitoring rules could not be swept: {}", e.getClass().getSimpleName());
        }
    }

    public void sweep() {
        held.executeWithoutResult(status -> {
            if (!lock.take("rules", EVERY)) return;
            Known known = judge.known();
            for (Outlet outlet : known.outlets()) guarded(outlet.id(), () -> judge.tick(outlet, known));
            for (long id : episodes.outletsWithOpen())
                if (known.inUse(id).isEmpty()) guarded(id, () -> judge.outOfUse(id));
            states.forgetBefore(clock.instant().minus(Judge.HORIZON).minus(Duration.ofDays(2)));
        });
    }

    private void guarded(long outletId, Runnable act) {
        try {
            own.executeWithoutResult(status -> act.run());
        } catch (RuntimeException e) {
            // the others go on; this one is tried again the next minute
            LOG.error("Outlet {} could not be swept", outletId, e);
        }
    }
}
