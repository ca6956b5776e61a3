package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.banhao.base.Vendor;
import org.banhao.calendar.SetClock;
import org.banhao.monitoring.MarkWatch;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.ReadingWatch;
import org.banhao.monitoring.Readings;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.StatutoryMark;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A boiler's outlet of a database of one's choice, whose readings are stored as in earnest and told to whom one likes. */
public final class RuledStation {

    public enum Database {
        H2(Station.Database.H2),
        POSTGRESQL(Station.Database.POSTGRESQL);

        private final Station.Database own;

        Database(Station.Database own) {
            this.own = own;
        }
    }

    private static final Set<Station.Database> RULED = EnumSet.noneOf(Station.Database.class);

    private final Station station;
    private final DataSource source;

    public RuledStation(Database database) {
        station = new Station(database.own);
        source = database.own.source();
        synchronized (RULED) {
            if (RULED.add(database.own)) {
                ResourceDatabasePopulator populator = new ResourceDatabasePopulator();
                populator.setSqlScriptEncoding("UTF-8");
                populator.addScript(new ClassPathResource("db/common/V1850__monitoring_rules.sql"));
                populator.addScript(new ClassPathResource("db/common/V1851__monitoring_trials.sql"));
                populator.addScript(new ClassPathResource("db/common/V1860__monitoring_acknowledgement.sql"));
                populator.addScript(new ClassPathResource("db/common/V1861__monitoring_power_formula.sql"));
                populator.execute(source);
            }
        }
        limit("a21026", "hour", 50);
        limit("a21002", "hour", 150);
        db().sql(
                        "insert into monitoring_outlet_factor (outlet_id, factor, since) values (?, 'a21026', date '2026-01-01')")
                .param(outlet())
                .update();
    }

    public void limit(String factor, String averaging, double highest) {
        long permit = station.id("""
                insert into monitoring_permit (enterprise_id, number, issued_by, valid_from, entered_by, entered_by_name, entered_at)
                values (?, ?, '', date '2020-01-01', '', '', timestamp with time zone '2026-01-01 00:00:00+08:00')""", station.enterprise, factor + averaging);
        db().sql("""
                        insert into monitoring_limit (source, outlet_id, permit_id, factor, averaging, highest, basis, valid_from, entered_by,
                          entered_by_name, entered_at)
                        values ('permit', ?, ?, ?, ?, ?, '91140000DEMO001P', date '2020-01-01', '', '',
                          timestamp with time zone '2026-01-01 00:00:00+08:00')""").params(outlet(), permit, factor, averaging, highest).update();
    }

    /** @return its meter */
    public long equipment(String name, String side, double workingFrom) {
        return equipment(name, side, workingFrom, "power");
    }

    public long equipment(String name, String side, double workingFrom, String formula) {
        long meter = station.id("""
                insert into monitoring_device (outlet_id, mn, name, kind, standard, system_code, password, installed_on)
                values (?, ?, ?, 'meter', 2017, 31, '654321', date '2026-01-01')""", outlet(), station.mn + side.charAt(0), name + "电表");
        db().sql("""
                        insert into monitoring_equipment (outlet_id, name, side, meter_id, factor, working_from, standing_below)
                        values (?, ?, ?, ?, ?, ?, 1)""").params(outlet(), name, side, meter, formula, workingFrom).update();
        return meter;
    }

    public JdbcClient db() {
        return station.db;
    }

    public DataSource source() {
        return source;
    }

    public PlatformTransactionManager transactions() {
        return station.transactions;
    }

    public SetClock clock() {
        return station.clock;
    }

    public Registry registry() {
        return station.registry;
    }

    public Readings readings() {
        return station.readings;
    }

    public Marks marks() {
        return new StoredMarks(station.db);
    }

    public SweepLock sweepLock() {
        return new SweepLock(station.db, station.clock);
    }

    public long outlet() {
        return station.outlet;
    }

    public long device() {
        return station.device;
    }

    public Instant at(String moment) {
        return Station.at(moment);
    }

