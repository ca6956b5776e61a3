package org.banhao.base;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pages by id, so that the millionth is as quick as the first. Only the conditions asked for are in the statement. */
@Component
class JdbcAuditLog implements AuditLog {

    private final JdbcClient db;

    JdbcAuditLog(JdbcClient db) {
        this.db = db;
    }

    @Override
    public List<Entry> page(Filter filter, @Nullable Long before, int most) {
        StringBuilder sql =
                new StringBuilder("select id, at, person_id, person_name, for_whom_id, for_whom_name, action,"
                        + " case_number, detail, address from base_audit where 1 = 1");
        List<Object> values = new ArrayList<>();
        String who = text(filter.who());
        if (who != null) {
            String like = "%" + who.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
            sql.append(" and (person_id = ? or person_name like ? escape '!'"
                    + " or for_whom_id = ? or for_whom_name like ? escape '!')");
            values.addAll(List.of(who, like, who, like));
        }
        equal(sql, values, " and case_number = ?", text(filter.caseNumber()));
        equal(sql, values, " and action = ?", text(filter.action()));
        equal(sql, values, " and at >= ?", utc(filter.from()));
        equal(sql, values, " and at < ?", utc(filter.until()));
        equal(sql, values, " and id < ?", before);
        sql.append(" order by id desc fetch first ").append(most).append(" rows only");
        return db.sql(sql.toString())
                .params(values)
                .query((rs, n) -> new Entry(
                        rs.getLong(1),
                        rs.getObject(2, OffsetDateTime.class).toInstant(),
                        rs.getString(3),
                        rs.getString(4),
                        rs.getString(5),
                        rs.getString(6),
                        rs.getString(7),
                        rs.getString(8),
                        rs.getString(9),
                        rs.getString(10)))
                .list();
    }

    private static void equal(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value == null) return;
        sql.append(condition);
        values.add(value);
    }

    private static @Nullable String text(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : typed.replace("\0", "").strip();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
