package org.banhao.monitoring.domain;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.banhao.base.ChineseTime;
import org.banhao.base.Vendor;
import org.banhao.calendar.OwnTables;
import org.banhao.calendar.SetClock;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.ReadingWatch;
import org.banhao.monitoring.gateway.Device;
import org.banhao.monitoring.gateway.ReceivedFrame;
import org.banhao.monitoring.hj212.Decoder;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Standard;
import org.banhao.monitoring.hj212.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** One outlet with one device, and everything that stores what it says, on a database of its own kind. */
final class Station {

    enum Database {
        H2,
        POSTGRESQL;

        private static final Map<Database, DataSource> MADE = new EnumMap<>(Database.class);

        DataSource source() {
            String registry = "V1801__monitoring_registry.sql";
            String codes = "V1803__monitoring_codes.sql";
            String days = "V1811__monitoring_days.sql";
            return MADE.computeIfAbsent(
                    this,
                    one -> one == H2
                            ? OwnTables.h2(registry, "../h2/V1802__monitoring_readings.sql", codes, days)
                            : OwnTables.postgresql(
                                    registry, "../postgresql/V1802__monitoring_readings.sql", codes, days));
        }
    }

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);

    final SetClock clock = new SetClock("2026-03-26T10:00");
    final MonitoringProperties settings = new MonitoringProperties(
            72, java.time.Duration.ofDays(31), java.time.Duration.ofDays(1), java.time.Duration.ofMinutes(10));
    final JdbcClient db;
    final JdbcTransactionManager transactions;
    final StoredRegistry registry;
    final Devices devices;
    final DeviceNotes notes;
    final Partitions partitions;
    final ReadingIntake intake;
    final FrameRows frames;
    final StoredFrames sink;
    final StoredReadings readings;
    final ReadingQueries queries;
    final List<Reading> told = new ArrayList<>();
    final long enterprise;
    final long outlet;
    final long device;
    final String mn;
    /** Another one whose readings come through here too. */
    @Nullable
    Station also;

    /** Its readings cannot be taken. */
    boolean failing;

    private int qn;

    Station(Database database) {
        this(database, "gas");
    }

    Station(Database database, String kind) {
        DataSource source = database.source();
        JdbcTemplate template = new JdbcTemplate(source);
        db = JdbcClient.create(source);
        transactions = new JdbcTransactionManager(source);
        int number = NEXT.incrementAndGet();
        mn = String.format("88888800000%013d", number);
        enterprise = id(
                "insert into monitoring_enterprise (credit_code, name, address, town, industry) values (?, ?, '', '', '')",
                "DEMO" + number,
                "示例企业" + number + "（演示）");
        outlet = id(
                "insert into monitoring_outlet (enterprise_id, code, name, kind) values (?, 'D001', '排放口', ?)",
                enterprise,
                kind);
        device = id("""
                insert into monitoring_device (outlet_id, mn, name, kind, standard, system_code, password, installed_on)
                values (?, ?, '数采仪', 'logger', 2017, ?, '654321', date '2026-01-01')""", outlet, mn, kind.equals("gas") ? 31 : 32);
        db.sql("insert into monitoring_device_state (device_id) values (?)")
                .param(device)
                .update();
        Vendor vendor = new Vendor(source);
        registry = new StoredRegistry(db);
        devices = new Devices(db, clock);
        notes = new DeviceNotes(db, devices, clock, transactions);
        partitions = new Partitions(template, vendor, settings, clock);
        queries = new ReadingQueries(db);
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("watch", (ReadingWatch) lot -> {
            if (also != null && also.failing && lot.stream().anyMatch(one -> one.deviceId() == also.device))
                throw new IllegalStateException("A watcher that fails");
            told.addAll(lot);
        });
        intake = new ReadingIntake(
                new ReadingRows(template, vendor),
                queries,
                devices,
                registry,
                beans.getBeanProvider(ReadingWatch.class),
                clock);
        frames = new FrameRows(template, vendor);
        sink = new StoredFrames(frames, intake, partitions, devices, notes, settings, transactions);
        readings = new StoredReadings(queries, frames, registry, new StoredMarks(db), clock);
    }

    long id(String sql, Object... values) {
        org.springframework.jdbc.support.GeneratedKeyHolder key =
                new org.springframework.jdbc.support.GeneratedKeyHolder();
        db.sql(sql).params(values).update(key, "id");
        return key.getKeyAs(Long.class);
    }

    void now(String moment) {
        clock.set(moment);
    }

    static Instant at(String moment) {
        return LocalDateTime.parse(moment).atZone(ChineseTime.ZONE).toInstant();
    }

    static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    /** A packet of this device, as the line hands it over now. */
    ReceivedFrame packet(int cn, String content) {
        return packet(cn, content, false);
    }

    ReceivedFrame packet(int cn, String content, boolean late) {
        return received(
                new Packet(
                        String.format("20260326100000%03d", qn++ % 1000),
                        31,
                        cn,
                        "654321",
                        mn,
                        true,
                        0,
                        0,
                        false,
                        content),
                late);
    }

    ReceivedFrame received(Packet packet, boolean late) {
        byte[] line = packet.encode(DIALECT);
        Decoder decoder = new Decoder();
        // without the line end, as a framer finds it
        Verdict verdict = decoder.decode(line, 0, line.length - 2, DIALECT);
        if (verdict != Verdict.VALID)
            throw new IllegalArgumentException(verdict + " " + new String(line, StandardCharsets.UTF_8));
        return new ReceivedFrame(
                new Device(mn, 31, DIALECT, "654321", List.of()),
                decoder.frame().keep(),
                clock.instant(),
                InetAddress.getLoopbackAddress(),
                late);
    }

    void store(ReceivedFrame... received) {
        sink.store(List.of(received));
    }

    List<Reading> stored(ReadingKind kind) {
        return queries.ofDevice(device, kind, null, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
    }

    long packets() {
        return db.sql("select count(*) from monitoring_frame where device_id = ?")
                .param(device)
                .query(Long.class)
                .single();
    }
}
