package org.banhao.monitoring.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.banhao.base.Audit;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Equipment;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.rules.Threshold;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How well each device reported on a day, from packets and readings as they are stored and from what the line counted beside them. */
@Service
@Transactional(readOnly = true)
public class DataQuality {

    /** Of one device that many days are shown. */
    public static final int DAYS = 31;

    /** Codes of HJ 212-2025 for production and treatment: quantity and number of the equipment, two digits each. */
    private static final String ELECTRICITY = "d[23]\\d{4}";

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
    /** A meter's readings hold so long, as in the rules where nobody set another. */
    private static final Duration METER_GAP = Duration.ofMinutes((long) Threshold.POWER_FRESH_MINUTES.usual());

    private final JdbcClient db;
    private final Access access;
    private final Outlets outlets;
    private final StoredRegistry registry;
    private final Audit audit;
    private final Clock clock;

    DataQuality(JdbcClient db, Access access, Outlets outlets, StoredRegistry registry, Audit audit, Clock clock) {
        this.db = db;
        this.access = access;
        this.outlets = outlets;
        this.registry = registry;
        this.audit = audit;
        this.clock = clock;
    }

    /** What the line counted. */
    private record Counted(
            long again,
            long checksum,
            long refused,
            @Nullable Long clockLeast,
            @Nullable Long clockMost) {
        static final Counted NONE = new Counted(0, 0, 0, null, null);
    }

    /** Of packets that arrived on the day. */
    private record Packets(long all, long late, long clock, long unread) {
        static final Packets NONE = new Packets(0, 0, 0, 0);
    }

    /** Of readings whose period lies in the day. */
    private record Stored(long all, long late, long changed) {
        static final Stored NONE = new Stored(0, 0, 0);
    }

    /**
     * One device on one day of China.
     *
     * @param packets good ones that came on the day, each once
     * @param again the same packet came once more; it changes nothing
     * @param latePackets of the packets: asked for or sent again
     * @param clockRefused of the packets: their time cannot be, so nothing was read
     * @param unread of the packets: nothing else could be read
     * @param refused were not taken and not answered
     * @param checksum of these: the check did not fit
     * @param readings values of the day
     * @param late of these: came later than they should
     * @param corrected of these: another value took the place of an earlier one
     * @param clockWords how its clock stood against ours; empty: it told no time
     * @param clockWrong more than two minutes off
     * @param unknown codes that are not in the registry
     * @param gaps of time without data, in words; of a logger by hours that did not come
     * @param gapHours hours that are missing, or minutes ÷ 60
     */
    public record Row(
            MonitoringDevice device,
            String outlet,
            LocalDate day,
            long packets,
            long again,
            long latePackets,
            long clockRefused,
            long unread,
            long refused,
            long checksum,
            long readings,
            long late,
            long corrected,
            String clockWords,
            boolean clockWrong,
            List<String> unknown,
            List<String> gaps,
            double gapHours) {

        /** Something is to be looked at. */
        public boolean bad() {
            return refused > 0 || clockRefused > 0 || unread > 0 || clockWrong || !unknown.isEmpty() || !gaps.isEmpty();
        }
    }

    /** @param typed empty: today */
    public LocalDate day(@Nullable String typed) {
        LocalDate today = ChineseTime.day(clock.instant());
        LocalDate day = Typed.dayOrNull("date", "日期", typed);
        if (day == null) return today;
        if (day.isAfter(today)) throw new Refusal("date", "「日期」在今后，请选择今天或者以前的一天。");
        return day;
    }

    /** All devices the person may see that were in use on the day, by outlet. */
    public List<Row> onDay(LocalDate day) {
        Map<MonitoringDevice, Outlet> devices = new LinkedHashMap<>();
        for (Outlet outlet : outlets.visible())
            for (MonitoringDevice device : registry.devices(outlet.id())) devices.put(device, outlet);
        return rows(devices, day);
    }

    /** As {@link #onDay}, to be taken away: that is recorded. */
    @Transactional
    public List<Row> onDayToKeep(LocalDate day) {
        List<Row> rows = onDay(day);
        audit.record("monitoring.exportQuality", null, ChineseTime.text(day));
        return rows;
    }

    /** One device, up to the day, latest first. */
    public List<Row> ofDevice(long deviceId, LocalDate last) {
        MonitoringDevice device =
                registry.device(deviceId).orElseThrow(() -> new AccessDeniedException("No such device"));
        Outlet outlet = access.outlet(device.outletId());
        List<Row> rows = new ArrayList<>();
        for (int back = 0; back < DAYS; back++) rows.addAll(rows(Map.of(device, outlet), last.minusDays(back)));
        return rows;
    }

