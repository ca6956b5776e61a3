package org.banhao.monitoring.gateway;

import java.util.ArrayList;
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

    private record Entry(Owner owner, ReceivedFrame frame) {}

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

    /** @return whether the line may go on reading; else {@link Owner#roomAgain} tells when */
    boolean add(Owner owner, ReceivedFrame frame) {
        queue.add(new Entry(owner, frame));
        if (waiting.incrementAndGet() < most) return true;
        stopped.add(owner);
        // it may have become empty in between, and then nobody would wake this line
        if (waiting.get() <= most / 2 && stopped.remove(owner)) return true;
        return false;
    }

    int waiting() {
        return waiting.get();
    }

    private void run() {
        List<Entry> entries = new ArrayList<>(lot);
        while (true) {
            try {
                Entry first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    if (ending) return;
                    continue;
                }
                entries.add(first);
                queue.drainTo(entries, lot - 1);
                store(entries);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("Storing goes on after a mistake of ours", e);
            }
            int left = waiting.addAndGet(-entries.size());
            entries.clear();
            if (left <= most / 2) {
                for (Owner owner : stopped) if (stopped.remove(owner)) owner.roomAgain();
            }
        }
    }

    private void store(List<Entry> entries) {
        boolean[] stored = new boolean[entries.size()];
        store(entries, 0, entries.size(), stored, new int[] {TRIES});
        for (boolean outcome : new boolean[] {true, false}) {
            Map<Owner, List<ReceivedFrame>> byOwner = new LinkedHashMap<>();
            for (int i = 0; i < stored.length; i++) {
                if (stored[i] != outcome) continue;
                byOwner.computeIfAbsent(entries.get(i).owner(), o -> new ArrayList<>())
                        .add(entries.get(i).frame());
            }
            byOwner.forEach((owner, frames) -> owner.done(frames, outcome));
        }
    }

    /** One packet that cannot be stored must not hold up the others for ever. */
    private void store(List<Entry> entries, int from, int to, boolean[] stored, int[] tries) {
        if (tries[0]-- <= 0) return;
        List<ReceivedFrame> frames =
                entries.subList(from, to).stream().map(Entry::frame).toList();
        try {
            sink.store(frames);
            java.util.Arrays.fill(stored, from, to, true);
        } catch (RuntimeException | Error e) {
            // an error too must not end the thread that all lines depend on
            if (to - from == 1) {
                LOG.warn("Not stored, not answered: {}", frames.get(0).frame(), e);
                return;
            }
            LOG.warn("{} packets were not stored together: {}", to - from, e.toString());
            int middle = (from + to) >>> 1;
            store(entries, from, middle, stored, tries);
            store(entries, middle, to, stored, tries);
        }
    }
}
