package org.banhao.casefile.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.banhao.flow.Footprint;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Copies of the rows of a {@link Footprint}, and putting them back. On both databases; every call joins the caller's transaction. */
@Component
class RowImages {

    private static final String VERSION = "version";

    private final JdbcClient jdbc;

    RowImages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param kind {@code moment}, {@code date}, {@code yes}, {@code whole}, {@code text} */
    record Cell(String kind, @Nullable String text) {

        @Nullable
        Object value() {
            String given = text;
            if (given == null) return null;
            return switch (kind) {
                case "moment" -> OffsetDateTime.parse(given);
                case "date" -> LocalDate.parse(given);
                case "yes" -> Boolean.valueOf(given);
                case "whole" -> Long.valueOf(given);
                default -> given;
            };
        }
    }

    /**
     * What became of the rows of one table.
     *
     * @param before rows that were changed or taken away, as they were
     * @param added keys of those that are new
     * @param after digest of all rows as they are now
     */
    record Change(
            String table,
            List<String> key,
            String where,
            String of,
            boolean ofNumber,
            List<Map<String, Cell>> before,
            List<Map<String, Cell>> added,
            String after) {}

    /** All rows of each table, in the order of the footprint. */
    List<List<Map<String, Cell>>> look(Footprint footprint) {
        return footprint.rows().stream()
                .map(rows -> look(rows.table(), rows.key(), rows.where(), rows.of(), ""))
                .toList();
    }

    private List<Map<String, Cell>> look(String table, List<String> key, String where, Object of, String held) {
        return jdbc.sql("select * from " + table + " where " + where + " order by " + String.join(", ", key) + held)
                .param("of", of)
                .query((row, n) -> cells(row))
                .list();
    }

