package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.ReadingWatch;
import org.banhao.monitoring.Registry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The one way by which readings come in, from whichever side: stored, hours and days that late ones complete computed anew, and told to
 * those who watch. Within the caller's transaction; {@link Partitions#ensure} went before.
 */
@Component
class ReadingIntake {

    /** Begin of a longer period of one device. */
    record Period(long deviceId, ReadingKind kind, Instant begin) {}

    private final ReadingRows rows;
    private final ReadingQueries queries;
    private final Devices devices;
    private final Registry registry;
    private final ObjectProvider<ReadingWatch> watches;
    private final Clock clock;

    ReadingIntake(
            ReadingRows rows,
            ReadingQueries queries,
            Devices devices,
            Registry registry,
            ObjectProvider<ReadingWatch> watches,
            Clock clock) {
        this.rows = rows;
        this.queries = queries;
        this.devices = devices;
        this.registry = registry;
        this.watches = watches;
        this.clock = clock;
    }

    /** @return those that are new or say something else than before */
    List<Reading> take(Collection<Reading> readings) {
        List<Reading> news = new ArrayList<>(rows.store(readings));
        Set<Period> hours = periods(news, ReadingKind.MINUTE, ReadingKind.HOUR);
        List<Reading> computed = hours.isEmpty() ? List.of() : rows.store(compute(hours));
        news.addAll(computed);
        Set<Period> days = periods(news, ReadingKind.HOUR, ReadingKind.DAY);
        if (!days.isEmpty()) news.addAll(rows.store(compute(days)));
        if (!news.isEmpty()) watches.orderedStream().forEach(watch -> watch.stored(news));
        return news;
    }

    /** The periods that have ended and of which something came late. */
    private Set<Period> periods(List<Reading> news, ReadingKind of, ReadingKind into) {
        Instant now = clock.instant();
        Set<Period> periods = new LinkedHashSet<>();
        for (Reading reading : news) {
            if (reading.kind() != of || !reading.late()) continue;
            Instant begin = into.begin(reading.time());
            if (!begin.plus(into.length()).isAfter(now)) periods.add(new Period(reading.deviceId(), into, begin));
        }
        return periods;
    }

    /** What the shorter readings make of these periods; what a device or an upper platform said itself stays in force. */
    List<Reading> compute(Set<Period> periods) {
        Map<String, Factor> factors =
                registry.factors().stream().collect(Collectors.toMap(Factor::code, Function.identity()));
        Instant now = clock.instant();
        List<Reading> computed = new ArrayList<>();
        for (Period period : periods) {
            KnownDevice device = devices.known(period.deviceId());
            if (device == null) continue;
            ReadingKind inputs = period.kind() == ReadingKind.DAY ? ReadingKind.HOUR : ReadingKind.MINUTE;
            List<Reading> found = queries.ofDevice(
                    period.deviceId(),
                    inputs,
                    null,
                    period.begin(),
                    period.begin().plus(period.kind().length()));
            computed.addAll(Periods.of(
                    found, period.kind(), period.begin(), device.outletKind(), device.minutes(), factors, now));
        }
        return computed;
    }
}
