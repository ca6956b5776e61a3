package org.banhao.monitoring.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.hj212.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What a packet says, as readings. A part of a split packet is read by itself: items are never cut (HJ 212-2017 C.50).
 *
 * @param note why nothing was read though it carries data; null: it was read, or carries none
 */
record PacketReadings(List<Reading> readings, @Nullable Note note) {

    /** Why a packet of data gives no readings. It is kept and answered all the same: sent again it would say the same. */
    enum Note {
        /** No DataTime, or none that is a moment. */
        TIME,
        /** DataTime is too far from now for data that nobody asked for. */
        CLOCK,
        /** Nothing in it is a number or a flag. */
        NOTHING
    }

    private static final int LONGEST_CODE = 24;
    private static final int LONGEST_FLAG = 4;

    /** What comes later than that after its period ended, was held up on the way. */
    private static final Map<ReadingKind, Duration> PROMPT = Map.of(
            ReadingKind.REALTIME, Duration.ofMinutes(10),
            ReadingKind.MINUTE, Duration.ofMinutes(20),
            ReadingKind.HOUR, Duration.ofMinutes(20),
            ReadingKind.DAY, Duration.ofHours(6));

    private static final PacketReadings NONE = new PacketReadings(List.of(), null);

    /**
     * @param dataTime DataTime of the packet, or of the part before it
     * @param late marked as sent again, or asked for: then its age is no matter
     */
    static PacketReadings of(
            Frame frame,
            @Nullable Instant dataTime,
            KnownDevice device,
            UUID digest,
            Instant arrived,
            boolean late,
            MonitoringProperties settings) {
        ReadingKind kind = ReadingKind.ofCommand(frame.cn());
        if (kind == null) return NONE;
        // a device that repeats the question (BeginTime) sends no data
        if (frame.size() == 0) return NONE;
        if (dataTime == null) return new PacketReadings(List.of(), Note.TIME);
        Instant time = begin(kind, dataTime);
        if (!plausible(kind, time, arrived, late, settings)) return new PacketReadings(List.of(), Note.CLOCK);
        Instant end = time.plus(kind == ReadingKind.MINUTE ? Duration.ofMinutes(device.minutes()) : kind.length());
        boolean held = late || arrived.isAfter(end.plus(PROMPT.getOrDefault(kind, Duration.ZERO)));

        Map<String, Values> values = new LinkedHashMap<>();
        for (int i = 0; i < frame.size(); i++) {
            String code = frame.factor(i);
            if (code.isEmpty() || code.length() > LONGEST_CODE) continue;
            read(frame, i, values.computeIfAbsent(code, c -> new Values()));
        }
        List<Reading> readings = new ArrayList<>(values.size());
        values.forEach((code, v) -> {
            if (v.empty()) return;
            readings.add(new Reading(
                    device.id(),
                    kind,
                    device.oldCodes().getOrDefault(code, code),
                    time,
                    v.average != null ? v.average : v.instant,
                    v.lowest,
                    v.highest,
                    v.total,
                    v.converted != null ? v.converted : v.convertedInstant,
                    v.convertedLowest,
                    v.convertedHighest,
                    v.flag,
                    Reading.Source.DEVICE,
                    digest,
                    arrived,
                    held,
                    0));
        });
        return readings.isEmpty()
                ? new PacketReadings(List.of(), Note.NOTHING)
                : new PacketReadings(List.copyOf(readings), null);
    }

    /** Devices write the last second of a period, or the second of sending, where the begin of the period belongs. */
    private static Instant begin(ReadingKind kind, Instant moment) {
        return switch (kind) {
            case REALTIME -> moment.truncatedTo(ChronoUnit.SECONDS);
            case MINUTE -> moment.truncatedTo(ChronoUnit.MINUTES);
            case HOUR, DAY -> kind.begin(moment);
        };
    }

    private static boolean plausible(
            ReadingKind kind, Instant time, Instant arrived, boolean late, MonitoringProperties settings) {
        if (time.isAfter(arrived.plus(settings.ahead()))) return false;
        Duration oldest = late
                ? Duration.ofDays(30L * settings.keepMonths())
                : kind == ReadingKind.REALTIME ? settings.realtimeOldest() : settings.oldest();
        return !time.isBefore(arrived.minus(oldest));
    }

    /** What comes twice under one name counts once, the first time. */
    private static void read(Frame frame, int index, Values v) {
        String suffix = frame.suffix(index);
        if (suffix.equals("Flag")) {
            String flag = frame.text(index).strip();
            if (v.flag == null && !flag.isEmpty() && flag.length() <= LONGEST_FLAG) v.flag = flag;
            return;
        }
        double number = frame.number(index);
        if (Double.isNaN(number) || Double.isInfinite(number)) return;
        switch (suffix) {
            case "Rtd" -> v.instant = v.instant == null ? number : v.instant;
            case "Avg" -> v.average = v.average == null ? number : v.average;
            case "Min" -> v.lowest = v.lowest == null ? number : v.lowest;
            case "Max" -> v.highest = v.highest == null ? number : v.highest;
            case "Cou" -> v.total = v.total == null ? number : v.total;
            case "ZsRtd" -> v.convertedInstant = v.convertedInstant == null ? number : v.convertedInstant;
            case "ZsAvg" -> v.converted = v.converted == null ? number : v.converted;
            case "ZsMin" -> v.convertedLowest = v.convertedLowest == null ? number : v.convertedLowest;
            case "ZsMax" -> v.convertedHighest = v.convertedHighest == null ? number : v.convertedHighest;
            default -> {
                // what makers add of their own stays in the packet
            }
        }
    }

    private static final class Values {
        private @Nullable Double instant;
        private @Nullable Double average;
        private @Nullable Double lowest;
        private @Nullable Double highest;
        private @Nullable Double total;
        private @Nullable Double converted;
        private @Nullable Double convertedInstant;
        private @Nullable Double convertedLowest;
        private @Nullable Double convertedHighest;
        private @Nullable String flag;

        boolean empty() {
            return instant == null
                    && average == null
                    && lowest == null
                    && highest == null
                    && total == null
                    && converted == null
                    && convertedInstant == null
                    && convertedLowest == null
                    && convertedHighest == null
                    && flag == null;
        }
    }
}
