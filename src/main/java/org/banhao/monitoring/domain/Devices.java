package org.banhao.monitoring.domain;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.gateway.Device;
import org.banhao.monitoring.gateway.DeviceDirectory;
import org.banhao.monitoring.hj212.Checksum;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Sm4;
import org.banhao.monitoring.hj212.Standard;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The devices of the registry, in memory. What another node changes is known here some seconds later. */
@Component
class Devices implements DeviceDirectory {

    private record Loaded(Map<String, KnownDevice> byMn, Map<Long, KnownDevice> byId) {}

    private final JdbcClient db;
    private final Clock clock;
    private volatile @Nullable Loaded loaded;

    Devices(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    @Override
    public @Nullable Device find(String mn) {
        KnownDevice known = known(mn);
        return known != null && known.heardOn(ChineseTime.day(clock.instant())) ? known.device() : null;
    }

    /** Removed ones too. */
    @Nullable
    KnownDevice known(String mn) {
        return loaded().byMn().get(mn);
    }

    @Nullable
    KnownDevice known(long id) {
        return loaded().byId().get(id);
    }

    List<KnownDevice> all() {
        return List.copyOf(loaded().byId().values());
    }

    private Loaded loaded() {
        Loaded present = loaded;
        return present != null ? present : refresh();
    }

    /** Reads all of them again. */
    Loaded refresh() {
        Map<String, Map<String, String>> oldCodes = new HashMap<>();
        db.sql("select kind, old_code, factor from monitoring_factor_old_code").query(row -> {
            oldCodes.computeIfAbsent(row.getString(1), k -> new HashMap<>()).put(row.getString(2), row.getString(3));
        });
        Map<String, KnownDevice> byMn = new HashMap<>();
        Map<Long, KnownDevice> byId = new HashMap<>();
        for (KnownDevice known : db.sql("""
                        select d.id, d.outlet_id, d.mn, d.standard, d.system_code, d.password, d.weak_until, d.checksum, d.lower_case,
                          d.largest, d.cipher_key, d.encryption_required, d.addresses, d.addresses_bind, d.minutes, d.backfill,
                          d.removed_on, o.kind as outlet_kind,
                          exists (select 1 from monitoring_command_right r where r.outlet_id = d.outlet_id and r.command = 1012
                            and r.agreed_at is not null and r.closed_at is null and r.valid_until > ?) as clock
                        from monitoring_device d join monitoring_outlet o on o.id = d.outlet_id""")
                .param(Moments.sql(clock.instant()))
                .query((row, n) -> read(row, oldCodes))
                .list()) {
            byMn.put(known.device().mn(), known);
            byId.put(known.id(), known);
        }
        Loaded now = new Loaded(Map.copyOf(byMn), Map.copyOf(byId));
        loaded = now;
        return now;
    }

    /** Once what is changed now is committed. */
    void refreshAfterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            refresh();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                // the connection of the transaction is still bound here: the next packet reads it
                loaded = null;
            }
        });
    }

    private static KnownDevice read(ResultSet row, Map<String, Map<String, String>> oldCodes) throws SQLException {
        Outlet.Kind kind = Outlet.Kind.valueOf(row.getString("outlet_kind").toUpperCase(Locale.ROOT));
        String addresses = row.getBoolean("addresses_bind") ? row.getString("addresses") : "";
        Device device = new Device(
                row.getString("mn"),
                row.getInt("system_code"),
                dialect(
                        row.getInt("standard"),
                        row.getString("checksum"),
                        row.getBoolean("lower_case"),
                        row.getInt("largest"),
                        row.getString("cipher_key"),
                        row.getBoolean("encryption_required")),
                row.getString("password"),
                networks(addresses),
                row.getBoolean("clock"));
        return new KnownDevice(
                row.getLong("id"),
                row.getLong("outlet_id"),
                kind,
                device,
                row.getInt("minutes"),
                row.getBoolean("backfill"),
                row.getObject("weak_until", LocalDate.class),
                row.getObject("removed_on", LocalDate.class),
                Map.copyOf(oldCodes.getOrDefault(kind.name().toLowerCase(Locale.ROOT), Map.of())));
    }

    static List<String> networks(String text) {
        return java.util.Arrays.stream(text.split("[,，;；\\s]+"))
                .map(String::strip)
                .filter(network -> !network.isEmpty())
                .toList();
    }

    static Standard standard(int year) {
        return switch (year) {
            case 2005 -> Standard.HJ_T_212_2005;
            case 2025 -> Standard.HJ_212_2025;
            default -> Standard.HJ_212_2017;
        };
    }

    private static Dialect dialect(
            int standard, String checksum, boolean lowerCase, int largest, @Nullable String key, boolean required) {
        return new Dialect(
                standard(standard),
                Checksum.valueOf(checksum),
                lowerCase,
                largest,
                key == null ? null : new Sm4(key(key)),
                required && key != null);
    }

    /** 16 characters, or 32 hexadecimal digits. */
    static byte[] key(String text) {
        return text.length() == 32 ? HexFormat.of().parseHex(text) : text.getBytes(StandardCharsets.US_ASCII);
    }
}
