package org.banhao.monitoring.domain;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.banhao.base.Vendor;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Table {@code monitoring_reading}, in lots: one statement for thousands of rows, as arrays. Within the caller's transaction. */
@Component
class ReadingRows {

    private static final String COLUMNS = "device_id, kind, factor, measured_at, measured, lowest, highest, total,"
            + " converted, converted_lowest, converted_highest, flag, source, frame, arrived_at, late, changes";

    private static final String LOT = """
            select x.d, x.k, x.f, x.t, x.v, x.l, x.h, x.o, x.c, x.cl, x.ch, x.g, x.s, cast(x.fr as uuid), x.a, x.lt, x.n
            from unnest(cast(? as bigint array), cast(? as smallint array), cast(? as varchar array),
              cast(? as timestamp with time zone array), cast(? as double precision array), cast(? as double precision array),
              cast(? as double precision array), cast(? as double precision array), cast(? as double precision array),
              cast(? as double precision array), cast(? as double precision array), cast(? as varchar array),
              cast(? as smallint array), cast(? as varchar array), cast(? as timestamp with time zone array),
              cast(? as boolean array), cast(? as smallint array))
              as x(d, k, f, t, v, l, h, o, c, cl, ch, g, s, fr, a, lt, n)""";

    private static final String POSTGRESQL = "insert into monitoring_reading (" + COLUMNS + ") " + LOT
            + " on conflict (device_id, kind, measured_at, factor) do nothing";

    private static final String H2 = "merge into monitoring_reading r using (" + LOT + ") as s("
            + COLUMNS + ") on (r.device_id = s.device_id and r.kind = s.kind and r.factor = s.factor"
            + " and r.measured_at = s.measured_at) when not matched then insert (" + COLUMNS
            + ") values (s.device_id, s.kind, s.factor, s.measured_at, s.measured, s.lowest, s.highest, s.total,"
            + " s.converted, s.converted_lowest, s.converted_highest, s.flag, s.source, s.frame, s.arrived_at, s.late,"
            + " s.changes)";

    private static final String PRESENT = """
            select r.device_id, r.kind, r.factor, r.measured_at, r.measured, r.lowest, r.highest, r.total, r.converted,
              r.converted_lowest, r.converted_highest, r.flag, r.source, r.frame, r.arrived_at, r.late, r.changes
            from unnest(cast(? as bigint array), cast(? as smallint array), cast(? as varchar array),
              cast(? as timestamp with time zone array)) as x(d, k, f, t)
            join monitoring_reading r on r.device_id = x.d and r.kind = x.k and r.factor = x.f and r.measured_at = x.t""";

    private static final String REPLACE = """
            update monitoring_reading set measured = ?, lowest = ?, highest = ?, total = ?, converted = ?, converted_lowest = ?,
              converted_highest = ?, flag = ?, source = ?, frame = ?, arrived_at = ?, late = ?, changes = ?
            where device_id = ? and kind = ? and factor = ? and measured_at = ?""";

    private final JdbcTemplate db;
    private final Vendor vendor;

    ReadingRows(JdbcTemplate db, Vendor vendor) {
        this.db = db;
        this.vendor = vendor;
    }

    /** @return those that are new or say something else than before, as they stand now, by their order in the index */
    List<Reading> store(Collection<Reading> readings) {
        Map<ReadingKey, Reading> lot = new TreeMap<>();
        for (Reading reading : readings) lot.merge(ReadingKey.of(reading), reading, Merging::merge);
        if (lot.isEmpty()) return List.of();
        List<Reading> rows = List.copyOf(lot.values());
        // computed and handed on ones have no packet to be told apart by; they are few
        boolean packets = rows.stream().allMatch(r -> r.frame() != null);
        if (packets && insert(rows) == rows.size()) return rows;
        Map<ReadingKey, Reading> present = present(lot.keySet());
        List<Reading> missing = new ArrayList<>();
        List<Reading> replaced = new ArrayList<>();
        List<Reading> news = new ArrayList<>();
        lot.forEach((key, fresh) -> {
            Reading old = present.get(key);
            if (old == null) {
                missing.add(fresh);
                news.add(fresh);
            } else if (packets && Objects.equals(old.frame(), fresh.frame())) {
                // inserted a moment ago
                news.add(fresh);
            } else {
                Reading merged = Merging.merge(old, fresh);
                if (merged == old) return;
                replaced.add(merged);
                if (!Merging.same(old, merged) || merged.source() != old.source()) news.add(merged);
            }
        });
        if (!missing.isEmpty() && insert(missing) != missing.size()) {
            throw new org.springframework.dao.ConcurrencyFailureException(
                    "Readings were stored by another at the same moment");
        }
        replace(replaced);
        return news;
    }

