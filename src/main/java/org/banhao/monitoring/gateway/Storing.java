package org.banhao.monitoring.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings packets of all lines to the sink in lots: while one is stored, the next gathers. One thread, so each line keeps its
 * order. Bounded because lines stop reading when too much is waiting; nothing is thrown away.
 */
final class Storing {

    /** A line, as far as storing goes. Called on the storing thread. */
    interface Owner {

        /** @param stored false: they are not, and must not be answered */
        void done(List<ReceivedFrame> frames, boolean stored);

        /** There is room again. */
        void roomAgain();
    }

    /** What one read of a line brought. */
    private record Entry(Owner owner, List<ReceivedFrame> frames) {}

    private static final Logger LOG = LoggerFactory.getLogger(Storing.class);
    /** A packet that cannot be stored is found in a lot of 1,000 within some 20 tries; more is a database that is down. */
    private static final int TRIES = 32;

    private final FrameSink sink;
    private final int lot;
    private final int most;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<Owner> stopped = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::run, "hj212-store");
    private volatile boolean ending;

    Storing(FrameSink sink, int lot, int most) {
        this.sink = sink;
        this.lot = lot;
        this.most = most;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Stores what is waiting, and ends; waits for that, but not for ever. */
    void stop() throws InterruptedException {
        ending = true;
        thread.join(20_000);
        if (thread.isAlive())
            LOG.warn("{} packets were not stored in time; devices will send them again", waiting.get());
    }

    /**
     * @param frames of one line, in their order
     * @return whether the line may go on reading; else {@link Owner#roomAgain} tells when
     */
    boolean add(Owner owner, List<ReceivedFrame> frames) {
        for (int from = 0; from < frames.size(); from += lot)
            queue.add(new Entry(owner, List.copyOf(frames.subList(from, Math.min(from + lot, frames.size())))));
        if (waiting.addAndGet(frames.size()) < most) return true;
        stopped.add(owner);
        // it may have become empty in between, and then nobody would wake this line
        if (waiting.get() <= most / 2 && stopped.remove(owner)) return true;
        return false;
    }

    int waiting() {
        return waiting.get();
    }

    private void run() {
        List<Entry> entries = new ArrayList<>();
        // what did not fit into the lot before
        Entry over = null;
        while (true) {
            int size = 0;
            try {
                Entry next = over == null ? queue.poll(100, TimeUnit.MILLISECONDS) : over;
                over = null;
                if (next == null) {
                    if (ending) return;
                    continue;
                }
                for (; next != null; next = queue.poll()) {
                    if (size + next.frames().size() > lot) {
                        over = next;
                        break;
                    }
                    entries.add(next);
                    size += next.frames().size();
                }
                store(entries, size);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("Storing goes on after a mistake of ours", e);
            }
            int left = waiting.addAndGet(-size);
            entries.clear();
            if (left <= most / 2) {
                for (Owner owner : stopped) if (stopped.remove(owner)) owner.roomAgain();
            }
        }
    }

    private void store(List<Entry> entries, int size) {
        List<ReceivedFrame> all = new ArrayList<>(size);
        for (Entry entry : entries) all.addAll(entry.frames());
        boolean[] stored = new boolean[size];
        store(all, 0, size, stored, new int[] {TRIES});
        for (boolean outcome : new boolean[] {true, false}) {
            Map<Owner, List<ReceivedFrame>> byOwner = new LinkedHashMap<>();
            int at = 0;
            for (Entry entry : entries) {
                for (ReceivedFrame frame : entry.frames())
                    if (stored[at++] == outcome)
                        byOwner.computeIfAbsent(entry.owner(), o -> new ArrayList<>())
                                .add(frame);
            }
            byOwner.forEach((owner, frames) -> owner.done(frames, outcome));
        }
    }

    /** One packet that cannot be stored must not hold up the others for ever. */
    private void store(List<ReceivedFrame> all, int from, int to, boolean[] stored, int[] tries) {
        if (tries[0]-- <= 0) return;
        List<ReceivedFrame> frames = Collections.unmodifiableList(all.subList(from, to));
        try {
            sink.store(frames);
            Arrays.fill(stored, from, to, true);
        } catch (RuntimeException | Error e) {
            // an error too must not end the thread that all lines depend on
            if (to - from == 1) {
                LOG.warn("Not stored, not answered: {}", frames.get(0).frame(), e);
                return;
            }
            LOG.warn("{} packets were not stored together: {}", to - from, e.toString());
            int middle = (from + to) >>> 1;
            store(all, from, middle, stored, tries);
            store(all, middle, to, stored, tries);
        }
    }
}
