package org.banhao.monitoring.domain;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.banhao.base.ChineseTime;
import org.banhao.base.Vendor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Table {@code monitoring_frame}: packets as they came, once each. Within the caller's transaction. */
@Component
class FrameRows {

    /** @param dataTime as it was sent, or that of the part before it */
    record Row(
            long deviceId,
            UUID digest,
            Instant arrivedAt,
            int cn,
            String qn,
            @Nullable Instant dataTime,
            int pnum,
            int pno,
            boolean late,
            String address,
            byte[] wire,
            @Nullable String note) {

        Key key() {
            return new Key(deviceId, month(arrivedAt), digest);
        }
    }

    record Key(long deviceId, LocalDate month, UUID digest) {}

    private static final String LOT = """
            select x.d, cast(x.m as date), cast(x.g as uuid), x.a, x.c, x.q, x.t, x.pm, x.p, x.l, x.f, x.w, x.n
            from unnest(cast(? as bigint array), cast(? as varchar array), cast(? as varchar array),
              cast(? as timestamp with time zone array), cast(? as integer array), cast(? as varchar array),
              cast(? as timestamp with time zone array), cast(? as integer array), cast(? as integer array),
              cast(? as boolean array), cast(? as varchar array), cast(? as bytea array), cast(? as varchar array))
              as x(d, m, g, a, c, q, t, pm, p, l, f, w, n)""";

    private static final String INSERT =
            "insert into monitoring_frame (device_id, arrived_month, digest, arrived_at, cn, qn, data_time, pnum, pno, late,"
                    + " address, wire, note) " + LOT;

    private static final String PRESENT = """
            select r.device_id, r.arrived_month, r.digest
            from unnest(cast(? as bigint array), cast(? as varchar array), cast(? as varchar array)) as x(d, m, g)
            join monitoring_frame r
              on r.device_id = x.d and r.arrived_month = cast(x.m as date) and r.digest = cast(x.g as uuid)""";

    private final JdbcTemplate db;
    private final Vendor vendor;

    FrameRows(JdbcTemplate db, Vendor vendor) {
        this.db = db;
        this.vendor = vendor;
    }

    static LocalDate month(Instant arrived) {
        return ChineseTime.day(arrived).withDayOfMonth(1);
    }

    /** Those that are stored already. */
    Set<Key> present(Collection<Key> keys) {
        List<Key> list = List.copyOf(keys);
        Set<Key> found = new HashSet<>();
        if (list.isEmpty()) return found;
        db.execute((ConnectionCallback<@Nullable Void>) connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PRESENT)) {
                ReadingRows.Arrays arrays = new ReadingRows.Arrays(connection, statement);
                arrays.add("bigint", list, Key::deviceId, Long[]::new);
                arrays.add("varchar", list, key -> key.month().toString(), String[]::new);
                arrays.add("varchar", list, key -> key.digest().toString(), String[]::new);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Key(
                                rows.getLong(1), rows.getObject(2, LocalDate.class), rows.getObject(3, UUID.class)));
                    }
                } finally {
                    arrays.free();
                }
            }
            return null;
        });
        return found;
    }

    /** Each once; one that another node stored at the same moment is passed over. */
    void insert(List<Row> rows) {
        if (rows.isEmpty()) return;
        String sql = vendor.postgresql() ? INSERT + " on conflict do nothing" : INSERT;
        String moments = vendor.postgresql() ? "timestamptz" : "timestamp with time zone";
        db.execute((ConnectionCallback<@Nullable Void>) connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                ReadingRows.Arrays arrays = new ReadingRows.Arrays(connection, statement);
                arrays.add("bigint", rows, Row::deviceId, Long[]::new);
                arrays.add("varchar", rows, r -> month(r.arrivedAt()).toString(), String[]::new);
                arrays.add("varchar", rows, r -> r.digest().toString(), String[]::new);
                arrays.add(moments, rows, r -> Moments.sql(r.arrivedAt()), Object[]::new);
                arrays.add("integer", rows, Row::cn, Integer[]::new);
                arrays.add("varchar", rows, Row::qn, String[]::new);
                arrays.add(moments, rows, r -> Moments.sqlOrNull(r.dataTime()), Object[]::new);
                arrays.add("integer", rows, Row::pnum, Integer[]::new);
                arrays.add("integer", rows, Row::pno, Integer[]::new);
                arrays.add("boolean", rows, Row::late, Boolean[]::new);
                arrays.add("varchar", rows, Row::address, String[]::new);
                arrays.add("bytea", rows, Row::wire, byte[][]::new);
                arrays.add("varchar", rows, Row::note, String[]::new);
                try {
                    statement.executeUpdate();
                } finally {
                    arrays.free();
                }
            }
            return null;
        });
    }

    /** DataTime of the newest part of the same split packet that said one, at most ten minutes old. */
    Optional<Instant> timeOfParts(long deviceId, int cn, int pnum, Instant arrived) {
        return db
                .query(
                        """
                        select data_time from monitoring_frame
                        where device_id = ? and arrived_at > ? and arrived_at <= ? and cn = ? and pnum = ? and data_time is not null
                        order by arrived_at desc, pno desc limit 1""",
                        (row, n) -> Moments.read(row, "data_time"),
                        deviceId,
                        Moments.sql(arrived.minusSeconds(600)),
                        Moments.sql(arrived),
                        cn,
                        pnum)
                .stream()
                .findFirst();
    }

    Optional<byte[]> wire(long deviceId, UUID digest) {
        return db
                .query(
                        "select wire from monitoring_frame where device_id = ? and digest = ?",
                        (row, n) -> row.getBytes(1),
                        deviceId,
                        digest)
                .stream()
                .findFirst();
    }
}
