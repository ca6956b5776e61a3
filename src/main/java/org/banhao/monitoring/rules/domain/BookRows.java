package org.banhao.monitoring.rules.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.domain.Moments;
import org.banhao.monitoring.rules.Exemption;
import org.banhao.monitoring.rules.ProductionOrder;
import org.banhao.monitoring.rules.Threshold;
import org.banhao.monitoring.rules.ThresholdBook;
import org.banhao.monitoring.rules.ThresholdRow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows that people set and rules go by. */
@Component
class BookRows {

    private final JdbcClient db;

    BookRows(JdbcClient db) {
        this.db = db;
    }

    /** All that were ever adopted. */
    ThresholdBook thresholds() {
        return new ThresholdBook(db.sql("""
            select id, threshold, outlet_kind, outlet_id, amount, valid_from, valid_until from monitoring_threshold
            where decision = 'adopted' order by id\
            """)
                .query((row, n) -> {
                    String kind = row.getString("outlet_kind");
                    return new ThresholdRow(
                            row.getLong("id"),
                            Threshold.valueOf(row.getString("threshold")),
                            kind == null ? null : Outlet.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                            Moments.id(row, "outlet_id"),
                            row.getDouble("amount"),
                            Moments.read(row, "valid_from"),
                            Moments.readOrNull(row, "valid_until"));
                })
                .list());
    }

    /** Devices that tell the power of equipment, and the outlets that have it: often not the one at which the meter is registered. */
    Map<Long, Set<Long>> meters() {
        Map<Long, Set<Long>> outlets = new HashMap<>();
        db.sql("select distinct meter_id, outlet_id from monitoring_equipment where active and meter_id is not null")
                .query(row -> {
                    outlets.computeIfAbsent(row.getLong(1), meter -> new TreeSet<>())
                            .add(row.getLong(2));
                });
        return outlets;
    }

    List<Exemption> exemptions() {
        return db.sql("select * from monitoring_exemption order by category, id")
                .query((row, n) -> new Exemption(
                        row.getLong("id"),
                        row.getString("category"),
                        row.getString("word"),
                        row.getString("factor"),
                        Duration.ofHours(row.getInt("hours")),
                        row.getString("basis"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_until", LocalDate.class),
                        row.getString("entered_by_name")))
                .list();
    }

    /** Those that touch the span, by begin. */
    List<ProductionOrder> orders(long outletId, Instant from, Instant until) {
        return db.sql("""
            select id, outlet_id, begins_at, ends_at, allowed, basis from monitoring_production_order
            where outlet_id = ? and begins_at < ? and (ends_at is null or ends_at > ?) order by begins_at, id\
            """)
                .params(outletId, Moments.sql(until), Moments.sql(from))
                .query((row, n) -> new ProductionOrder(
                        row.getLong("id"),
                        row.getLong("outlet_id"),
                        Moments.read(row, "begins_at"),
                        Moments.readOrNull(row, "ends_at"),
                        row.getDouble("allowed"),
                        row.getString("basis")))
                .list();
    }
}
