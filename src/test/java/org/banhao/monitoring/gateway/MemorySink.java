package org.banhao.monitoring.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Stores in memory, may be held up, may fail. */
final class MemorySink implements FrameSink {

    final List<ReceivedFrame> stored = new ArrayList<>();
    private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
    private volatile Predicate<ReceivedFrame> poison = frame -> false;

    @Override
    public void store(List<ReceivedFrame> frames) {
        try {
            gate.acquire();
            gate.release();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (frames.stream().anyMatch(poison)) throw new IllegalStateException("cannot be stored");
        synchronized (stored) {
            stored.addAll(frames);
            stored.notifyAll();
        }
    }

    void close() {
        gate.drainPermits();
    }

    void open() {
        gate.release(Integer.MAX_VALUE / 2);
    }

    void refuse(Predicate<ReceivedFrame> which) {
        poison = which;
    }

    List<ReceivedFrame> await(int count) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        synchronized (stored) {
            while (stored.size() < count) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) throw new IllegalStateException(stored.size() + " of " + count + " were stored");
                stored.wait(left);
            }
            return List.copyOf(stored);
        }
    }
}
