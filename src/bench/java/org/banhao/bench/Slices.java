package org.banhao.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs two contestants in alternating slices, because the machine's speed varies by the hour, and prints medians and
 * the ratio per pair of neighbouring slices.
 */
final class Slices {

    /** One operation by one client; it measures itself what belongs to it by returning. */
    interface Operation {
        /** @return false when there is nothing left to do */
        boolean run(int client) throws Exception;
    }

    record Slice(double perSecond, long[] nanos, Processor processor) {
        double percentile(double p) {
            return nanos.length == 0
                    ? Double.NaN
                    : nanos[(int) Math.min(nanos.length - 1L, Math.round(p * (nanos.length - 1)))] / 1e6;
        }
    }

    private static final class WorkRanOut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WorkRanOut() {
            super("The work ran out; seed more");
        }
    }

    private final int clients;
    private final long sliceNanos;

    Slices(int clients, double sliceSeconds) {
        this.clients = clients;
        this.sliceNanos = (long) (sliceSeconds * 1e9);
    }

    /**
     * Whose processor time is counted beside the clock: it hardly depends on what else the machine does.
     *
     * @param units what one operation counts for in the throughput
     * @param clients 0: as many as of the other
     */
    record Contestant(String name, long pid, Operation operation, int units, int clients) {

        Contestant(String name, long pid, Operation operation) {
            this(name, pid, operation, 1, 0);
        }

        Contestant(String name, long pid, Operation operation, int units) {
            this(name, pid, operation, units, 0);
        }

        private Processor processor() {
            double whole = ProcessHandle.of(pid)
                    .flatMap(process -> process.info().totalCpuDuration())
                    .map(Duration::toNanos)
                    .orElse(0L);
            return new Processor(whole / 1e6, requestThreads());
        }

        private double requestThreads() {
            return threads().entrySet().stream()
                    .filter(thread -> thread.getKey().equals("http-nio-exec"))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
        }

        /** Milliseconds by kind of thread, as Linux counts them, in hundredths of a second; it cuts names after 15 characters. */
        private Map<String, Double> threads() {
            Map<String, Double> times = new TreeMap<>();
            try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
                for (Path thread : threads.toList()) {
                    String stat = Files.readString(thread.resolve("stat"));
                    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                    times.merge(kind(name), 10d * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])), Double::sum);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return times;
        }

        private static String kind(String name) {
            if (!name.startsWith("http-nio-")) return name.replaceAll("[-#]?\\d+$", "");
            return name.contains("-Poller") || name.contains("-Acceptor") ? "http-nio-other" : "http-nio-exec";
        }

        private void printThreads(Map<String, Double> before, int operations) {
            System.out.println(name + ", milliseconds an operation by kind of thread: "
                    + threads().entrySet().stream()
                            .map(e -> Map.entry(e.getKey(), (e.getValue() - before.getOrDefault(e.getKey(), 0d)) / operations))
                            .filter(e -> e.getValue() >= 0.01)
                            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                            .map(e -> String.format(Locale.ROOT, "%s %.2f", e.getKey(), e.getValue()))
                            .collect(Collectors.joining(" · ")));
        }
    }

    /**
     * Milliseconds.
     *
     * @param requests of the threads that answer requests: without compiler and garbage collector, which in a short run
     *     are most of the whole
     */
    record Processor(double whole, double requests) {
        Processor plus(Processor other) {
            return new Processor(whole + other.whole, requests + other.requests);
        }

        Processor minus(Processor other) {
            return new Processor(whole - other.whole, requests - other.requests);
        }
    }

    /**
     * Warm-up slices are run and thrown away: so many, and on a machine that is busy with other things as many more as
     * the compiler needs to see {@code warmUpOperations} of each.
     */
    void compare(Contestant bareOne, Contestant ourOne, int warmUp, int warmUpOperations, int rounds)
            throws InterruptedException, ExecutionException {
        int bareDone = 0;
        int ourDone = 0;
        for (int i = 0; i < warmUp || i < 3 * warmUp && Math.min(bareDone, ourDone) < warmUpOperations; i++) {
            bareDone += slice(bareOne).nanos().length;
            ourDone += slice(ourOne).nanos().length;
        }
        Map<String, Double> bareThreads = bareOne.threads();
        Map<String, Double> ourThreads = ourOne.threads();
        List<Slice> bareSlices = new ArrayList<>();
        List<Slice> ourSlices = new ArrayList<>();
        try {
            for (int i = 0; i < rounds; i++) {
                Slice first = slice(bareOne);
                Slice second = slice(ourOne);
                bareSlices.add(first);
                ourSlices.add(second);
            }
        } catch (WorkRanOut end) {
            System.out.printf(Locale.ROOT, "the work ran out after %d of %d rounds%n", ourSlices.size(), rounds);
            rounds = ourSlices.size();
            if (rounds == 0) throw end;
        }
        print(bareOne.name(), bareSlices);
        print(ourOne.name(), ourSlices);
        if (Boolean.getBoolean("bench.threads")) {
            bareOne.printThreads(bareThreads, all(bareSlices).nanos().length);
            ourOne.printThreads(ourThreads, all(ourSlices).nanos().length);
        }
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++)
            ratios[i] = ourSlices.get(i).perSecond() / bareSlices.get(i).perSecond();
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "ratio of throughput (ours / bare): median %.2f [%.2f..%.2f] over %d rounds%n",
                ratios[rounds / 2],
                ratios[0],
                ratios[rounds - 1],
                rounds);
        System.out.printf(
                Locale.ROOT,
                "ratio of latency (ours / bare): p50 %.2f, p99 %.2f%n",
                all(ourSlices).percentile(.5) / all(bareSlices).percentile(.5),
                all(ourSlices).percentile(.99) / all(bareSlices).percentile(.99));
    }

    private Slice slice(Contestant contestant) throws InterruptedException, ExecutionException {
        ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        int clients = contestant.clients() == 0 ? this.clients : contestant.clients();
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        Processor before = contestant.processor();
        long begun = System.nanoTime();
        List<Future<Boolean>> running = new ArrayList<>();
        for (int c = 0; c < clients; c++) {
            int client = c;
            running.add(pool.submit(() -> {
                while (System.nanoTime() - begun < sliceNanos) {
                    long from = System.nanoTime();
                    if (!contestant.operation().run(client)) return false;
                    times.add(System.nanoTime() - from);
                }
                return true;
            }));
        }
        boolean enough = true;
        try {
            for (Future<Boolean> f : running) enough &= f.get();
        } finally {
            pool.shutdown();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (!enough) throw new WorkRanOut();
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Slice(sorted.length * (double) contestant.units() / seconds, sorted, contestant.processor().minus(before));
    }

    private static Slice all(List<Slice> slices) {
        return new Slice(
                0,
                slices.stream()
                        .flatMapToLong(s -> Arrays.stream(s.nanos()))
                        .sorted()
                        .toArray(),
                slices.stream().map(Slice::processor).reduce(new Processor(0, 0), Processor::plus));
    }

    private static void print(String name, List<Slice> slices) {
        double[] speeds =
                slices.stream().mapToDouble(Slice::perSecond).sorted().toArray();
        Slice all = all(slices);
        System.out.printf(
                Locale.ROOT,
                "%-30s %,9.1f/s median (best %.1f) · p50 %.2f ms · p99 %.2f ms · processor of its JVM %.2f ms, of its request threads %.2f ms · n %d%n",
                name,
                speeds[speeds.length / 2],
                speeds[speeds.length - 1],
                all.percentile(.5),
                all.percentile(.99),
                all.processor().whole() / all.nanos().length,
                all.processor().requests() / all.nanos().length,
                all.nanos().length);
    }
}
