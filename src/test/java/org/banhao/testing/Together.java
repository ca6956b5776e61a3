package org.banhao.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does several things at the same moment. */
public final class Together {

    private Together() {}

    /** Each on a thread of its own, all let go at once. @return in the order given */
    public static <T> List<T> all(List<? extends Callable<T>> acts) {
        ExecutorService threads = Executors.newFixedThreadPool(acts.size());
        try {
            CyclicBarrier start = new CyclicBarrier(acts.size());
            List<Future<T>> begun = new ArrayList<>();
            for (Callable<T> act : acts) {
                begun.add(threads.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    return act.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : begun) results.add(one.get(3, TimeUnit.MINUTES));
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("Not done after three minutes", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
