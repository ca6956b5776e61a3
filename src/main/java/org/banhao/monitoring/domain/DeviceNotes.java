package org.banhao.monitoring.domain;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.gateway.LineWatch;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is known of devices beside their packets: when they were heard, from where, how their clock goes, what was refused. Gathered in
 * memory, since the line must not wait, and written every few seconds; what a crash loses of it comes with the next packet.
 */
@Component
class DeviceNotes implements LineWatch {

    /** Whoever sends invented numbers must not fill the memory. */
    private static final int MOST_STRANGERS = 1000;

    private static final int LONGEST_MN = 64;

    private static final class State {
        private @Nullable Instant heard;
        private @Nullable String address;
        private @Nullable Instant connected;
        private @Nullable Instant lost;
        private @Nullable Long ahead;
        private long refused;
        private @Nullable Instant refusedAt;
        private @Nullable String why;
    }

    /** What is counted for a device and a day of China beside its stored packets. */
    private record OnDay(long deviceId, LocalDate day) {}

    private static final class Tally {
        private long again;
        private long checksum;
        private long refused;
        private @Nullable Long clockLeast;
        private @Nullable Long clockMost;
    }

    private record Stranger(String mn, String address, String why) {}

    private static final class Count {
        private final Instant first;
        private Instant last;
        private long packets;

        Count(Instant first) {
            this.first = first;
            this.last = first;
        }
    }

    private final JdbcClient db;
    private final Devices devices;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private Map<Long, State> states = new HashMap<>();
    private Map<OnDay, Tally> tallies = new HashMap<>();
    private Map<Stranger, Count> strangers = new HashMap<>();