    private static Map<String, Cell> cells(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, Cell> cells = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            cells.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), cell(row, columns, i));
        }
        return cells;
    }

    private static Cell cell(ResultSet row, ResultSetMetaData columns, int i) throws SQLException {
        String type = columns.getColumnTypeName(i).toLowerCase(Locale.ROOT);
        if (type.equals("timestamptz") || type.equals("timestamp with time zone")) {
            OffsetDateTime moment = row.getObject(i, OffsetDateTime.class);
            return new Cell(
                    "moment",
                    moment == null
                            ? null
                            : moment.withOffsetSameInstant(ZoneOffset.UTC).toString());
        }
        return switch (columns.getColumnType(i)) {
            case Types.DATE -> {
                LocalDate day = row.getObject(i, LocalDate.class);
                yield new Cell("date", day == null ? null : day.toString());
            }
            case Types.BOOLEAN, Types.BIT -> {
                boolean yes = row.getBoolean(i);
                yield new Cell("yes", row.wasNull() ? null : String.valueOf(yes));
            }
            case Types.INTEGER, Types.SMALLINT, Types.BIGINT -> {
                long number = row.getLong(i);
                yield new Cell("whole", row.wasNull() ? null : String.valueOf(number));
            }
            case Types.VARCHAR, Types.CHAR, Types.CLOB, Types.LONGVARCHAR -> new Cell("text", row.getString(i));
            default ->
                throw new IllegalStateException(
                        columns.getColumnName(i) + " is of the type " + type + ", which cannot be put back");
        };
    }

    /** What has become of them since. */
    List<Change> since(Footprint footprint, List<List<Map<String, Cell>>> before) {
        List<List<Map<String, Cell>>> now = look(footprint);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            Footprint.Rows rows = footprint.rows().get(i);
            Map<List<Cell>, Map<String, Cell>> then = byKey(rows.key(), before.get(i));
            Map<List<Cell>, Map<String, Cell>> present = byKey(rows.key(), now.get(i));
            List<Map<String, Cell>> changed = new ArrayList<>();
            then.forEach((key, row) -> {
                if (!row.equals(present.get(key))) changed.add(row);
            });
            List<Map<String, Cell>> added = new ArrayList<>();
            present.forEach((key, row) -> {
                if (!then.containsKey(key)) added.add(only(rows.key(), row));
            });
            changes.add(new Change(
                    rows.table(),
                    rows.key(),
                    rows.where(),
                    String.valueOf(rows.of()),
                    rows.of() instanceof Number,
                    changed,
                    added,
                    digest(now.get(i))));
        }
        return changes;
    }

    /** Held until the transaction ends: nobody changes a row between the look and its way back. */
    private List<Map<String, Cell>> present(Change change) {
        return look(
                change.table(),
                change.key(),
                change.where(),
                change.ofNumber() ? (Object) Long.valueOf(change.of()) : change.of(),
                " for update");
    }

    /** Whether all these rows are still as the act left them. */
    boolean untouched(List<Change> changes) {
        return changes.stream().allMatch(change -> digest(present(change)).equals(change.after()));
    }

    void putBack(List<Change> changes) {
        List<Change> later = new ArrayList<>(changes);
        Collections.reverse(later);
        later.forEach(change -> change.added().forEach(row -> delete(change.table(), row)));
        for (Change change : changes) {
            Map<List<Cell>, Map<String, Cell>> present = byKey(change.key(), present(change));
            for (Map<String, Cell> row : change.before()) {
                if (present.containsKey(key(change.key(), row))) update(change, row);
                else insert(change.table(), row);
            }
        }
    }

    /** Instances that began anew are called by their new id wherever a row names the old one. */
    void rename(List<Change> changes, Map<String, String> renamed) {
        if (renamed.isEmpty()) return;
        for (Change change : changes) {
            for (Map<String, Cell> row : present(change)) {
                Map<String, Cell> other = new LinkedHashMap<>();
                row.forEach((column, cell) -> {
                    String id = cell.text() == null ? null : renamed.get(cell.text());
                    if (id != null && cell.kind().equals("text")) other.put(column, new Cell("text", id));
                });
                if (!other.isEmpty()) set(change.table(), other, only(change.key(), row));
            }
        }
    }

    private void delete(String table, Map<String, Cell> key) {
        List<Object> values = new ArrayList<>();
        String where = condition(key, values);
        jdbc.sql("delete from " + table + " where " + where).params(values).update();
    }

    private void insert(String table, Map<String, Cell> row) {
        List<Object> values = new ArrayList<>();
        row.values().forEach(cell -> values.add(cell.value()));
        jdbc.sql("insert into " + table + " (" + String.join(", ", row.keySet()) + ") values ("
                        + String.join(", ", Collections.nCopies(row.size(), "?")) + ")")
                .params(values)
                .update();
    }

    private void update(Change change, Map<String, Cell> row) {
        Map<String, Cell> rest = new LinkedHashMap<>(row);
        change.key().forEach(rest::remove);
        set(change.table(), rest, only(change.key(), row));
    }

    private void set(String table, Map<String, Cell> cells, Map<String, Cell> key) {
        List<Object> values = new ArrayList<>();
        List<String> sets = new ArrayList<>();
        cells.forEach((column, cell) -> {
            if (column.equals(VERSION)) {
                sets.add("version = version + 1");
            } else {
                sets.add(column + " = ?");
                values.add(cell.value());
            }
        });
        if (sets.isEmpty()) return;
        String where = condition(key, values);
        jdbc.sql("update " + table + " set " + String.join(", ", sets) + " where " + where)
                .params(values)
                .update();
    }

    private static String condition(Map<String, Cell> key, List<Object> values) {
        List<String> parts = new ArrayList<>();
        key.forEach((column, cell) -> {
            parts.add(column + " = ?");
            values.add(Objects.requireNonNull(cell.value()));
        });
        return String.join(" and ", parts);
    }

    private static Map<List<Cell>, Map<String, Cell>> byKey(List<String> key, List<Map<String, Cell>> rows) {
        Map<List<Cell>, Map<String, Cell>> byKey = new LinkedHashMap<>();
        rows.forEach(row -> byKey.put(key(key, row), row));
        return byKey;
    }

    private static List<Cell> key(List<String> key, Map<String, Cell> row) {
        return key.stream()
                .map(column -> Objects.requireNonNull(row.get(column)))
                .toList();
    }

    private static Map<String, Cell> only(List<String> key, Map<String, Cell> row) {
        Map<String, Cell> only = new LinkedHashMap<>();
        key.forEach(column -> only.put(column, Objects.requireNonNull(row.get(column))));
        return only;
    }

    static String digest(Object what) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(what.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
