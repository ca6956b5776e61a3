package org.banhao.monitoring.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.banhao.monitoring.hj212.Decoder;
import org.banhao.monitoring.hj212.Frame;
import org.banhao.monitoring.hj212.Framer;
import org.banhao.monitoring.hj212.Verdict;
import org.jspecify.annotations.Nullable;

/** The one TCP connection of a station, over which its logger and its meter speak. Comes again by itself. Used by one thread. */
final class StationLine {

    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Station station;
    private final Faults faults;
    private final List<SimulatedDevice> devices;
    private final String other;
    private final Deque<ByteBuffer> out = new ArrayDeque<>();
    private final ByteBuffer in = ByteBuffer.allocate(8192);
    private final Decoder decoder = new Decoder();
    private Framer framer = new Framer();
    private @Nullable SocketChannel channel;
    private Instant retryAt = Instant.MIN;

    /** @param other MN of another station's logger, for FOREIGN_ID */
    StationLine(Station station, Faults faults, List<SimulatedDevice> devices, String other) {
        this.station = station;
        this.faults = faults;
        this.devices = List.copyOf(devices);
        this.other = other;
    }

    /**
     * @param now of the data
     * @param wall of the line
     */
    void tick(Selector selector, InetSocketAddress host, Instant now, Instant wall) {
        boolean cut = faults.active(SimulatedFault.OFFLINE, now);
        if (cut) close();
        if (channel == null && !cut && !wall.isBefore(retryAt)) connect(selector, host, now, wall);
        boolean online = connected();
        for (SimulatedDevice device : devices) {
            device.measure(now, online, cut);
            if (online) device.toSend(now, wall, other).forEach(line -> out.add(ByteBuffer.wrap(line)));
        }
        if (online) write(wall);
    }

    boolean connected() {
        SocketChannel open = channel;
        return open != null && open.isConnected();
    }

    /** Everything that was due was sent and answered. */
    boolean idle() {
        return out.isEmpty() && devices.stream().allMatch(device -> device.waiting() == 0);
    }

    private void connect(Selector selector, InetSocketAddress host, Instant now, Instant wall) {
        retryAt = wall.plus(AGAIN);
        try {
            SocketChannel fresh = SocketChannel.open();
            channel = fresh;
            fresh.configureBlocking(false);
            boolean already = fresh.connect(host);
            fresh.register(selector, already ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
            if (already) begun(now);
        } catch (IOException e) {
            close();
        }
    }

    private void begun(Instant now) {
        framer = new Framer();
        devices.forEach(device -> device.connected(now));
    }

    /** The selector has something for this line. */
    void ready(SelectionKey key, Instant now, Instant wall) {
        SocketChannel open = channel;
        if (open == null) return;
        try {
            if (key.isConnectable() && open.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                begun(now);
            }
            if (key.isReadable()) read(open, now, wall);
        } catch (IOException e) {
            // refused, or cut: tried again
            close();
        }
    }

    private void read(SocketChannel open, Instant now, Instant wall) throws IOException {
        int count;
        while ((count = open.read(in.clear())) > 0) {
            framer.feed(in.array(), 0, count, (bytes, from, to) -> packet(bytes, from, to, now, wall));
        }
        if (count < 0) {
            retryAt = wall.plus(AGAIN);
            close();
        }
    }

    private void packet(byte[] bytes, int from, int to, Instant now, Instant wall) {
        byte[] own = Arrays.copyOfRange(bytes, from, to);
        if (decoder.read(own, 0, own.length) != Verdict.VALID) return;
        Frame frame = decoder.frame();
        String mn = frame.mn();
        // answers of 2005 do not say whose they are
        Stream<SimulatedDevice> meant =
                devices.stream().filter(one -> mn.isEmpty() || one.mn().equals(mn));
        for (SimulatedDevice device : meant.toList()) {
            if (decoder.verify(device.dialect()) != Verdict.VALID) continue;
            if (frame.cn() == 9013 || frame.cn() == 9014) {
                String inContent = frame.value("QN");
                if (device.answeredBy(inContent == null ? frame.qn() : inContent, now, wall)) return;
            } else if (!mn.isEmpty()) {
                device.commanded(frame, now, wall);
                return;
            }
        }
    }

    private void write(Instant wall) {
        SocketChannel open = channel;
        if (open == null) return;
        try {
            while (!out.isEmpty()) {
                ByteBuffer first = out.getFirst();
                open.write(first);
                if (first.hasRemaining()) return;
                out.removeFirst();
            }
        } catch (IOException e) {
            retryAt = wall.plus(AGAIN);
            close();
        }
    }

    void close() {
        SocketChannel open = channel;
        channel = null;
        out.clear();
        if (open == null) return;
        try {
            open.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    SimulatedStation seen() {
        long sent = devices.stream().mapToLong(SimulatedDevice::sent).sum();
        long answered = devices.stream().mapToLong(SimulatedDevice::answered).sum();
        int waiting = devices.stream().mapToInt(SimulatedDevice::waiting).sum();
        return new SimulatedStation(
                station, connected(), sent, answered, waiting, devices.get(0).answeredAt(), List.of());
    }
}
