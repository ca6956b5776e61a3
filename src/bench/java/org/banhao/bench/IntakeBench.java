package org.banhao.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Standard;
import org.banhao.testing.RunningApp;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * From the line into the database: the whole application answers packets once they are committed with their readings and judged, over 64
 * lines, beside rows of readings copied into the same table with its key on the same PostgreSQL. Then how long it takes from the packet that completes a condition to
 * the episode, at given rates of other packets. System properties {@code bench.rounds}, {@code bench.warmup}, {@code bench.devices},
 * {@code bench.minutes} (one packet of so many is of minutes; 0: none), {@code bench.rates}, {@code bench.seconds}.
 */
final class IntakeBench {

    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);
    private static final String PASSWORD = "Ku9x!q";
    private static final int LINES = 64;
    private static final int BURST = 16;
    /** Readings in a packet. */
    private static final int FACTORS = 6;
    /** Rows that are copied together: as many as the packets of a lot of ours hold. */
    private static final int COPIED = 1000 * FACTORS;

    private static final String EXCEEDED = "select count(*) from monitoring_episode where rule_group = 'EXCEED'";

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ChineseTime.ZONE);
    private static final DateTimeFormatter NUMBER =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ChineseTime.ZONE);
    private static final Clock CLOCK = Clock.system(ChineseTime.ZONE);

    /** What one device has sent. Of one line, so of one thread at a time. */
    private static final class Sender {

        private final String mn;
        private final Instant begun = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
        private int realtime;
        private Instant minute = begun.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(18));
        private int packets;

        Sender(int device) {
            mn = mn(device);
        }

        /** The next one: of minutes now and then, while there is one that has ended and comes in time. */
        byte[] next(int minutes, LongAdder ofMinutes) {
            packets++;
            if (minutes > 0 && packets % minutes == 0 && minute.plusSeconds(60).isBefore(CLOCK.instant())) {
                Instant begin = minute;
                minute = minute.plusSeconds(60);
                ofMinutes.increment();
                return packet(2051, begin, "Avg", packets);
            }
            // each of another second, and none older than a day
            return packet(2011, begun.minusSeconds(realtime++ % 80_000), "Rtd", packets);
        }

        /** An hour far above the limit. */
        byte[] alarm() {
            Instant hour = begun.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));
            return encode(2061, "DataTime=" + MOMENT.format(hour) + ";a21026-Avg=812.5,a21026-ZsAvg=812.5,a21026-Flag=N");
        }

        private byte[] packet(int cn, Instant time, String suffix, int number) {
            int tenths = number % 90;
            return encode(
                    cn,
                    "DataTime=" + MOMENT.format(time) + one("a21026", suffix, "12." + tenths) + one("a21002", suffix, "36." + tenths)
                            + one("a34013", suffix, "4." + tenths) + one("a19001", suffix, "8." + tenths)
                            + one("a01012", suffix, "78." + tenths) + one("a01011", suffix, "9." + tenths));
        }

        private static String one(String factor, String suffix, String value) {
            return ";" + factor + "-" + suffix + "=" + value + "," + factor + "-Flag=N";
        }

        private byte[] encode(int cn, String content) {
            return new Packet(NUMBER.format(CLOCK.instant()), 31, cn, PASSWORD, mn, true, 0, 0, false, content).encode(DIALECT);
        }
    }

    private final int devices = Integer.getInteger("bench.devices", 1_000);
    private final int minutes = Integer.getInteger("bench.minutes", 10);
    private final List<List<Sender>> senders = new ArrayList<>();
    private final int[] turns = new int[LINES];
    private final LongAdder ofMinutes = new LongAdder();
    private final LongAdder all = new LongAdder();

    private IntakeBench() {
        for (int i = 0; i < LINES; i++) senders.add(new ArrayList<>());
        for (int i = 0; i < devices; i++) senders.get(i % LINES).add(new Sender(i));
    }

    private static String mn(int device) {
        return String.format("0200000000000000%08d", device);
    }

    public static void main(String[] arguments) throws Exception {
        Path data = Contestants.temporary();
        int port = freePort();
        try (Postgres postgres = new Postgres();
                RunningApp ours = Contestants.ours(
                        "org.banhao.BanhaoApplication",
                        data.resolve("ours"),
                        Contestants.with(
                                postgres.settings("ours"),
                                "--banhao.simulator=false",
                                "--banhao.monitoring.port=" + port,
                                // one address and few lines stand for many here
                                "--banhao.monitoring.limits.per-second=1000000",
                                "--banhao.monitoring.limits.burst=1000000"))) {
            new IntakeBench().run(postgres, ours, port);
        } finally {
            Contestants.delete(data);
        }
    }

    private void run(Postgres postgres, RunningApp ours, int port) throws Exception {
        register(postgres);
        List<LoggerLine> lines = new ArrayList<>();
        try (Connection connection = ceiling(postgres)) {
            for (int i = 0; i < LINES; i++) lines.add(new LoggerLine(port));
            awaitKnown(port);
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            AtomicInteger copied = new AtomicInteger();
            System.out.printf(
                    "%d lines, %d devices, %d packets at once on each, one of %d of minutes%n", LINES, devices, BURST, minutes);
            new Slices(LINES, 2.5)
                    .compare(
                            new Slices.Contestant(
                                    "bare: rows copied",
                                    ours.pid(),
                                    client -> {
                                        copy.copyIn(
                                                "copy monitoring_reading from stdin", new StringReader(rows(copied.getAndIncrement())));
                                        return true;
                                    },
                                    COPIED,
                                    1),
                            new Slices.Contestant(
                                    "ours: rows of answered packets",
                                    ours.pid(),
                                    client -> {
                                        lines.get(client).exchange(burst(client), BURST);
                                        return true;
                                    },
                                    BURST * FACTORS,
                                    LINES),
                            Integer.getInteger("bench.warmup", 12),
                            0,
                            Integer.getInteger("bench.rounds", 10));
            System.out.printf(
                    Locale.ROOT, "of %,d packets %,d were of minutes and judged%n", all.sum(), ofMinutes.sum());
            compare(postgres, "select count(*) from monitoring_frame", all.sum() + 1, "packets");
            int first = 0;
            for (String rate : System.getProperty("bench.rates", "1000,10000").split(",")) {
                first = latency(Integer.parseInt(rate.strip()), first, lines, postgres);
            }
        } finally {
            for (LoggerLine line : lines) line.close();
        }
    }

    private byte[] burst(int line) {
        List<Sender> own = senders.get(line);
        byte[][] packets = new byte[BURST][];
        for (int i = 0; i < BURST; i++) packets[i] = own.get(turns[line]++ % own.size()).next(minutes, ofMinutes);
        all.add(BURST);
        return together(packets);
    }

    private static byte[] together(byte[][] packets) {
        byte[] bytes = new byte[Arrays.stream(packets).mapToInt(one -> one.length).sum()];
        int at = 0;
        for (byte[] one : packets) {
            System.arraycopy(one, 0, bytes, at, one.length);
            at += one.length;
        }
        return bytes;
    }

    // ---- wire to episode

    /** Packets at that rate, whether they are answered or not, and ten alarms a second. @return the first device without an alarm */
    private int latency(int rate, int first, List<LoggerLine> lines, Postgres postgres) throws Exception {
        int seconds = Integer.getInteger("bench.seconds", 20);
        Thread.sleep(2_000);
        long before = count(postgres, EXCEEDED);
        Queue<Long> usual = new ConcurrentLinkedQueue<>();
        Queue<Long> alarms = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger raised = new AtomicInteger();
        long begun = System.nanoTime();
        for (int i = 0; i < LINES; i++) {
            int line = i;
            // what was to be sent when, with a sign for an alarm; answered in this order
            Queue<Long> due = new ConcurrentLinkedQueue<>();
            threads.add(new Thread(() -> {
                List<Sender> own = senders.get(line);
                int alarm = first / LINES;
                double every = 1e9 * LINES / rate;
                double everyAlarm = 1e9 * LINES / 10;
                long nextAlarm = begun + (long) (everyAlarm * line / LINES);
                try {
                    for (long n = 0; ; n++) {
                        long at = begun + (long) (every * (n + (double) line / LINES));
                        if (at - begun > seconds * 1e9) break;
                        long wait = at - System.nanoTime();
                        if (wait > 0) java.util.concurrent.locks.LockSupport.parkNanos(wait);
                        if (at >= nextAlarm && alarm < own.size()) {
                            due.add(-nextAlarm);
                            lines.get(line).send(own.get(alarm++).alarm());
                            nextAlarm += (long) everyAlarm;
                            raised.incrementAndGet();
                        }
                        due.add(at);
                        lines.get(line).send(own.get(turns[line]++ % own.size()).next(minutes, ofMinutes));
                        sent.incrementAndGet();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                due.add(0L);
            }));
            threads.add(new Thread(() -> {
                try {
                    while (true) {
                        Long next = due.peek();
                        if (next != null && next == 0) return;
                        if (next == null) {
                            Thread.sleep(1);
                            continue;
                        }
                        int answered = lines.get(line).answers();
                        long now = System.nanoTime();
                        for (int n = 0; n < answered; n++) {
                            long at = due.remove();
                            (at < 0 ? alarms : usual).add(now - Math.abs(at));
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) thread.join();
        double took = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%,d packets/s asked for, %,.0f answered · answers p50 %.0f ms, p99 %.0f ms · packet to episode p50 %.0f ms, p99 %.0f ms, longest %.0f ms over %d%n",
                rate,
                usual.size() / took,
                percentile(usual, .5),
                percentile(usual, .99),
                percentile(alarms, .5),
                percentile(alarms, .99),
                percentile(alarms, 1),
                alarms.size());
        compare(postgres, EXCEEDED, before + raised.get(), "episodes");
        return first + (raised.get() / LINES + 1) * LINES;
    }

    private static double percentile(Queue<Long> nanos, double p) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(p * (sorted.length - 1))] / 1e6;
    }

    /** What was answered is there: packets, and the episodes that their packets completed. */
    private static void compare(Postgres postgres, String sql, long expected, String what) throws SQLException {
        long found = count(postgres, sql);
        System.out.printf(Locale.ROOT, "%s: %,d stored, %,d answered%n", what, found, expected);
        if (found != expected) throw new IllegalStateException("Not everything that was answered is there");
    }

    private static long count(Postgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.open("ours");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    // ---- before it begins

    private void register(Postgres postgres) throws SQLException {
        postgres.execute(
                "ours",
                "insert into monitoring_enterprise (credit_code, name, address, town, industry) values ('BENCH', '示例（演示）', '', '', '');"
                        + "insert into monitoring_permit (enterprise_id, number, issued_by, valid_from, entered_by, entered_by_name, entered_at)"
                        + " select id, 'BENCH', '', date '2020-01-01', '', '', now() from monitoring_enterprise where credit_code = 'BENCH';"
                        + "insert into monitoring_outlet (enterprise_id, code, name, kind) select e.id, 'DA' || n, '', 'gas'"
                        + " from monitoring_enterprise e, generate_series(0, " + (devices - 1) + ") n where e.credit_code = 'BENCH';"
                        + "insert into monitoring_device (outlet_id, mn, name, kind, standard, system_code, password, minutes, backfill, installed_on)"
                        + " select o.id, '0200000000000000' || lpad(substr(o.code, 3), 8, '0'), '', 'logger', 2017, 31, '" + PASSWORD
                        // nobody asks them for anything: what comes back is answers alone
                        + "', 1, false, date '2026-01-01' from monitoring_outlet o join monitoring_enterprise e on e.id = o.enterprise_id"
                        + " where e.credit_code = 'BENCH';"
                        + "insert into monitoring_device_state (device_id) select id from monitoring_device where mn like '02%';"
                        + "insert into monitoring_limit (source, outlet_id, permit_id, factor, averaging, highest, basis, valid_from, entered_by,"
                        + " entered_by_name, entered_at) select 'permit', o.id, p.id, f.code, 'hour', 100, '', date '2020-01-01', '', '', now()"
                        + " from monitoring_outlet o join monitoring_permit p on p.enterprise_id = o.enterprise_id,"
                        + " (values ('a21026'), ('a21002'), ('a34013')) f(code) where p.number = 'BENCH';"
                        + "insert into monitoring_outlet_factor (outlet_id, factor, since) select o.id, f.code, current_date"
                        + " from monitoring_outlet o join monitoring_enterprise e on e.id = o.enterprise_id,"
                        + " (values ('a21026'), ('a21002'), ('a34013')) f(code) where e.credit_code = 'BENCH'");
        postgres.execute("ours", "analyze");
    }

    /** The table of readings, and nothing else. */
    private static Connection ceiling(Postgres postgres) throws SQLException, IOException {
        postgres.settings("ceiling");
        try (InputStream script = IntakeBench.class.getResourceAsStream("/db/postgresql/V1802__monitoring_readings.sql")) {
            if (script == null) throw new IOException("The tables of readings are not there");
            postgres.execute("ceiling", new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        YearMonth month = YearMonth.from(LocalDate.now(CLOCK));
        for (int i = -1; i <= 1; i++) {
            YearMonth one = month.plusMonths(i);
            postgres.execute(
                    "ceiling",
                    "create table monitoring_reading_" + (i + 1) + " partition of monitoring_reading for values from ('" + one.atDay(1)
                            + " 00:00:00+08') to ('" + one.plusMonths(1).atDay(1) + " 00:00:00+08')");
        }
        return postgres.open("ceiling");
    }

    /** As ours writes them: of many devices at the same few seconds. */
    private String rows(int lot) {
        StringBuilder rows = new StringBuilder(COPIED * 120);
        String[] factors = {"a01011", "a01012", "a19001", "a21002", "a21026", "a34013"};
        String arrived = CLOCK.instant().toString();
        int packets = COPIED / FACTORS;
        for (int i = 0; i < packets; i++) {
            long packet = (long) lot * packets + i;
            String time = LocalDate.now(CLOCK).atTime(12, 0).minusSeconds(packet / devices).toString();
            String frame = new java.util.UUID(packet * 0x9E3779B97F4A7C15L, packet).toString();
            for (String factor : factors)
                rows.append(packet % devices)
                        .append("\t0\t")
                        .append(factor)
                        .append('\t')
                        .append(time)
                        .append("+08\t12.53\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N\tN\t1\t")
                        .append(frame)
                        .append('\t')
                        .append(arrived)
                        .append("\tf\t0\n");
        }
        return rows.toString();
    }

    /** The application looks for new devices every few seconds. */
    private void awaitKnown(int port) throws IOException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (true) {
            try (LoggerLine line = new LoggerLine(port)) {
                line.patience(1_000);
                line.exchange(senders.get(0).get(0).next(0, ofMinutes), 1);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end) throw notYet;
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