    private List<Row> rows(Map<MonitoringDevice, Outlet> all, LocalDate day) {
        Map<MonitoringDevice, Outlet> devices = new LinkedHashMap<>(all);
        devices.keySet()
                .removeIf(one -> one.installedOn().isAfter(day)
                        || one.removedOn() != null && one.removedOn().isBefore(day));
        if (devices.isEmpty()) return List.of();
        Set<Long> ids = new HashSet<>();
        devices.keySet().forEach(one -> ids.add(one.id()));
        Instant from = day.atStartOfDay(ChineseTime.ZONE).toInstant();
        Instant until = day.plusDays(1).atStartOfDay(ChineseTime.ZONE).toInstant();
        Map<Long, Counted> counted = counted(ids, day);
        Map<Long, Packets> packets = packets(ids, from, until);
        Map<Long, Stored> stored = stored(ids, from, until);
        Map<Long, Set<String>> unknown = unknown(ids, from, until);
        List<Row> rows = new ArrayList<>();
        devices.forEach((device, outlet) -> {
            Counted c = counted.getOrDefault(device.id(), Counted.NONE);
            Packets p = packets.getOrDefault(device.id(), Packets.NONE);
            Stored s = stored.getOrDefault(device.id(), Stored.NONE);
            List<Gap> gaps = gaps(device, outlet, from, until);
            long seconds = gaps.stream()
                    .mapToLong(gap -> Duration.between(gap.from(), gap.until()).toSeconds())
                    .sum();
            rows.add(new Row(
                    device,
                    outlet.title(),
                    day,
                    p.all(),
                    c.again(),
                    p.late(),
                    p.clock(),
                    p.unread(),
                    c.refused(),
                    c.checksum(),
                    s.all(),
                    s.late(),
                    s.changed(),
                    clockWords(c),
                    DeviceDesk.clockWrong(c.clockLeast()) || DeviceDesk.clockWrong(c.clockMost()),
                    List.copyOf(known(device, outlet, unknown.getOrDefault(device.id(), Set.of()))),
                    gaps.stream().map(DataQuality::words).toList(),
                    seconds / 3600.0));
        });
        return rows;
    }

    private Map<Long, Counted> counted(Collection<Long> ids, LocalDate day) {
        Map<Long, Counted> found = new HashMap<>();
        db.sql("""
                        select device_id, again, checksum, refused, clock_least, clock_most from monitoring_device_day
                        where device_id in (:ids) and on_day = :day""").param("ids", ids).param("day", day).query((RowCallbackHandler) row -> found.put(
                row.getLong("device_id"),
                new Counted(
                        row.getLong("again"),
                        row.getLong("checksum"),
                        row.getLong("refused"),
                        Moments.id(row, "clock_least"),
                        Moments.id(row, "clock_most"))));
        return found;
    }

    private Map<Long, Packets> packets(Collection<Long> ids, Instant from, Instant until) {
        Map<Long, Packets> found = new HashMap<>();
        db.sql("""
                        select device_id, count(*) as packets, count(case when late then 1 end) as late,
                          count(case when note = 'clock' then 1 end) as wrong_clock,
                          count(case when note is not null and note <> 'clock' then 1 end) as unread
                        from monitoring_frame
                        where device_id in (:ids) and arrived_month = :month and arrived_at >= :begins and arrived_at < :ends
                        group by device_id""")
                .param("ids", ids)
                .param("month", FrameRows.month(from))
                .param("begins", Moments.sql(from))
                .param("ends", Moments.sql(until))
                .query((RowCallbackHandler) row -> found.put(
                        row.getLong("device_id"),
                        new Packets(
                                row.getLong("packets"),
                                row.getLong("late"),
                                row.getLong("wrong_clock"),
                                row.getLong("unread"))));
        return found;
    }

    /** Computed ones were reported by nobody. */
    private Map<Long, Stored> stored(Collection<Long> ids, Instant from, Instant until) {
        Map<Long, Stored> found = new HashMap<>();
        db.sql("""
                        select device_id, count(*) as readings, count(case when late then 1 end) as late,
                          count(case when changes > 0 then 1 end) as corrected
                        from monitoring_reading
                        where device_id in (:ids) and kind in (0, 1, 2, 3) and measured_at >= :begins and measured_at < :ends
                          and source <> :computed
                        group by device_id""")
                .param("ids", ids)
                .param("begins", Moments.sql(from))
                .param("ends", Moments.sql(until))
                .param("computed", Reading.Source.COMPUTED.ordinal())
                .query((RowCallbackHandler) row -> found.put(
                        row.getLong("device_id"),
                        new Stored(row.getLong("readings"), row.getLong("late"), row.getLong("corrected"))));
        return found;
    }

    private Map<Long, Set<String>> unknown(Collection<Long> ids, Instant from, Instant until) {
        Map<Long, Set<String>> found = new HashMap<>();
        db.sql("""
                        select distinct r.device_id, r.factor from monitoring_reading r
                        where r.device_id in (:ids) and r.kind in (0, 1, 2, 3) and r.measured_at >= :begins and r.measured_at < :ends
                          and not exists (select 1 from monitoring_factor f where f.code = r.factor)""")
                .param("ids", ids)
                .param("begins", Moments.sql(from))
                .param("ends", Moments.sql(until))
                .query((RowCallbackHandler) row -> found.computeIfAbsent(row.getLong(1), id -> new TreeSet<>())
                        .add(row.getString(2)));
        return found;
    }

