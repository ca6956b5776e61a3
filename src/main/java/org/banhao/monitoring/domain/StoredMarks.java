package org.banhao.monitoring.domain;

import java.time.Instant;
import java.util.List;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.StatutoryMark;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional(readOnly = true)
class StoredMarks implements Marks {

    private final JdbcClient db;

    StoredMarks(JdbcClient db) {
        this.db = db;
    }

    @Override
    public List<StatutoryMark> ofOutlet(long outletId, Instant from, Instant until) {
        return db.sql("""
                        select id, outlet_id, factor, begins_at, ends_at, kind, label, in_time, entered_at from monitoring_mark
                        where outlet_id = ? and begins_at < ? and ends_at > ? and revoked_at is null order by begins_at, id""")
                .params(outletId, Moments.sql(until), Moments.sql(from))
                .query((row, n) -> new StatutoryMark(
                        row.getLong("id"),
                        row.getLong("outlet_id"),
                        row.getString("factor"),
                        Moments.read(row, "begins_at"),
                        Moments.read(row, "ends_at"),
                        row.getString("kind").equals("invalid"),
                        row.getString("label"),
                        row.getBoolean("in_time"),
                        Moments.read(row, "entered_at")))
                .list();
    }
}
