package org.banhao.monitoring.domain;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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
        if (clockAhead != null) state.ahead = clockAhead.toSeconds();
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

    /** Writes what gathered. */
    void flush() {
        Map<Long, State> heard;
        Map<Stranger, Count> others;
        synchronized (this) {
            heard = states;
            others = strangers;
            states = new HashMap<>();
            strangers = new HashMap<>();
        }
        if (heard.isEmpty() && others.isEmpty()) return;
        transaction.executeWithoutResult(status -> {
            heard.forEach(this::write);
            others.forEach(this::write);
        });
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
