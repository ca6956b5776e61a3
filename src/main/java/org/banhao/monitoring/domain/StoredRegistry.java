package org.banhao.monitoring.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Enterprise;
import org.banhao.monitoring.Equipment;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Registry;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional(readOnly = true)
class StoredRegistry implements Registry {

    private static final String ENTERPRISE =
            "select id, credit_code, name, address, town, industry, longitude, latitude, marks_here, active from monitoring_enterprise";

    private static final String OUTLET = """
            select o.id, o.enterprise_id, e.name as enterprise_name, o.code, o.name, o.kind, o.category, o.reference_oxygen,
              o.longitude, o.latitude, o.active
            from monitoring_outlet o join monitoring_enterprise e on e.id = o.enterprise_id""";

    private static final String DEVICE =
            "select id, outlet_id, mn, name, kind, realtime_seconds, minutes, installed_on, removed_on from monitoring_device";

    private static final String LIMIT =
            "select l.id, l.source, l.factor, l.averaging, l.lowest, l.highest, l.basis, l.valid_from, l.valid_until from monitoring_limit l";

    private final JdbcClient db;

    StoredRegistry(JdbcClient db) {
        this.db = db;
    }

    @Override
    public List<Enterprise> enterprises() {
        return db.sql(ENTERPRISE + " order by name")
                .query(StoredRegistry::enterprise)
                .list();
    }

    @Override
    public Optional<Enterprise> enterprise(long id) {
        return db.sql(ENTERPRISE + " where id = ?")
                .param(id)
                .query(StoredRegistry::enterprise)
                .optional();
    }

    @Override
    public List<Outlet> outlets() {
        return db.sql(OUTLET + " where o.active and e.active order by e.name, o.code")
                .query(StoredRegistry::outlet)
                .list();
    }

    /** Those out of use too: what they sent stays in the reports of its days. */
    List<Outlet> everyOutlet() {
        return db.sql(OUTLET + " order by e.name, o.code")
                .query(StoredRegistry::outlet)
                .list();
    }

    @Override
    public Optional<Outlet> outlet(long id) {
        return db.sql(OUTLET + " where o.id = ?")
                .param(id)
                .query(StoredRegistry::outlet)
                .optional();
    }

    /** Closed ones too, by code. */
    List<Outlet> outletsOf(long enterpriseId) {
        return db.sql(OUTLET + " where o.enterprise_id = ? order by o.code")
                .param(enterpriseId)
                .query(StoredRegistry::outlet)
                .list();
    }

    @Override
    public List<MonitoringDevice> devices(long outletId) {
        return db.sql(DEVICE + " where outlet_id = ? order by id")
                .param(outletId)
                .query(StoredRegistry::device)
                .list();
    }

    @Override
    public Optional<MonitoringDevice> device(long id) {
        return db.sql(DEVICE + " where id = ?")
                .param(id)
                .query(StoredRegistry::device)
                .optional();
    }

    Optional<MonitoringDevice> device(String mn) {
        return db.sql(DEVICE + " where mn = ?")
                .param(mn)
                .query(StoredRegistry::device)
                .optional();
    }

    @Override
    public List<Factor> factors() {
        return db.sql(
                        "select code, name, unit, kind, averaging, pollutant, negative, decimals from monitoring_factor order by code")
                .query((row, n) -> new Factor(
                        row.getString("code"),
                        row.getString("name"),
                        row.getString("unit"),
                        Factor.Kind.valueOf(upper(row.getString("kind"))),
                        Factor.Averaging.valueOf(upper(row.getString("averaging"))),
                        row.getBoolean("pollutant"),
                        row.getBoolean("negative"),
                        row.getInt("decimals")))
                .list();
    }

    @Override
    public List<String> factorsDue(long outletId, LocalDate day) {
        return db.sql("""
                        select factor from monitoring_outlet_factor
                        where outlet_id = ? and since <= ? and (until is null or until >= ?) order by factor""").params(outletId, day, day).query(String.class).list();
    }

    /** The same for each day of a span, in one question. */
    Map<LocalDate, List<String>> factorsDue(long outletId, LocalDate from, LocalDate until) {
        record Due(String factor, LocalDate since, @Nullable LocalDate until) {
            boolean on(LocalDate day) {
                return !day.isBefore(since) && (until == null || !day.isAfter(until));
            }
        }
        List<Due> all = db.sql("""
                        select factor, since, until from monitoring_outlet_factor
                        where outlet_id = ? and since <= ? and (until is null or until >= ?) order by factor""")
                .params(outletId, until, from)
                .query((row, n) ->
                        new Due(row.getString(1), row.getObject(2, LocalDate.class), row.getObject(3, LocalDate.class)))
                .list();
        Map<LocalDate, List<String>> days = new TreeMap<>();
        for (LocalDate day = from; !day.isAfter(until); day = day.plusDays(1)) {
            LocalDate today = day;
            days.put(
                    day,
                    all.stream().filter(due -> due.on(today)).map(Due::factor).toList());
        }
        return days;
    }