    /** Without those under which a meter tells the power of equipment, and what HJ 212-2025 says of electricity beside it. */
    private Set<String> known(MonitoringDevice device, Outlet outlet, Set<String> codes) {
        if (codes.isEmpty()) return codes;
        Set<String> left = new TreeSet<>(codes);
        for (Equipment one : registry.equipment(outlet.id()))
            if (one.meterId() != null && one.meterId() == device.id())
                left.removeAll(one.formula().codes());
        left.removeIf(code -> code.matches(ELECTRICITY));
        return left;
    }

    private record Gap(Instant from, Instant until) {}

    private List<Gap> gaps(MonitoringDevice device, Outlet outlet, Instant from, Instant until) {
        List<PlannedStop> stops = registry.stops(outlet.id(), from, until);
        return device.meter() ? silences(device, from, until, stops) : hours(device, from, until, stops);
    }

    /** Hours that were due and did not come from the device or an upper platform; neighbours together. */
    private List<Gap> hours(MonitoringDevice device, Instant from, Instant until, List<PlannedStop> stops) {
        // an hour is due twenty minutes after its end
        Instant due = ReadingKind.HOUR.begin(clock.instant().minus(Duration.ofMinutes(20)));
        Instant end = due.isBefore(until) ? due : until;
        Set<Instant> come = times(device, List.of(ReadingKind.HOUR), from, until);
        List<Gap> gaps = new ArrayList<>();
        for (Instant hour = from; hour.isBefore(end); hour = hour.plus(ReadingKind.HOUR.length())) {
            Instant at = hour;
            if (come.contains(hour) || stops.stream().anyMatch(stop -> stop.covers(at))) continue;
            Gap last = gaps.isEmpty() ? null : gaps.get(gaps.size() - 1);
            Instant next = hour.plus(ReadingKind.HOUR.length());
            if (last != null && last.until().equals(hour)) gaps.set(gaps.size() - 1, new Gap(last.from(), next));
            else gaps.add(new Gap(hour, next));
        }
        return gaps;
    }

    /** Longer without a reading than readings hold. */
    private List<Gap> silences(MonitoringDevice device, Instant from, Instant until, List<PlannedStop> stops) {
        Instant now = clock.instant();
        Instant end = now.isBefore(until) ? now : until;
        Duration allowed = Duration.ofSeconds(Math.max(METER_GAP.toSeconds(), 3L * device.realtimeSeconds()));
        TreeSet<Instant> cuts =
                new TreeSet<>(times(device, List.of(ReadingKind.REALTIME, ReadingKind.MINUTE), from, end));
        List<Gap> gaps = new ArrayList<>();
        Instant before = from;
        // a stop excuses its own time, not all of a silence in which it lies
        for (PlannedStop stop : stops)
            for (Instant edge : List.of(stop.beginsAt(), stop.endsAt()))
                if (edge.isAfter(from) && edge.isBefore(end)) cuts.add(edge);
        cuts.add(end);
        for (Instant at : cuts) {
            Instant begin = before;
            boolean stood = stops.stream().anyMatch(stop -> stop.covers(begin));
            if (!stood && Duration.between(before, at).compareTo(allowed) > 0) gaps.add(new Gap(before, at));
            before = at;
        }
        return gaps;
    }

    private Set<Instant> times(MonitoringDevice device, List<ReadingKind> kinds, Instant from, Instant until) {
        return new HashSet<>(db.sql("""
                        select distinct measured_at from monitoring_reading
                        where device_id = :device and kind in (:kinds) and measured_at >= :begins and measured_at < :ends
                          and source <> :computed""")
                .param("device", device.id())
                .param("kinds", kinds.stream().map(ReadingKind::code).toList())
                .param("begins", Moments.sql(from))
                .param("ends", Moments.sql(until))
                .param("computed", Reading.Source.COMPUTED.ordinal())
                .query((row, n) -> Moments.read(row, "measured_at"))
                .list());
    }

    private static String words(Gap gap) {
        String end = HOUR.format(gap.until().atZone(ChineseTime.ZONE));
        return HOUR.format(gap.from().atZone(ChineseTime.ZONE)) + "至" + (end.equals("00:00") ? "24:00" : end);
    }

    private static String clockWords(Counted counted) {
        Long least = counted.clockLeast();
        Long most = counted.clockMost();
        if (least == null || most == null) return "";
        return least.equals(most)
                ? DeviceDesk.clockWords(least)
                : DeviceDesk.clockWords(least) + "至" + DeviceDesk.clockWords(most);
    }
}
