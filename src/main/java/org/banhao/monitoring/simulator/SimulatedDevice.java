package org.banhao.monitoring.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Frame;
import org.banhao.monitoring.hj212.Packet;
import org.banhao.monitoring.hj212.Sm4;
import org.banhao.monitoring.hj212.Standard;
import org.jspecify.annotations.Nullable;

/**
 * A data logger or a meter: what it has to send when, what was answered, and how it answers commands. It keeps hours and days until they are
 * answered; realtime values and minutes are forgotten after the last try, and minutes are sent again when they are asked for. Used by one
 * thread.
 */
final class SimulatedDevice {

    /** HJ 212-2017 table 1, mobile line: 10 seconds, three times again. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    private static final int TRIES = 4;

    /** What must not be lost is tried again after that. */
    private static final Duration REST = Duration.ofMinutes(5);

    private static final Duration HEARTBEAT = Duration.ofMinutes(5);
    private static final Duration CLOCK_WRONG_BY = Duration.ofHours(3);
    /** So old a period was not sent in time: HJ 212-2025 says so in the packet. */
    private static final Duration LATE = Duration.ofMinutes(20);

    private static final int UNANSWERED_AT_ONCE = 40;
    private static final int KEPT = 2000;
    private static final int ASKED_AT_MOST = 2000;

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ChineseTime.ZONE);
    private static final DateTimeFormatter NUMBER =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ChineseTime.ZONE);

    private static final Map<String, String> GAS_OF_2005 = Map.of(
            "a34013", "01", "a21026", "02", "a21002", "03", "a19001", "S01", "a01011", "S02", "a01012", "S03", "a01014",
            "S05", "a01013", "S08", "a00000", "B02");
    private static final Map<String, String> WATER_OF_2005 =
            Map.of("w01001", "001", "w01018", "011", "w21003", "060", "w00000", "B01");

    /** What is told of which span. */
    private enum Kind {
        REALTIME(2011),
        MINUTE(2051),
        HOUR(2061),
        DAY(2031);

        private final int cn;

        Kind(int cn) {
            this.cn = cn;
        }

        static @Nullable Kind of(int cn) {
            for (Kind kind : values()) if (kind.cn == cn) return kind;
            return null;
        }
    }

    private static final class Queued {
        private final Packet packet;
        private final boolean keep;
        private final @Nullable Asked asked;
        private @Nullable Instant sent;
        private int tries;

        Queued(Packet packet, boolean keep, @Nullable Asked asked) {
            this.packet = packet;
            this.keep = keep;
            this.asked = asked;
        }
    }

    /** A command that asks for data: it has ended when all of them were answered. */
    private static final class Asked {
        private final String qn;
        private int left;

        Asked(String qn) {
            this.qn = qn;
        }
    }

    private final Station station;
    private final Station.Login login;
    private final Dialect dialect;
    private final Plant plant;
    private final Faults faults;
    private final List<String> factors;
    private final boolean meter;
    private final Map<String, Queued> queue = new LinkedHashMap<>();
    private final Deque<byte[]> words = new ArrayDeque<>();

    private String password;
    private int seconds;
    private int minutes;
    private boolean realtime = true;
    private Duration clockWrong = Duration.ZERO;
    private Instant lastNumber = Instant.MIN;
    private Instant nextRealtime;
    private Instant nextMinute;
    private Instant nextHour;
    private Instant nextDay;
    private Instant nextHeartbeat;
    private @Nullable Boolean treating;
    private long sent;
    private long answered;
    private @Nullable Instant answeredAt;

    /** @param since periods that ended before are not sent by themselves */
    SimulatedDevice(
            Station station,
            Station.Login login,
            boolean meter,
            Plant plant,
            Faults faults,
            Instant since,
            Instant now) {
        this.station = station;
        this.login = login;
        this.meter = meter;
        this.plant = plant;
        this.faults = faults;
        this.factors = meter ? List.of(Plant.PRODUCTION, Plant.TREATMENT) : station.factors();
        this.password = login.password();
        this.seconds = login.seconds();
        this.minutes = login.minutes();
        Dialect plain = Dialect.of(
                switch (login.standard()) {
                    case 2005 -> Standard.HJ_T_212_2005;
                    case 2025 -> Standard.HJ_212_2025;
                    default -> Standard.HJ_212_2017;
                });
        String key = login.key();
        this.dialect = key == null ? plain : plain.encrypted(new Sm4(key.getBytes(StandardCharsets.US_ASCII)), true);
        this.nextRealtime = up(now, Duration.ofSeconds(seconds));
        Instant lately = now.minus(Duration.ofHours(2));
        // the period in which it was heard last is still to come
        this.nextMinute = down(since.isAfter(lately) ? since : lately, Duration.ofMinutes(minutes));
        this.nextHour = down(since, Duration.ofHours(1));
        this.nextDay = down(since, Duration.ofDays(1));
        this.nextHeartbeat = now;
    }

    String mn() {
        return login.mn();
    }

    Dialect dialect() {
        return dialect;
    }

    long sent() {
        return sent;
    }

    long answered() {
        return answered;
    }

    int waiting() {
        return queue.size();
    }

    @Nullable
    Instant answeredAt() {
        return answeredAt;
    }

    // ---- what it has to say

    /**
     * Puts into the queue what is due.
     *
     * @param online false: hours and days are kept for later, and there are no realtime data
     * @param cut it knows that the line is down: its minutes of that time are sent only when they are asked for
     */
    void measure(Instant now, boolean online, boolean cut) {
        while ((online || cut) && !nextMinute.plus(length(Kind.MINUTE)).isAfter(now)) {
            if (online) put(Kind.MINUTE, nextMinute, now, null);
            nextMinute = nextMinute.plus(length(Kind.MINUTE));
        }
        while (!nextHour.plus(length(Kind.HOUR)).isAfter(now)) {
            put(Kind.HOUR, nextHour, now, null);
            nextHour = nextHour.plus(length(Kind.HOUR));
        }
        while (!nextDay.plus(length(Kind.DAY)).isAfter(now)) {
            put(Kind.DAY, nextDay, now, null);
            if (!meter) runningHours(nextDay, now);
            nextDay = nextDay.plus(length(Kind.DAY));
        }
        if (!nextRealtime.isAfter(now)) {
            // of those that were missed the last one is enough
            Instant slot = down(now, Duration.ofSeconds(seconds));
            if (online && realtime) put(Kind.REALTIME, slot, now, null);
            nextRealtime = slot.plusSeconds(seconds);
            if (online && !meter) equipmentState(slot, now);
        }
        if (online && !meter && dialect.standard() == Standard.HJ_212_2025 && !nextHeartbeat.isAfter(now)) {
            queue(Packet.of(number(now), 91, 9015, password, mn(), "").wantingAnswer(), false, null);
            nextHeartbeat = now.plus(HEARTBEAT);
        }
        for (Iterator<Queued> all = queue.values().iterator(); queue.size() > KEPT && all.hasNext(); ) {
            all.next();
            all.remove();
        }
    }

    /** A new line: it asks for the time, and sends again what was not answered. */
    void connected(Instant now) {
        for (Queued one : queue.values()) {
            one.sent = null;
            one.tries = 0;
        }
        if (!meter && dialect.standard() != Standard.HJ_T_212_2005)
            queue(Packet.of(number(now), system(), 1013, password, mn(), "").wantingAnswer(), false, null);
    }

    /** 2021, whenever the treatment is switched: SB1 is the treatment; 0 off, 1 runs. */
    private void equipmentState(Instant slot, Instant now) {
        if (station.treatment() <= 0) return;
        boolean runs = plant.value(Plant.TREATMENT, slot) > 1;
        if (treating != null && treating == runs) return;
        treating = runs;
        queue(
                packet(2021, "DataTime=" + moment(slot) + ";SB1-RS=" + (runs ? 1 : 0), now)
                        .wantingAnswer(),
                true,
                null);
    }

    /** 2041: hours for which the treatment ran. */
    private void runningHours(Instant day, Instant now) {
        if (station.treatment() <= 0) return;
        int ran = 0;
        for (int i = 0; i < 144; i++)
            if (plant.value(Plant.TREATMENT, day.plus(Duration.ofMinutes(10L * i))) > 1) ran++;
        queue(
                packet(
                                2041,
                                "DataTime=" + moment(day) + ";SB1-RT="
                                        + BigDecimal.valueOf(ran / 6.0).setScale(1, RoundingMode.HALF_EVEN),
                                now)
                        .wantingAnswer(),
                true,
                null);
    }

    private Duration length(Kind kind) {
        return switch (kind) {
            case REALTIME -> Duration.ofSeconds(seconds);
            case MINUTE -> Duration.ofMinutes(minutes);
            case HOUR -> Duration.ofHours(1);
            case DAY -> Duration.ofDays(1);
        };
    }

    private void put(Kind kind, Instant begins, Instant now, @Nullable Asked asked) {
        StringBuilder content = new StringBuilder("DataTime=").append(moment(begins));
        for (String factor : factors) content.append(';').append(item(kind, factor, begins));
        Packet whole = packet(kind.cn, content.toString(), now).wantingAnswer();
        boolean late = asked != null || begins.plus(length(kind)).plus(LATE).isBefore(now);
        if (late && kind != Kind.REALTIME) whole = whole.backfilled();
        List<Packet> parts = whole.parts(dialect, () -> number(now));
        if (asked != null) asked.left += parts.size();
        for (Packet part : parts) queue(part, kind == Kind.HOUR || kind == Kind.DAY || asked != null, asked);
    }

    private String item(Kind kind, String factor, Instant begins) {
        String code = code(factor);
        if (kind == Kind.REALTIME) {
            double value = plant.value(factor, begins);
            Double converted = plant.converted(factor, value, begins);
            return code + "-Rtd=" + text(factor, value)
                    + (converted == null ? "" : "," + code + "-ZsRtd=" + text(factor, converted))
                    + flag(code, plant.flag(factor, begins));
        }
        Summary values = new Summary();
        Summary converted = new Summary();
        double total = 0;
        int bad = 0;
        Duration step = kind == Kind.DAY ? Duration.ofMinutes(5) : Duration.ofMinutes(1);
        int steps = (int) length(kind).dividedBy(step);
        for (int i = 0; i < steps; i++) {
            Instant at = begins.plus(step.multipliedBy(i));
            double value = plant.value(factor, at);
            values.add(value);
            Double zs = plant.converted(factor, value, at);
            if (zs != null) converted.add(zs);
            if (!plant.flag(factor, at).equals("N")) bad++;
            total += total(factor, value, at) * step.toSeconds();
        }
        // waste gas: three quarters of what it is made of have to be normal; waste water: all
        boolean normal = station.water() ? bad == 0 : bad * 4 <= steps;
        return code + "-Avg=" + text(factor, values.mean())
                + "," + code + "-Min=" + text(factor, values.least)
                + "," + code + "-Max=" + text(factor, values.most)
                + (total > 0
                        ? "," + code + "-Cou=" + BigDecimal.valueOf(total).setScale(3, RoundingMode.HALF_EVEN)
                        : "")
                + (converted.count == 0
                        ? ""
                        : "," + code + "-ZsAvg=" + text(factor, converted.mean())
                                + "," + code + "-ZsMin=" + text(factor, converted.least)
                                + "," + code + "-ZsMax=" + text(factor, converted.most))
                + flag(code, normal ? "N" : "D");
    }

    /** What passes in a second: m³ of a flow, kg of a pollutant that a measured flow carries; else 0. */
    private double total(String factor, double value, Instant at) {
        String flow = station.water() ? "w00000" : "a00000";
        // L/s and m³/s
        double cubicMetres = station.water() ? 0.001 : 1;
        if (factor.equals(flow)) return value * cubicMetres;
        if (!Plant.pollutant(factor)
                || factor.equals("w01001")
                || !station.factors().contains(flow)) return 0;
        // mg/L is g/m³, mg/m³ a thousandth of it
        return value * plant.value(flow, at) * cubicMetres * (station.water() ? 1e-3 : 1e-6);
    }

    private static final class Summary {
        private double sum;
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;
        private int count;

        void add(double value) {
            sum += value;
            least = Math.min(least, value);
            most = Math.max(most, value);
            count++;
        }

        double mean() {
            return sum / count;
        }
    }

    private String text(String factor, double value) {
        return plant.rounded(factor, value).toPlainString();
    }

    private String flag(String code, String flag) {
        return dialect.standard() == Standard.HJ_T_212_2005 ? "" : "," + code + "-Flag=" + flag;
    }

    private String code(String factor) {
        if (dialect.standard() != Standard.HJ_T_212_2005) return factor;
        return (station.water() ? WATER_OF_2005 : GAS_OF_2005).getOrDefault(factor, factor);
    }

    private int system() {
        return meter ? 44 : station.water() ? 32 : 31;
    }

    private Packet packet(int cn, String content, Instant now) {
        return Packet.of(number(now), system(), cn, password, mn(), content);
    }

    private Duration ahead(Instant at) {
        return faults.active(SimulatedFault.CLOCK, at) ? clockWrong.plus(CLOCK_WRONG_BY) : clockWrong;
    }

    /** By its own clock, which may be wrong now. */
    private String moment(Instant at) {
        Instant told = at.plus(ahead(at));
        return MOMENT.format(told);
    }

    private String number(Instant now) {
        Instant told = now.plus(ahead(now)).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        lastNumber = told.isAfter(lastNumber) ? told : lastNumber.plusMillis(1);
        return NUMBER.format(lastNumber);
    }

    private void queue(Packet packet, boolean keep, @Nullable Asked asked) {
        String qn = packet.qn();
        if (qn != null) queue.put(qn, new Queued(packet, keep, asked));
    }

    /**
     * What is to be written now, line ends included: answers, packets for the first time, and again those that were not answered in time.
     *
     * @param wall of the line, not of the data
     * @param other a device whose MN is written where FOREIGN_ID is on
     */
    List<byte[]> toSend(Instant now, Instant wall, String other) {
        List<byte[]> lines = new ArrayList<>();
        while (!words.isEmpty()) lines.add(words.removeFirst());
        int open = 0;
        for (Iterator<Queued> all = queue.values().iterator(); all.hasNext() && open < UNANSWERED_AT_ONCE; ) {
            Queued one = all.next();
            Instant last = one.sent;
            if (last != null && wall.isBefore(last.plus(ANSWERED_WITHIN))) {
                open++;
                continue;
            }
            if (one.tries >= TRIES) {
                if (!one.keep) {
                    all.remove();
                    continue;
                }
                if (last != null && wall.isBefore(last.plus(REST))) continue;
                one.tries = 0;
            }
            one.sent = wall;
            one.tries++;
            open++;
            byte[] line = spoilt(one.packet, now, other);
            lines.add(line);
            if (faults.active(SimulatedFault.DUPLICATE, now)) lines.add(line);
            sent++;
        }
        return lines;
    }

    private byte[] spoilt(Packet packet, Instant now, String other) {
        Packet told = faults.active(SimulatedFault.FOREIGN_ID, now)
                ? new Packet(
                        packet.qn(),
                        packet.st(),
                        packet.cn(),
                        packet.pw(),
                        other,
                        packet.answer(),
                        packet.pnum(),
                        packet.pno(),
                        packet.backfill(),
                        packet.content())
                : packet;
        byte[] line = told.encode(dialect);
        if (faults.active(SimulatedFault.CRC, now)) {
            // the first of the four digits before the line end
            int at = line.length - 6;
            line[at] = (byte) (line[at] == '0' ? '1' : '0');
        }
        return line;
    }

    // ---- what it hears

    /** An answer to something it sent. @return false: it belongs to nothing of this device */
    boolean answeredBy(String qn, Instant now, Instant wall) {
        Queued one = queue.get(qn);
        if (one == null) return false;
        if (faults.active(SimulatedFault.DEAF, now)) return true;
        queue.remove(qn);
        answered++;
        answeredAt = wall;
        Asked asked = one.asked;
        if (asked != null && --asked.left == 0) say(9012, asked.qn, "ExeRtn=1");
        return true;
    }

    /** A command of the host, by the book: taken (9011), done, told how it ended (9012). */
    void commanded(Frame command, Instant now, Instant wall) {
        String qn = command.qn();
        if (faults.active(SimulatedFault.DEAF, now)) return;
        if (!command.pw().equals(password)) {
            say(9011, qn, "QnRtn=3");
            return;
        }
        Kind kind = Kind.of(command.cn());
        if (kind != null && kind != Kind.REALTIME) {
            askedFor(kind, command, now);
            return;
        }
        switch (command.cn()) {
            case 1011 -> {
                say(9011, qn, "QnRtn=1");
                tell(qn, 1011, "SystemTime=" + moment(now));
                say(9012, qn, "ExeRtn=1");
            }
            case 1012 -> setClock(command, now, wall);
            case 1061 -> {
                say(9011, qn, "QnRtn=1");
                tell(qn, 1061, "RtdInterval=" + seconds);
                say(9012, qn, "ExeRtn=1");
            }
            case 1062 -> {
                int wanted = whole(command, "RtdInterval", 1, 3600);
                say(9011, qn, "QnRtn=1");
                say(9012, qn, wanted > 0 ? "ExeRtn=1" : "ExeRtn=3");
                if (wanted > 0) {
                    seconds = wanted;
                    nextRealtime = up(now, Duration.ofSeconds(seconds));
                }
            }
            case 1063 -> {
                say(9011, qn, "QnRtn=1");
                tell(qn, 1063, "MinInterval=" + minutes);
                say(9012, qn, "ExeRtn=1");
            }
            case 1064 -> {
                int wanted = whole(command, "MinInterval", 1, 30);
                boolean good = wanted > 0 && 60 % wanted == 0;
                say(9011, qn, "QnRtn=1");
                say(9012, qn, good ? "ExeRtn=1" : "ExeRtn=3");
                if (good) {
                    minutes = wanted;
                    nextMinute = up(now, Duration.ofMinutes(minutes));
                }
            }
            case 1072 -> {
                String wanted = command.value("NewPW");
                say(9011, qn, "QnRtn=1");
                say(9012, qn, wanted == null || wanted.isEmpty() ? "ExeRtn=3" : "ExeRtn=1");
                // the end of this exchange still carries the old one
                if (wanted != null && !wanted.isEmpty()) password = wanted;
            }
            case 2011, 2012 -> {
                say(9011, qn, "QnRtn=1");
                realtime = command.cn() == 2011;
            }
            case 3012, 3014, 3015 -> {
                say(9011, qn, "QnRtn=1");
                if (command.cn() == 3015) tell(qn, 3015, "DataTime=" + moment(now) + ";VaseNo=1");
                say(9012, qn, "ExeRtn=1");
            }
            default -> say(9011, qn, "QnRtn=8");
        }
    }

    private void setClock(Frame command, Instant now, Instant wall) {
        Instant told = command.moment("SystemTime");
        say(9011, command.qn(), "QnRtn=1");
        say(9012, command.qn(), told == null ? "ExeRtn=3" : "ExeRtn=1");
        if (told == null) return;
        faults.end(SimulatedFault.CLOCK, now);
        // where the past is played its clock goes by what is played
        Duration off = Duration.between(wall, told);
        // a command says whole seconds and travels a while
        clockWrong = off.abs().compareTo(Duration.ofSeconds(2)) <= 0 ? Duration.ZERO : off;
    }

    /** 补传: all periods from the first to the last DataTime that have ended. */
    private void askedFor(Kind kind, Frame command, Instant now) {
        Instant begin = command.moment("BeginTime");
        Instant end = command.moment("EndTime");
        if (begin == null || end == null || end.isBefore(begin)) {
            say(9011, command.qn(), "QnRtn=100");
            return;
        }
        say(9011, command.qn(), "QnRtn=1");
        Set<Instant> periods = new TreeSet<>();
        for (Instant at = up(begin, length(kind));
                !at.isAfter(end) && periods.size() < ASKED_AT_MOST;
                at = at.plus(length(kind))) {
            if (!at.plus(length(kind)).isAfter(now)) periods.add(at);
        }
        if (periods.isEmpty()) {
            say(9012, command.qn(), "ExeRtn=100");
            return;
        }
        Asked asked = new Asked(command.qn());
        for (Instant at : periods) put(kind, at, now, asked);
    }

    private static int whole(Frame command, String name, int least, int most) {
        int index = command.find(name);
        double number = index >= 0 && command.isNumber(index) ? command.number(index) : 0;
        return number >= least && number <= most ? (int) number : 0;
    }

    /** What was asked for, under the QN of the question. */
    private void tell(String qn, int cn, String content) {
        words.add(Packet.of(qn, system(), cn, password, mn(), content).encode(dialect));
    }

    private void say(int cn, String qn, String content) {
        boolean old = dialect.standard() == Standard.HJ_T_212_2005;
        words.add(Packet.of(old ? null : qn, 91, cn, password, mn(), old ? "QN=" + qn + ";" + content : content)
                .encode(dialect));
    }

    /** In China's days and hours. */
    private static Instant down(Instant at, Duration step) {
        long offset = ChineseTime.ZONE.getRules().getOffset(at).getTotalSeconds();
        long local = at.getEpochSecond() + offset;
        return Instant.ofEpochSecond(local - Math.floorMod(local, step.toSeconds()) - offset);
    }

    private static Instant up(Instant at, Duration step) {
        Instant below = down(at, step);
        return below.equals(at) ? at : below.plus(step);
    }
}