    /** Stored by the way on which all readings come, in one transaction. */
    public void take(ReadingWatch watch, Clock clock, Reading... readings) {
        List<Reading> some = Arrays.asList(readings);
        station.partitions.ensure(some.stream().map(Reading::time).toList(), List.of(clock.instant()));
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("watch", watch);
        ReadingIntake intake = new ReadingIntake(
                new ReadingRows(new JdbcTemplate(source), new Vendor(source)),
                station.queries,
                station.devices,
                station.registry,
                beans.getBeanProvider(ReadingWatch.class),
                clock);
        new TransactionTemplate(station.transactions).executeWithoutResult(status -> intake.take(some));
    }

    /** An hour whose value needs no conversion; late when it is told two hours after its end. */
    public Reading hour(String factor, Instant begins, double value, Instant arrived, String flag) {
        return new Reading(
                station.device,
                ReadingKind.HOUR,
                factor,
                begins,
                value,
                null,
                null,
                null,
                null,
                null,
                null,
                flag,
                Reading.Source.DEVICE,
                null,
                arrived,
                arrived.isAfter(begins.plusSeconds(3 * 3600)),
                0);
    }

    /** The same, as an upper platform says it. */
    public Reading handedOn(Reading one) {
        return from(Reading.Source.PLATFORM, one);
    }

    /** The same, as it is made of minutes. */
    public Reading computed(Reading one) {
        return from(Reading.Source.COMPUTED, one);
    }

    private static Reading from(Reading.Source source, Reading one) {
        return new Reading(
                one.deviceId(),
                one.kind(),
                one.factor(),
                one.time(),
                one.value(),
                null,
                null,
                null,
                null,
                null,
                null,
                one.flag(),
                source,
                null,
                one.arrivedAt(),
                one.late(),
                0);
    }

    /** @param table of the outlet or of its enterprise */
    public void use(String table, boolean active) {
        db().sql("update " + table + " set active = ? where id = ?")
                .params(active, table.endsWith("outlet") ? outlet() : station.enterprise)
                .update();
    }

    public Reading power(long meter, Instant at, double kilowatts) {
        return realtime(meter, "power", at, kilowatts);
    }

    public Reading realtime(long meter, String factor, Instant at, double value) {
        return new Reading(
                meter,
                ReadingKind.REALTIME,
                factor,
                at,
                value,
                null,
                null,
                null,
                null,
                null,
                null,
                "N",
                Reading.Source.DEVICE,
                null,
                at,
                false,
                0);
    }

    public void heard(long device, @Nullable Instant at) {
        db().sql("delete from monitoring_device_state where device_id = ?")
                .param(device)
                .update();
        db().sql("insert into monitoring_device_state (device_id, heard_at) values (?, ?)")
                .params(device, Moments.sqlOrNull(at))
                .update();
    }

    public StatutoryMark mark(MarkWatch watch, Instant from, Instant until) {
        StatutoryMark mark = new StatutoryMark(0, outlet(), null, from, until, true, "校准", true, clock().instant());
        new TransactionTemplate(transactions()).executeWithoutResult(status -> {
            db().sql("""
                            insert into monitoring_mark (outlet_id, begins_at, ends_at, kind, label, origin, in_time, entered_at, entered_by,
                              entered_by_name)
                            values (?, ?, ?, 'invalid', '校准', '省平台', true, ?, '', '')""")
                    .params(outlet(), Moments.sql(from), Moments.sql(until), Moments.sql(clock().instant()))
                    .update();
            watch.marked(outlet(), from, until);
        });
        return mark;
    }

    public void revoke(MarkWatch watch, StatutoryMark mark) {
        new TransactionTemplate(transactions()).executeWithoutResult(status -> {
            db().sql("update monitoring_mark set revoked_at = ? where outlet_id = ?")
                    .params(Moments.sql(clock().instant()), outlet())
                    .update();
            watch.marked(outlet(), mark.beginsAt(), mark.endsAt());
        });
    }

    /** Reported and acknowledged now. */
    public void stop(Instant from, Instant until) {
        db().sql("""
                        insert into monitoring_planned_stop (outlet_id, kind, begins_at, ends_at, reason, reported_at, reported_by,
                          reported_by_name, decision, decided_at)
                        values (?, 'boiler', ?, ?, '停炉', ?, '', '', 'acknowledged', ?)""")
                .params(
                        outlet(),
                        Moments.sql(from),
                        Moments.sql(until),
                        Moments.sql(clock().instant()),
                        Moments.sql(clock().instant()))
                .update();
    }
}
