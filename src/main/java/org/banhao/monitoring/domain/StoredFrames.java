package org.banhao.monitoring.domain;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.gateway.FrameSink;
import org.banhao.monitoring.gateway.ReceivedFrame;
import org.banhao.monitoring.hj212.Frame;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores packets and what they say in one transaction; the line answers once it is committed. A packet that came before is answered
 * again and changes nothing.
 */
@Component
class StoredFrames implements FrameSink {

    private static final int LONGEST_QN = 24;

    private final FrameRows frames;
    private final ReadingIntake intake;
    private final Partitions partitions;
    private final Devices devices;
    private final DeviceNotes notes;
    private final MonitoringProperties settings;
    private final TransactionTemplate transaction;

    StoredFrames(
            FrameRows frames,
            ReadingIntake intake,
            Partitions partitions,
            Devices devices,
            DeviceNotes notes,
            MonitoringProperties settings,
            PlatformTransactionManager transactions) {
        this.frames = frames;
        this.intake = intake;
        this.partitions = partitions;
        this.devices = devices;
        this.notes = notes;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Prepared(FrameRows.Row row, PacketReadings content) {}

    private record Split(long deviceId, int cn, int pnum) {}

    @Override
    public void store(List<ReceivedFrame> received) {
        List<FrameRows.Key> keys = new ArrayList<>(received.size());
        Map<FrameRows.Key, Prepared> lot = prepare(received, keys);
        Set<Instant> times = new HashSet<>();
        Set<Instant> arrivals = new HashSet<>();
        for (Prepared one : lot.values()) {
            arrivals.add(one.row().arrivedAt());
            for (Reading reading : one.content().readings()) times.add(reading.time());
        }
        partitions.ensure(times, arrivals);
        Set<FrameRows.Key> present;
        try {
            present = Objects.requireNonNull(transaction.execute(status -> store(lot)));
        } catch (RuntimeException e) {
            partitions.forget();
            throw e;
        }
        for (int i = 0; i < received.size(); i++) {
            ReceivedFrame one = received.get(i);
            KnownDevice device = devices.known(one.device().mn());
            if (device == null) continue;
            notes.heard(device.id(), one.at(), one.from(), clockAhead(one));
            // of equal ones in one lot the first is new, unless it was stored before
            if (!present.add(keys.get(i))) notes.again(device.id(), one.at());
        }
    }

    /** @return those that were there before */
    private Set<FrameRows.Key> store(Map<FrameRows.Key, Prepared> lot) {
        Set<FrameRows.Key> present = frames.present(lot.keySet());
        List<FrameRows.Row> rows = new ArrayList<>(lot.size());
        List<Reading> readings = new ArrayList<>();
        lot.forEach((key, one) -> {
            if (present.contains(key)) return;
            rows.add(one.row());
            readings.addAll(one.content().readings());
        });
        frames.insert(rows);
        intake.take(readings);
        return present;
    }

    /** @param keys takes one for each packet, in their order */
    private Map<FrameRows.Key, Prepared> prepare(List<ReceivedFrame> received, List<FrameRows.Key> keys) {
        Map<FrameRows.Key, Prepared> lot = new LinkedHashMap<>(2 * received.size());
        Map<Split, Instant> timesOfParts = new HashMap<>();
        for (ReceivedFrame one : received) {
            KnownDevice device = devices.known(one.device().mn());
            // it was heard a moment ago; who was deleted since then is not answered, and does not ask again
            if (device == null)
                throw new IllegalStateException(
                        "No such device any more: " + one.device().mn());
            Frame frame = one.frame();
            byte[] wire = frame.wire();
            UUID digest = digest(wire);
            Instant time = time(frame, device, one.at(), timesOfParts);
            PacketReadings content = PacketReadings.of(frame, time, device, digest, one.at(), one.late(), settings);
            String qn = frame.qn().replace("\0", "");
            FrameRows.Row row = new FrameRows.Row(
                    device.id(),
                    digest,
                    one.at(),
                    frame.cn(),
                    qn.substring(0, Math.min(qn.length(), LONGEST_QN)),
                    time,
                    Math.max(0, frame.pnum()),
                    Math.max(0, frame.pno()),
                    one.late(),
                    one.from().getHostAddress(),
                    wire,
                    content.note() == null ? null : content.note().name().toLowerCase(Locale.ROOT));
            FrameRows.Key key = row.key();
            keys.add(key);
            lot.putIfAbsent(key, new Prepared(row, content));
        }
        return lot;
    }

    /** A part of a split packet may leave DataTime to the part before it. */
    private @Nullable Instant time(Frame frame, KnownDevice device, Instant at, Map<Split, Instant> ofParts) {
        Instant own = frame.dataTime();
        if (!frame.split()) return own;
        Split split = new Split(device.id(), frame.cn(), frame.pnum());
        if (own != null) {
            ofParts.put(split, own);
            return own;
        }
        Instant inLot = ofParts.get(split);
        if (inLot != null) return inLot;
        return frames.timeOfParts(device.id(), frame.cn(), frame.pnum(), at).orElse(null);
    }

    /** How far its clock is ahead, by QN; null: it does not say. */
    private static @Nullable Duration clockAhead(ReceivedFrame received) {
        if (received.late()) return null;
        Instant sent = PacketTime.ofNumber(received.frame().qn());
        return sent == null ? null : Duration.between(received.at(), sent);
    }

    static UUID digest(byte[] wire) {
        try {
            ByteBuffer half =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(wire));
            return new UUID(half.getLong(), half.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
