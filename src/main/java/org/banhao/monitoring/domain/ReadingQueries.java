package org.banhao.monitoring.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads table {@code monitoring_reading}. */
@Component
class ReadingQueries {

    private static final String SELECT = """
            select r.device_id, r.kind, r.factor, r.measured_at, r.measured, r.lowest, r.highest, r.total, r.converted,
              r.converted_lowest, r.converted_highest, r.flag, r.source, r.frame, r.arrived_at, r.late, r.changes
            from monitoring_reading r""";

    private final JdbcClient db;

    ReadingQueries(JdbcClient db) {
        this.db = db;
    }

    List<Reading> ofDevice(long deviceId, ReadingKind kind, @Nullable String factor, Instant from, Instant until) {
        List<Object> values = new ArrayList<>(List.of(deviceId, kind.code(), Moments.sql(from), Moments.sql(until)));
        if (factor != null) values.add(factor);
        return db.sql(SELECT + " where r.device_id = ? and r.kind = ? and r.measured_at >= ? and r.measured_at < ?"
                        + (factor == null ? "" : " and r.factor = ?") + " order by r.factor, r.measured_at")
                .params(values)
                .query((row, n) -> ReadingRows.read(row))
                .list();
    }

    /** As {@link #ofDevice}, of all factors, but only what came or was changed since that moment, included. */
    List<Reading> arrived(long deviceId, ReadingKind kind, Instant from, Instant until, Instant since) {
        return db.sql(SELECT + " where r.device_id = ? and r.kind = ? and r.measured_at >= ? and r.measured_at < ?"
                        + " and r.arrived_at >= ? order by r.factor, r.measured_at")
                .params(deviceId, kind.code(), Moments.sql(from), Moments.sql(until), Moments.sql(since))
                .query((row, n) -> ReadingRows.read(row))
                .list();
    }

    /** Time of the newest reading of that kind after the moment. */
    Optional<Instant> newestTime(long deviceId, ReadingKind kind, Instant after) {
        return db.sql("select r.measured_at from monitoring_reading r where r.device_id = ? and r.kind = ?"
                        + " and r.measured_at > ? order by r.measured_at desc limit 1")
                .params(deviceId, kind.code(), Moments.sql(after))
                .query((row, n) -> Moments.read(row, "measured_at"))
                .optional();
    }

    /** Begins of the periods of which the device, or an upper platform, told at least one factor. */
    Set<Instant> told(long deviceId, ReadingKind kind, Instant from, Instant until) {
        return new HashSet<>(db.sql("""
                        select distinct measured_at from monitoring_reading
                        where device_id = ? and kind = ? and measured_at >= ? and measured_at < ? and source <> ?""")
                .params(deviceId, kind.code(), Moments.sql(from), Moments.sql(until), Reading.Source.COMPUTED.ordinal())
                .query((row, n) -> Moments.read(row, "measured_at"))
                .list());
    }

    List<Long> devicesOf(long outletId) {
        return db.sql("select id from monitoring_device where outlet_id = ? order by id")
                .param(outletId)
                .query(Long.class)
                .list();
    }

    Optional<Instant> heardAt(long deviceId) {
        return db.sql("select heard_at from monitoring_device_state where device_id = ? and heard_at is not null")
                .param(deviceId)
                .query((row, n) -> Moments.read(row, "heard_at"))
                .optional();
    }
}
