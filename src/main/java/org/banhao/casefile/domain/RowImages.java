package org.banhao.casefile.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.banhao.flow.Footprint;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Copies of the rows of a {@link Footprint}, and putting them back. On both databases; every call joins the caller's transaction. */
@Component
class RowImages {

    private static final String VERSION = "version";
    private static final Pattern OF = Pattern.compile(":of\\b");
    /** As both databases write a moment in UTC: H2 with its zone, PostgreSQL without. */
    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH", "+00")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private final JdbcClient jdbc;
    private final Map<String, List<Column>> tables = new ConcurrentHashMap<>();
    private final Map<List<Part>, Look> looks = new ConcurrentHashMap<>();

    private record Part(String table, String where) {}

    /** @param columns of each part */
    private record Look(String sql, List<List<Column>> columns) {}

    RowImages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param kind {@code moment}, {@code date}, {@code yes}, {@code whole}, {@code text}
     * @param text as the database writes it; a moment in UTC, so that the session's zone does not matter
     */
    record Cell(String kind, @Nullable String text) {

        @Nullable
        Object value() {
            String given = text;
            if (given == null) return null;
            return switch (kind) {
                case "moment" -> LocalDateTime.parse(given, MOMENT).atOffset(ZoneOffset.UTC);
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

    /** @param kind as that of a {@link Cell} */
    private record Column(String name, String kind) {

        String read() {
            return kind.equals("moment") ? name + " at time zone 'UTC'" : name;
        }
    }

    /** All rows of each table, in the order of the footprint: one statement, for every step of a person looks twice. */
    List<List<Map<String, Cell>>> look(Footprint footprint) {
        return look(footprint.rows(), false);
    }

    private List<List<Map<String, Cell>>> look(List<Footprint.Rows> all, boolean held) {
        List<List<Map<String, Cell>>> found = new ArrayList<>();
        all.forEach(rows -> found.add(new ArrayList<>()));
        if (all.isEmpty()) return found;
        Look look = prepared(
                all.stream().map(rows -> new Part(rows.table(), rows.where())).toList());
        JdbcClient.StatementSpec statement = jdbc.sql(held ? look.sql() + " for update" : look.sql());
        for (int part = 0; part < all.size(); part++)
            statement = statement.param("of" + part, all.get(part).of());
        statement.query(row -> {
            int part = row.getInt(1);
            Map<String, Cell> cells = new LinkedHashMap<>();
            int i = 2;
            for (Column column : look.columns().get(part))
                cells.put(column.name(), new Cell(column.kind(), row.getString(i++)));
            found.get(part).add(cells);
        });
        for (int part = 0; part < all.size(); part++) {
            if (found.get(part).size() > 1)
                found.get(part).sort(order(all.get(part).key()));
        }
        return found;
    }

    /** The footprints of an application are few, and their text is long. */
    private Look prepared(List<Part> parts) {
        Look known = looks.get(parts);
        if (known != null) return known;
        List<List<Column>> columns =
                parts.stream().map(part -> columns(part.table())).toList();
        int widest = columns.stream().mapToInt(List::size).max().orElseThrow();
        StringBuilder sql = new StringBuilder();
        for (int part = 0; part < parts.size(); part++) {
            if (part > 0) sql.append(" union all ");
            sql.append("select ").append(part);
            for (int i = 0; i < widest; i++) {
                sql.append(", cast(")
                        .append(
                                i < columns.get(part).size()
                                        ? columns.get(part).get(i).read()
                                        : "null")
                        .append(" as varchar)");
            }
            sql.append(" from ").append(parts.get(part).table()).append(" where ");
            sql.append(OF.matcher(parts.get(part).where()).replaceAll(":of" + part));
        }
        Look made = new Look(sql.toString(), columns);
        looks.put(parts, made);
        return made;
    }

    private static Comparator<Map<String, Cell>> order(List<String> key) {
        Comparator<Map<String, Cell>> order = (one, other) -> 0;
        for (String column : key) {
            order = order.thenComparing(row -> Objects.requireNonNull(row.get(column)), (one, other) -> {
                String mine = Objects.requireNonNull(one.text());
                String others = Objects.requireNonNull(other.text());
                return one.kind().equals("whole")
                        ? Long.compare(Long.parseLong(mine), Long.parseLong(others))
                        : mine.compareTo(others);
            });
        }
        return order;
    }

    /** They change with a new version of the application only. */
    private List<Column> columns(String table) {
        List<Column> known = tables.get(table);
        if (known != null) return known;
        List<Column> read = Objects.requireNonNull(jdbc.sql("select * from " + table + " where 1 = 0")
                .query((ResultSet none) -> {
                    ResultSetMetaData columns = none.getMetaData();
                    List<Column> all = new ArrayList<>();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        all.add(new Column(columns.getColumnName(i).toLowerCase(Locale.ROOT), kind(columns, i)));
                    }
                    return List.copyOf(all);
                }));
        tables.put(table, read);
        return read;
    }

    private static String kind(ResultSetMetaData columns, int i) throws SQLException {
        String type = columns.getColumnTypeName(i).toLowerCase(Locale.ROOT);
        if (type.equals("timestamptz") || type.equals("timestamp with time zone")) return "moment";
        return switch (columns.getColumnType(i)) {
            case Types.DATE -> "date";
            case Types.BOOLEAN, Types.BIT -> "yes";
            case Types.INTEGER, Types.SMALLINT, Types.BIGINT -> "whole";
            case Types.VARCHAR, Types.CHAR, Types.CLOB, Types.LONGVARCHAR -> "text";
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
                    digest(texts(now.get(i)))));
        }
        return changes;
    }

    private static Footprint.Rows rows(Change change) {
        return new Footprint.Rows(
                change.table(),
                change.key(),
                change.where(),
                change.ofNumber() ? (Object) Long.valueOf(change.of()) : change.of());
    }

    /** Held until the transaction ends: what is found untouched stays so until it is put back. */
    private List<Map<String, Cell>> present(Change change) {
        return look(List.of(rows(change)), true).get(0);
    }

    /** Whether all these rows are as the act left them, at this moment: nothing is held. */
    boolean asLeft(List<Change> changes) {
        List<List<Map<String, Cell>>> now =
                look(changes.stream().map(RowImages::rows).toList(), false);
        for (int i = 0; i < now.size(); i++) {
            if (!digest(texts(now.get(i))).equals(changes.get(i).after())) return false;
        }
        return true;
    }

    /** Whether all these rows are still as the act left them. */
    boolean untouched(List<Change> changes) {
        return changes.stream()
                .allMatch(change -> digest(texts(present(change))).equals(change.after()));
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

    private static List<String> texts(List<Map<String, Cell>> rows) {
        List<String> texts = new ArrayList<>();
        for (Map<String, Cell> row : rows) {
            for (Cell cell : row.values()) texts.add(cell.text() == null ? "" : " " + cell.text());
        }
        return texts;
    }

    /** Of these texts in this order, each told apart from the next. */
    static String digest(List<String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
