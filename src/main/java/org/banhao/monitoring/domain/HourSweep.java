package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.banhao.monitoring.ReadingKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Hours and days that a device did not send in time are made of what it did send; its own take their place when they come. */
@Component
class HourSweep {

    private static final Logger LOG = LoggerFactory.getLogger(HourSweep.class);

    private static final Duration EVERY = Duration.ofMinutes(5);
    /** So long after its end an hour may still come by itself (H + 20 minutes); a day until six. */
    private static final Duration HOUR_DUE = Duration.ofMinutes(20);

    private static final Duration DAY_DUE = Duration.ofHours(6);
    private static final int HOURS_BACK = 3;

    private final SweepLock lock;
    private final Devices devices;
    private final ReadingQueries queries;
    private final ReadingIntake intake;
    private final Partitions partitions;
    private final Clock clock;
    private final TransactionTemplate transaction;

    HourSweep(
            SweepLock lock,
            Devices devices,
            ReadingQueries queries,
            ReadingIntake intake,
            Partitions partitions,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.lock = lock;
        this.devices = devices;
        this.queries = queries;
        this.intake = intake;
        this.partitions = partitions;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    void sweep() {
        Boolean mine = transaction.execute(status -> lock.take("hours", EVERY));
        if (!Boolean.TRUE.equals(mine)) return;
        Instant now = clock.instant();
        Instant lastHour = ReadingKind.HOUR.begin(now.minus(HOUR_DUE)).minus(ReadingKind.HOUR.length());
        Instant lastDay = ReadingKind.DAY.begin(now.minus(DAY_DUE)).minus(ReadingKind.DAY.length());
        partitions.ensure(List.of(lastDay, lastHour), List.of(now));
        for (KnownDevice device : devices.all()) {
            if (device.removedOn() != null) continue;
            Set<ReadingIntake.Period> missing = new LinkedHashSet<>();
            for (int back = 0; back < HOURS_BACK; back++) {
                Instant hour = lastHour.minus(ReadingKind.HOUR.length().multipliedBy(back));
                missing(device, ReadingKind.HOUR, hour, missing);
            }
            missing(device, ReadingKind.DAY, lastDay, missing);
            if (!missing.isEmpty()) compute(device, missing);
        }
    }

    /** Each device by itself: one that cannot be computed keeps no other waiting. */
    private void compute(KnownDevice device, Set<ReadingIntake.Period> missing) {
        try {
            transaction.executeWithoutResult(s -> intake.take(intake.compute(missing)));
        } catch (RuntimeException e) {
            // tried again with the next round
            LOG.error("Hours of device {} could not be computed", device.id(), e);
        }
    }

    private void missing(KnownDevice device, ReadingKind kind, Instant begin, Set<ReadingIntake.Period> missing) {
        Instant end = begin.plus(kind.length());
        if (queries.ofDevice(device.id(), kind, null, begin, end).isEmpty())
            missing.add(new ReadingIntake.Period(device.id(), kind, begin));
    }
}
