package org.banhao.monitoring.gateway;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which device is heard on which lines, and how many lines there are. */
final class Lines {

    private static final class Heard {
        private final Deque<Line> lines = new ArrayDeque<>();
        private final Bucket bucket;

        Heard(Bucket bucket) {
            this.bucket = bucket;
        }
    }

    private final GatewayProperties.Limits limits;
    private final Map<String, Heard> devices = new HashMap<>();
    private final Map<InetAddress, Integer> callers = new HashMap<>();
    private int open;

    Lines(GatewayProperties.Limits limits) {
        this.limits = limits;
    }

    /** @return whether one more line may be opened; if so, {@link #close} must follow */
    synchronized boolean open(InetAddress from) {
        int own = callers.getOrDefault(from, 0);
        if (open >= limits.connections() || own >= limits.perAddress()) return false;
        open++;
        callers.put(from, own + 1);
        return true;
    }

    synchronized void close(InetAddress from) {
        open--;
        callers.computeIfPresent(from, (address, count) -> count > 1 ? count - 1 : null);
    }

    synchronized int open() {
        return open;
    }

    /**
     * The device is heard on this line.
     *
     * @return a line that is one too many and must be closed, or null
     */
    synchronized @Nullable Line hear(String mn, Line line) {
        Heard heard = devices.computeIfAbsent(
                mn, key -> new Heard(new Bucket(limits.perSecond(), limits.burst(), System.nanoTime())));
        heard.lines.addLast(line);
        return heard.lines.size() > limits.perDevice() ? heard.lines.pollFirst() : null;
    }

    /** @return whether it was the last line of the device */
    synchronized boolean leave(String mn, Line line) {
        Heard heard = devices.get(mn);
        if (heard == null) return false;
        heard.lines.remove(line);
        if (!heard.lines.isEmpty()) return false;
        devices.remove(mn);
        return true;
    }

    synchronized @Nullable Line newest(String mn) {
        Heard heard = devices.get(mn);
        return heard == null ? null : heard.lines.peekLast();
    }

    /** What the device may send on all its lines together; the same one as long as it is heard on one. Not before {@link #hear}. */
    synchronized Bucket bucket(String mn) {
        return Objects.requireNonNull(devices.get(mn)).bucket;
    }
}