    DeviceNotes(JdbcClient db, Devices devices, Clock clock, PlatformTransactionManager transactions) {
        this.db = db;
        this.devices = devices;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    synchronized void heard(long deviceId, Instant at, InetAddress from, @Nullable Duration clockAhead) {
        State state = state(deviceId);
        state.heard = at;
        state.address = from.getHostAddress();
        if (clockAhead == null) return;
        long ahead = clockAhead.toSeconds();
        state.ahead = ahead;
        Tally tally = tally(deviceId, at);
        tally.clockLeast = tally.clockLeast == null ? ahead : Math.min(tally.clockLeast, ahead);
        tally.clockMost = tally.clockMost == null ? ahead : Math.max(tally.clockMost, ahead);
    }

    /** A packet that is stored already came once more. */
    synchronized void again(long deviceId, Instant at) {
        tally(deviceId, at).again++;
    }

    @Override
    public synchronized void connected(String mn, InetAddress from) {
        KnownDevice device = devices.known(mn);
        if (device == null) return;
        State state = state(device.id());
        state.connected = clock.instant();
        state.address = from.getHostAddress();
    }

    @Override
    public synchronized void lost(String mn) {
        KnownDevice device = devices.known(mn);
        if (device != null) state(device.id()).lost = clock.instant();
    }

    @Override
    public synchronized void refused(String mn, InetAddress from, Refused why) {
        Instant now = clock.instant();
        String word = why.name().toLowerCase(Locale.ROOT);
        String reason = word.substring(0, Math.min(word.length(), 16));
        KnownDevice device = devices.known(mn);
        if (device != null) {
            State state = state(device.id());
            state.refused++;
            state.refusedAt = now;
            state.why = reason;
            Tally tally = tally(device.id(), now);
            tally.refused++;
            if (why == Refused.CHECKSUM) tally.checksum++;
        }
        if (device != null && why != Refused.PASSWORD) return;
        String name = mn.replace("\0", "");
        Stranger stranger =
                new Stranger(name.substring(0, Math.min(name.length(), LONGEST_MN)), from.getHostAddress(), reason);
        Count count = strangers.get(stranger);
        if (count == null) {
            if (strangers.size() >= MOST_STRANGERS) return;
            count = new Count(now);
            strangers.put(stranger, count);
        }
        count.last = now;
        count.packets++;
    }

    private State state(long deviceId) {
        return states.computeIfAbsent(deviceId, id -> new State());
    }

    private Tally tally(long deviceId, Instant at) {
        return tallies.computeIfAbsent(new OnDay(deviceId, ChineseTime.day(at)), day -> new Tally());
    }

    /** Writes what gathered. */
    void flush() {
        Map<Long, State> heard;
        Map<Stranger, Count> others;
        Map<OnDay, Tally> days;
        synchronized (this) {
            heard = states;
            others = strangers;
            days = tallies;
            states = new HashMap<>();
            strangers = new HashMap<>();
            tallies = new HashMap<>();
        }
        if (heard.isEmpty() && others.isEmpty() && days.isEmpty()) return;
        transaction.executeWithoutResult(status -> {
            heard.forEach(this::write);
            others.forEach(this::write);
        });
        // by themselves: another node that begins the same day at the same moment costs these counts and nothing else
        transaction.executeWithoutResult(status -> days.forEach(this::write));
    }

    private void write(OnDay on, Tally t) {
        int known = db.sql("""
                        update monitoring_device_day set
                          again = again + ?, checksum = checksum + ?, refused = refused + ?,
                          clock_least = least(coalesce(clock_least, cast(? as bigint)), coalesce(cast(? as bigint), clock_least)),
                          clock_most = greatest(coalesce(clock_most, cast(? as bigint)), coalesce(cast(? as bigint), clock_most))
                        where device_id = ? and on_day = ?""")
                .param(t.again)
                .param(t.checksum)
                .param(t.refused)
                .param(t.clockLeast)
                .param(t.clockLeast)
                .param(t.clockMost)
                .param(t.clockMost)
                .param(on.deviceId())
                .param(on.day())
                .update();
        if (known > 0) return;
        // a device that was deleted meanwhile has no days
        db.sql("""
                        insert into monitoring_device_day (device_id, on_day, again, checksum, refused, clock_least, clock_most)
                        select id, cast(? as date), cast(? as bigint), cast(? as bigint), cast(? as bigint), cast(? as bigint),
                          cast(? as bigint)
                        from monitoring_device where id = ?""")
                .param(on.day())
                .param(t.again)
                .param(t.checksum)
                .param(t.refused)
                .param(t.clockLeast)
                .param(t.clockMost)
                .param(on.deviceId())
                .update();
    }

    private void write(long deviceId, State s) {
        // its row is made with the device
        db.sql("""
                        update monitoring_device_state set
                          heard_at = coalesce(cast(? as timestamp with time zone), heard_at),
                          address = coalesce(cast(? as varchar), address),
                          connected_at = coalesce(cast(? as timestamp with time zone), connected_at),
                          lost_at = coalesce(cast(? as timestamp with time zone), lost_at),
                          clock_ahead = coalesce(cast(? as bigint), clock_ahead),
                          refused = refused + ?,
                          refused_at = coalesce(cast(? as timestamp with time zone), refused_at),
                          refused_why = coalesce(cast(? as varchar), refused_why)
                        where device_id = ?""")
                .param(Moments.sqlOrNull(s.heard))
                .param(s.address)
                .param(Moments.sqlOrNull(s.connected))
                .param(Moments.sqlOrNull(s.lost))
                .param(s.ahead)
                .param(s.refused)
                .param(Moments.sqlOrNull(s.refusedAt))
                .param(s.why)
                .param(deviceId)
                .update();
    }

    private void write(Stranger stranger, Count count) {
        int known = db.sql(
                        "update monitoring_stranger set last_at = ?, packets = packets + ? where mn = ? and address = ? and why = ?")
                .params(Moments.sql(count.last), count.packets, stranger.mn(), stranger.address(), stranger.why())
                .update();
        if (known > 0) return;
        Long rows = db.sql("select count(*) from monitoring_stranger")
                .query(Long.class)
                .single();
        if (rows >= MOST_STRANGERS) return;
        db.sql(
                        "insert into monitoring_stranger (mn, address, why, first_at, last_at, packets) values (?, ?, ?, ?, ?, ?)")
                .params(
                        stranger.mn(),
                        stranger.address(),
                        stranger.why(),
                        Moments.sql(count.first),
                        Moments.sql(count.last),
                        count.packets)
                .update();
    }
}