    @Override
    public List<EmissionLimit> limits(long outletId, LocalDate day) {
        // a permit's limit ends with the permit
        return db.sql(LIMIT + """
                         left join monitoring_permit p on p.id = l.permit_id
                        join monitoring_outlet o on o.id = ?
                        where (l.outlet_id = o.id or l.category = o.category)
                          and l.valid_from <= ? and (l.valid_until is null or l.valid_until >= ?)
                          and (p.id is null or p.valid_from <= ? and (p.valid_until is null or p.valid_until >= ?))""").params(outletId, day, day, day, day).query(StoredRegistry::limit).list().stream()
                .sorted(Comparator.comparing(EmissionLimit::factor)
                        .thenComparing(EmissionLimit::averaging)
                        .thenComparing(EmissionLimit::source)
                        .thenComparing(EmissionLimit::highest)
                        .thenComparing(EmissionLimit::id))
                .toList();
    }

    /**
     * The limits of each day of the span: {@link #limits} of the first one and of every later one on which another limit or permit begins,
     * or one has ended the day before.
     */
    NavigableMap<LocalDate, List<EmissionLimit>> limits(long outletId, LocalDate first, LocalDate last) {
        TreeSet<LocalDate> days = new TreeSet<>(List.of(first));
        db.sql("""
                        select l.valid_from, l.valid_until, p.valid_from, p.valid_until from monitoring_limit l
                        left join monitoring_permit p on p.id = l.permit_id
                        join monitoring_outlet o on o.id = ?
                        where l.outlet_id = o.id or l.category = o.category""").param(outletId).query(row -> {
            for (int column = 1; column <= 4; column++) {
                LocalDate day = row.getObject(column, LocalDate.class);
                if (day == null) continue;
                // odd ones are first days, even ones last
                LocalDate change = column % 2 == 1 ? day : day.plusDays(1);
                if (change.isAfter(first) && !change.isAfter(last)) days.add(change);
            }
        });
        NavigableMap<LocalDate, List<EmissionLimit>> limits = new TreeMap<>();
        for (LocalDate day : days) limits.put(day, limits(outletId, day));
        return limits;
    }

    @Override
    public List<Equipment> equipment(long outletId) {
        return db.sql("""
                        select id, outlet_id, name, side, meter_id, factor, working_from, standing_below, active
                        from monitoring_equipment where outlet_id = ? and active order by name""")
                .param(outletId)
                .query((row, n) -> new Equipment(
                        row.getLong("id"),
                        row.getLong("outlet_id"),
                        row.getString("name"),
                        row.getString("side").equals("treatment"),
                        Moments.id(row, "meter_id"),
                        row.getString("factor"),
                        row.getDouble("working_from"),
                        row.getDouble("standing_below"),
                        row.getBoolean("active")))
                .list();
    }

    @Override
    public List<PlannedStop> stops(long outletId, Instant from, Instant until) {
        return db.sql("""
                        select id, outlet_id, kind, begins_at, ends_at, reason, decided_at from monitoring_planned_stop
                        where outlet_id = ? and decision = 'acknowledged' and begins_at < ? and ends_at > ? order by begins_at, id""")
                .params(outletId, Moments.sql(until), Moments.sql(from))
                .query((row, n) -> new PlannedStop(
                        row.getLong("id"),
                        row.getLong("outlet_id"),
                        row.getString("kind"),
                        Moments.read(row, "begins_at"),
                        Moments.read(row, "ends_at"),
                        row.getString("reason"),
                        Moments.readOrNull(row, "decided_at")))
                .list();
    }

    @Override
    public boolean evidential(long deviceId, LocalDate day) {
        // the newest review that was in force on the day speaks for it
        return db.sql("""
                        select passed and (valid_until is null or valid_until >= ?) from monitoring_device_review
                        where device_id = ? and valid_from <= ? order by valid_from desc, id desc limit 1""")
                .params(day, deviceId, day)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static Enterprise enterprise(ResultSet row, int number) throws SQLException {
        return new Enterprise(
                row.getLong("id"),
                row.getString("credit_code"),
                row.getString("name"),
                row.getString("address"),
                row.getString("town"),
                row.getString("industry"),
                Moments.number(row, "longitude"),
                Moments.number(row, "latitude"),
                row.getBoolean("marks_here"),
                row.getBoolean("active"));
    }

    private static Outlet outlet(ResultSet row, int number) throws SQLException {
        return new Outlet(
                row.getLong("id"),
                row.getLong("enterprise_id"),
                row.getString("enterprise_name"),
                row.getString("code"),
                row.getString("name"),
                Outlet.Kind.valueOf(upper(row.getString("kind"))),
                row.getString("category"),
                Moments.number(row, "reference_oxygen"),
                Moments.number(row, "longitude"),
                Moments.number(row, "latitude"),
                row.getBoolean("active"));
    }

    private static MonitoringDevice device(ResultSet row, int number) throws SQLException {
        return new MonitoringDevice(
                row.getLong("id"),
                row.getLong("outlet_id"),
                row.getString("mn"),
                row.getString("name"),
                row.getString("kind").equals("meter"),
                row.getInt("realtime_seconds"),
                row.getInt("minutes"),
                row.getObject("installed_on", LocalDate.class),
                row.getObject("removed_on", LocalDate.class));
    }

    static EmissionLimit limit(ResultSet row, int number) throws SQLException {
        return new EmissionLimit(
                row.getLong("id"),
                EmissionLimit.Source.valueOf(upper(row.getString("source"))),
                row.getString("factor"),
                ReadingKind.valueOf(upper(row.getString("averaging"))),
                Moments.number(row, "lowest"),
                row.getDouble("highest"),
                row.getString("basis"),
                row.getObject("valid_from", LocalDate.class),
                row.getObject("valid_until", LocalDate.class));
    }
}
