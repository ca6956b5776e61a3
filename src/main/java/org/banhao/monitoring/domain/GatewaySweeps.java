package org.banhao.monitoring.domain;

import java.time.Duration;
import org.banhao.monitoring.gateway.OnlyWithGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** What is done now and then while the gateway is on. */
@Component
@OnlyWithGateway
class GatewaySweeps {

    private static final Logger LOG = LoggerFactory.getLogger(GatewaySweeps.class);

    private final Devices devices;
    private final DeviceNotes notes;
    private final Backfills backfills;
    private final HourSweep hours;
    private final Partitions partitions;
    private final SweepLock lock;
    private final TransactionTemplate transaction;

    GatewaySweeps(
            Devices devices,
            DeviceNotes notes,
            Backfills backfills,
            HourSweep hours,
            Partitions partitions,
            SweepLock lock,
            PlatformTransactionManager transactions) {
        this.devices = devices;
        this.notes = notes;
        this.backfills = backfills;
        this.hours = hours;
        this.partitions = partitions;
        this.lock = lock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelayString = "${banhao.monitoring.refresh:10s}")
    void often() {
        guarded("devices", () -> {
            devices.refresh();
            notes.flush();
        });
    }

    @Scheduled(
            fixedDelayString = "${banhao.monitoring.sweep:60s}",
            initialDelayString = "${banhao.monitoring.sweep:60s}")
    void seldom() {
        guarded("hours", hours::sweep);
        guarded("backfill", backfills::sweep);
        guarded("retention", () -> {
            Boolean mine = transaction.execute(status -> lock.take("retention", Duration.ofDays(1)));
            if (Boolean.TRUE.equals(mine)) partitions.drop();
        });
    }

    private static void guarded(String what, Runnable round) {
        try {
            round.run();
        } catch (DataAccessException | TransactionException e) {
            // the database is away or the machine is going down; the next round begins where this one did
            LOG.warn("Monitoring sweep {} failed: {}", what, e.toString());
        }
    }
}
