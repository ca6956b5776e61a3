package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.gateway.Command;
import org.banhao.monitoring.gateway.CommandResult;
import org.banhao.monitoring.gateway.CommandResult.Outcome;
import org.banhao.monitoring.gateway.DeviceCommands;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/**
 * 补传: asks devices that are on a line of this node for hours, days and minutes that are missing (2061, 2031, 2051). The only command
 * that goes out by itself: it changes nothing in the device.
 */
@Component
class Backfills {

    /** @param end begin of the last period that is missing */
    record Gap(ReadingKind kind, Instant begin, Instant end) {}

    private static final Duration MINUTES_BACK = Duration.ofDays(1);
    private static final Duration HOURS_BACK = Duration.ofDays(7);
    private static final Duration DAYS_BACK = Duration.ofDays(7);
    private static final Duration HOUR_DUE = Duration.ofMinutes(20);
    private static final Duration DAY_DUE = Duration.ofHours(6);
    /** Between two questions for the same. */
    private static final Duration AGAIN = Duration.ofHours(2);

    private static final int TIMES = 3;
    /** At a time, of one device. */
    private static final int MOST = 3;

    private record Ended(long id, CommandResult result) {}

    private final JdbcClient db;
    private final Devices devices;
    private final ReadingQueries queries;
    private final Registry registry;
    private final ObjectProvider<DeviceCommands> commands;
    private final Clock clock;
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

    Backfills(
            JdbcClient db,
            Devices devices,
            ReadingQueries queries,
            Registry registry,
            ObjectProvider<DeviceCommands> commands,
            Clock clock) {
        this.db = db;
        this.devices = devices;
        this.queries = queries;
        this.registry = registry;
        this.commands = commands;
        this.clock = clock;
    }

    /** @return how many questions went out */
    int sweep() {
        writeEnded();
        DeviceCommands line = commands.getIfAvailable();
        if (line == null) return 0;
        int asked = 0;
        for (KnownDevice device : devices.all()) {
            if (!device.backfill() || device.removedOn() != null || !heardLately(device.id())) continue;
            for (Gap gap : gaps(device).stream().limit(MOST).toList()) if (ask(line, device, gap)) asked++;
        }
        return asked;
    }

    private boolean heardLately(long deviceId) {
        Instant now = clock.instant();
        return queries.heardAt(deviceId)
                .filter(at -> at.isAfter(now.minus(Duration.ofMinutes(70))))
                .isPresent();
    }

    private boolean ask(DeviceCommands line, KnownDevice device, Gap gap) {
        Command command =
                switch (gap.kind()) {
                    case MINUTE -> Command.backfillMinutes(gap.begin(), gap.end());
                    case DAY -> Command.backfillDays(gap.begin(), gap.end());
                    default -> Command.backfillHours(gap.begin(), gap.end());
                };
        CompletableFuture<CommandResult> result = line.send(device.device().mn(), command);
        CommandResult now = result.getNow(null);
        // another node has the line, and asks itself
        if (now != null && now.outcome() == Outcome.NOT_CONNECTED) return false;
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        db.sql("insert into monitoring_backfill (device_id, kind, begins_at, ends_at, asked_at) values (?, ?, ?, ?, ?)")
                .params(
                        device.id(),
                        gap.kind().code(),
                        Moments.sql(gap.begin()),
                        Moments.sql(gap.end()),
                        Moments.sql(clock.instant()))
                .update(key, "id");
        Long id = key.getKeyAs(Long.class);
        if (id != null) {
            // on the thread of the line, which must not wait: written with the next round
            var unused = result.thenAccept(end -> ended.add(new Ended(id, end)));
        }
        return true;
    }

    private void writeEnded() {
        for (Ended one = ended.poll(); one != null; one = ended.poll()) {
            db.sql("update monitoring_backfill set ended_at = ?, outcome = ?, packets = ? where id = ?")
                    .params(
                            Moments.sql(clock.instant()),
                            one.result().outcome().name(),
                            one.result().packets(),
                            one.id())
                    .update();
        }
    }

    /** What is missing and was not asked for lately nor too often; hours first. */
    List<Gap> gaps(KnownDevice device) {
        Instant now = clock.instant();
        List<Gap> gaps = new ArrayList<>();
        Instant hours = ReadingKind.HOUR.begin(now.minus(HOUR_DUE));
        gaps(device, ReadingKind.HOUR, hours.minus(HOURS_BACK), hours, Duration.ofHours(1), gaps);
        Instant days = ReadingKind.DAY.begin(now.minus(DAY_DUE));
        gaps(device, ReadingKind.DAY, days.minus(DAYS_BACK), days, Duration.ofDays(1), gaps);
        Duration step = Duration.ofMinutes(device.minutes());
        long minutes = now.minus(HOUR_DUE).truncatedTo(ChronoUnit.MINUTES).getEpochSecond();
        Instant last = Instant.ofEpochSecond(minutes - minutes % step.toSeconds());
        gaps(device, ReadingKind.MINUTE, last.minus(MINUTES_BACK), last, step, gaps);
        return gaps;
    }

    private void gaps(
            KnownDevice device, ReadingKind kind, Instant from, Instant until, Duration step, List<Gap> gaps) {
        Set<Instant> there = queries.told(device.id(), kind, from, until);
        List<PlannedStop> stops = registry.stops(device.outletId(), from, until);
        List<Gap> asked = asked(device.id(), kind, from);
        @Nullable Instant begin = null;
        for (Instant at = from; !at.isAfter(until); at = at.plus(step)) {
            Instant time = at;
            boolean missing = at.isBefore(until)
                    && !there.contains(at)
                    && stops.stream().noneMatch(stop -> stop.covers(time))
                    && asked.stream().noneMatch(gap -> covers(gap, time));
            if (missing && begin == null) begin = at;
            if (!missing && begin != null) {
                gaps.add(new Gap(kind, begin, at.minus(step)));
                begin = null;
            }
        }
    }

    /** Spans that reach beyond the moment and need not be asked for again now. */
    private List<Gap> asked(long deviceId, ReadingKind kind, Instant from) {
        Instant now = clock.instant();
        return db.sql("""
                        select b.begins_at, b.ends_at from monitoring_backfill b
                        where b.device_id = ? and b.kind = ? and b.ends_at >= ? and (b.asked_at > ?
                          or (select count(*) from monitoring_backfill o where o.device_id = b.device_id and o.kind = b.kind
                              and o.begins_at <= b.begins_at and o.ends_at >= b.ends_at) >= ?)""")
                .params(deviceId, kind.code(), Moments.sql(from), Moments.sql(now.minus(AGAIN)), TIMES)
                .query((row, n) -> new Gap(kind, Moments.read(row, "begins_at"), Moments.read(row, "ends_at")))
                .list();
    }

    private static boolean covers(Gap gap, Instant time) {
        return !time.isBefore(gap.begin()) && !time.isAfter(gap.end());
    }
}
