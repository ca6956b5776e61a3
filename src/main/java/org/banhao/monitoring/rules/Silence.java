package org.banhao.monitoring.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.PlannedStop;
import org.jspecify.annotations.Nullable;

/** 离线: a device is not heard for several of its intervals. Judged by the clock; any good packet ends it. */
public final class Silence {

    private Silence() {}

    public static String subject(MonitoringDevice device) {
        return "device:" + device.id();
    }

    /**
     * @param open the device's finding that goes on; null: none
     * @param heardAt when it was heard last, to the minute
     * @return the finding that begins, or that ends; empty: nothing changes
     */
    public static Optional<Finding> judge(
            @Nullable Finding open, MonitoringDevice device, Instant heardAt, Instant now, Surroundings around) {
        Optional<PlannedStop> stop = around.stopAt(now);
        if (stop.isPresent())
            return Optional.ofNullable(open)
                    .map(one -> Hysteresis.ended(one, stop.get().beginsAt()));
        if (open != null)
            return heardAt.isAfter(open.beganAt())
                    ? Optional.of(open.ended(heardAt, EpisodeEnding.RECOVERED))
                    : Optional.empty();
        Thresholds thresholds = around.thresholds().of(MonitoringRule.OFFLINE, around.outlet(), now);
        Duration allowed = allowed(device, thresholds);
        // while it stood by a report nobody expected to hear it
        Instant since = around.stops().stream()
                .map(PlannedStop::endsAt)
                .filter(end -> end.isAfter(heardAt) && !end.isAfter(now))
                .reduce(heardAt, (a, b) -> a.isAfter(b) ? a : b);
        Duration silent = Duration.between(since, now);
        if (silent.compareTo(allowed) <= 0) return Optional.empty();
        return Optional.of(new Finding(
                MonitoringRule.OFFLINE,
                subject(device),
                since,
                now,
                silent.toSeconds(),
                AlertLevel.YELLOW,
                null,
                device.name() + "（" + device.mn() + "）自" + Say.moment(since) + "起没有收到数据，已超过" + Say.duration(allowed)
                        + "（上报间隔" + device.realtimeSeconds() + "秒）。",
                null,
                null,
                null));
    }

    private static Duration allowed(MonitoringDevice device, Thresholds thresholds) {
        Duration intervals =
                Duration.ofSeconds(Math.round(thresholds.of(Threshold.OFFLINE_INTERVALS) * device.realtimeSeconds()));
        Duration least = thresholds.minutes(Threshold.OFFLINE_MINUTES);
        return intervals.compareTo(least) > 0 ? intervals : least;
    }
}