    /** Those of the keys that are there. */
    Map<ReadingKey, Reading> present(Collection<ReadingKey> keys) {
        String sql = vendor.postgresql() ? PRESENT + " for update of r" : PRESENT;
        List<ReadingKey> list = List.copyOf(keys);
        Map<ReadingKey, Reading> found = new HashMap<>();
        db.execute((ConnectionCallback<@Nullable Void>) connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                Arrays arrays = new Arrays(connection, statement);
                arrays.add("bigint", list, ReadingKey::deviceId, Long[]::new);
                arrays.add("smallint", list, key -> (short) key.kind().code(), Short[]::new);
                arrays.add("varchar", list, ReadingKey::factor, String[]::new);
                arrays.add(moments(), list, key -> moment(key.time()), Object[]::new);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        Reading reading = read(rows);
                        found.put(ReadingKey.of(reading), reading);
                    }
                } finally {
                    arrays.free();
                }
            }
            return null;
        });
        return found;
    }

    private int insert(List<Reading> rows) {
        Integer count = db.execute((ConnectionCallback<Integer>) connection -> {
            try (PreparedStatement statement = connection.prepareStatement(vendor.postgresql() ? POSTGRESQL : H2)) {
                Arrays arrays = new Arrays(connection, statement);
                arrays.add("bigint", rows, Reading::deviceId, Long[]::new);
                arrays.add("smallint", rows, r -> (short) r.kind().code(), Short[]::new);
                arrays.add("varchar", rows, Reading::factor, String[]::new);
                arrays.add(moments(), rows, r -> moment(r.time()), Object[]::new);
                arrays.add(number(), rows, Reading::value, Double[]::new);
                arrays.add(number(), rows, Reading::lowest, Double[]::new);
                arrays.add(number(), rows, Reading::highest, Double[]::new);
                arrays.add(number(), rows, Reading::total, Double[]::new);
                arrays.add(number(), rows, Reading::converted, Double[]::new);
                arrays.add(number(), rows, Reading::convertedLowest, Double[]::new);
                arrays.add(number(), rows, Reading::convertedHighest, Double[]::new);
                arrays.add("varchar", rows, Reading::flag, String[]::new);
                arrays.add("smallint", rows, r -> (short) r.source().ordinal(), Short[]::new);
                arrays.add(
                        "varchar",
                        rows,
                        r -> r.frame() == null ? null : r.frame().toString(),
                        String[]::new);
                arrays.add(moments(), rows, r -> moment(r.arrivedAt()), Object[]::new);
                arrays.add("boolean", rows, Reading::late, Boolean[]::new);
                arrays.add("smallint", rows, r -> (short) r.changes(), Short[]::new);
                try {
                    return statement.executeUpdate();
                } finally {
                    arrays.free();
                }
            }
        });
        return count == null ? 0 : count;
    }

    private void replace(List<Reading> rows) {
        if (rows.isEmpty()) return;
        db.batchUpdate(REPLACE, rows, 500, (statement, r) -> {
            @Nullable
            Object[] values = {
                r.value(),
                r.lowest(),
                r.highest(),
                r.total(),
                r.converted(),
                r.convertedLowest(),
                r.convertedHighest(),
                r.flag(),
                r.source().ordinal(),
                r.frame(),
                Moments.sql(r.arrivedAt()),
                r.late(),
                r.changes(),
                r.deviceId(),
                r.kind().code(),
                r.factor(),
                Moments.sql(r.time())
            };
            for (int i = 0; i < values.length; i++) {
                if (values[i] == null) {
                    statement.setNull(
                            i + 1,
                            i == 7 ? java.sql.Types.VARCHAR : i == 9 ? java.sql.Types.OTHER : java.sql.Types.DOUBLE);
                } else {
                    statement.setObject(i + 1, values[i]);
                }
            }
        });
    }

    /** Of a row with all columns. */
    static Reading read(ResultSet row) throws SQLException {
        return new Reading(
                row.getLong("device_id"),
                ReadingKind.of(row.getInt("kind")),
                row.getString("factor"),
                Moments.read(row, "measured_at"),
                Moments.number(row, "measured"),
                Moments.number(row, "lowest"),
                Moments.number(row, "highest"),
                Moments.number(row, "total"),
                Moments.number(row, "converted"),
                Moments.number(row, "converted_lowest"),
                Moments.number(row, "converted_highest"),
                row.getString("flag"),
                Reading.Source.values()[row.getInt("source")],
                row.getObject("frame", UUID.class),
                Moments.read(row, "arrived_at"),
                row.getBoolean("late"),
                row.getInt("changes"));
    }

    private String moments() {
        return vendor.postgresql() ? "timestamptz" : "timestamp with time zone";
    }

    private String number() {
        return vendor.postgresql() ? "float8" : "double precision";
    }

    private static OffsetDateTime moment(Instant moment) {
        return Moments.sql(moment);
    }

    /** Parameters of one statement, in their order. */
    static final class Arrays {

        private final Connection connection;
        private final PreparedStatement statement;
        private final List<Array> made = new ArrayList<>();

        Arrays(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        <T, V> void add(
                String type, List<T> rows, Function<T, ? extends @Nullable V> value, Function<Integer, V[]> empty)
                throws SQLException {
            @Nullable V[] values = empty.apply(rows.size());
            for (int i = 0; i < values.length; i++) values[i] = value.apply(rows.get(i));
            Array array = connection.createArrayOf(type, values);
            made.add(array);
            statement.setArray(made.size(), array);
        }

        void free() throws SQLException {
            for (Array array : made) array.free();
        }
    }
}
