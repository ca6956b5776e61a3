package org.banhao.proposal.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How values travel between rows and Java, the same on H2 and PostgreSQL. */
public final class Rows {

    private Rows() {}

    public static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public static Instant present(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    public static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    public static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** Short lists of codes stand comma-separated in one column: they are never searched by. */
    public static String join(Collection<String> codes) {
        return String.join(",", codes);
    }

    public static String codes(Collection<? extends Coded> values) {
        return values.stream().map(Coded::code).collect(Collectors.joining(","));
    }

    public static List<String> split(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(","));
    }

    public static <E extends Enum<E> & Coded> List<E> values(Class<E> type, String joined) {
        return joined.isEmpty()
                ? List.of()
                : Arrays.stream(joined.split(","))
                        .map(code -> Coded.get(type, code))
                        .toList();
    }

    public static <E extends Enum<E> & Coded> @Nullable E value(Class<E> type, @Nullable String code) {
        return code == null ? null : Coded.get(type, code);
    }

    public static @Nullable String code(@Nullable Coded value) {
        return value == null ? null : value.code();
    }
}
