package org.banhao.proposal.domain.revisit;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Begins the look-backs whose day has come: promises of replies and consultations, and days set by earlier look-backs. Each in a
 * transaction of its own, under a lock row: with two nodes the second finds nothing. What cannot be begun (nobody stands in for a closed
 * unit) is tried again the next day.
 */
@Component
public class RevisitSweep {

    private static final Logger LOG = LoggerFactory.getLogger(RevisitSweep.class);

    private final RevisitRows rows;
    private final Revisits revisits;
    private final TransactionTemplate held;
    private final TransactionTemplate own;
    private final Audit audit;
    private final Clock clock;

    RevisitSweep(
            RevisitRows rows, Revisits revisits, PlatformTransactionManager transactions, Audit audit, Clock clock) {
        this.rows = rows;
        this.revisits = revisits;
        this.held = new TransactionTemplate(transactions);
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.audit = audit;
        this.clock = clock;
    }

    @Scheduled(cron = "0 10 7 * * *", zone = "Asia/Shanghai")
    void everyMorning() {
        try {
            sweep();
        } catch (DataAccessException e) {
            LOG.warn("Look-backs could not be swept: {}", e.getClass().getSimpleName());
        }
    }

    /** @return how many were begun */
    public int sweep() {
        Integer begun = held.execute(status -> {
            Instant now = clock.instant();
            rows.lockSweep(now);
            LocalDate today = ChineseTime.day(now);
            Map<Long, RevisitCause> due = new LinkedHashMap<>();
            rows.dueAgain(today).forEach(handling -> due.put(handling, RevisitCause.NEXT));
            rows.dueForTheFirstTime(today).forEach(handling -> due.putIfAbsent(handling, RevisitCause.COMMITMENT));
            int count = 0;
            for (Map.Entry<Long, RevisitCause> one : due.entrySet()) {
                count += begin(one.getKey(), one.getValue()) ? 1 : 0;
            }
            if (!due.isEmpty()) {
                audit.record("proposal.sweepRevisits", null, "到期" + due.size() + "件，启动" + count + "件");
            }
            return count;
        });
        return Objects.requireNonNull(begun);
    }

    private boolean begin(long handling, RevisitCause cause) {
        try {
            own.executeWithoutResult(status -> revisits.begin(handling, cause, "", "系统"));
            return true;
        } catch (Refusal refusal) {
            LOG.info("Look-back of handling {} was not begun: {}", handling, refusal.sentence());
            return false;
        } catch (RuntimeException e) {
            // the others go on; this one is tried again the next day
            LOG.error("Look-back of handling {} could not be begun", handling, e);
            return false;
        }
    }
}
