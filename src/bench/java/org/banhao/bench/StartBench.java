package org.banhao.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.banhao.BanhaoApplication;
import org.banhao.testing.RunningApp;

/**
 * From the start of the process to the first page (our sign-in page, the bare application's welcome page), by the clock and
 * in processor time, and the resident memory after that page and a full collection; alternating, on databases that both have filled before.
 * System property {@code bench.rounds}.
 */
final class StartBench {

    /** @param processor seconds that the process computed until then: they hardly depend on what else the machine does */
    private record Start(double seconds, double processor, double megabytes) {}

    private interface Starter {
        RunningApp start();
    }

    private StartBench() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.getInteger("bench.rounds", 5);
        Path data = Contestants.temporary();
        try (Postgres postgres = new Postgres()) {
            String[] ourSettings = Contestants.with(postgres.settings("ours"), "--banhao.demonstration=false");
            String[] bareSettings = Contestants.with(
                    postgres.settings("bare"), "--camunda.bpm.admin-user.id=admin", "--camunda.bpm.admin-user.password=admin");
            Starter ours = () -> Contestants.ours(BanhaoApplication.class.getName(), data.resolve("ours"), ourSettings);
            Starter bare = () -> Contestants.bare(Contestants.WELCOME, data.resolve("bare"), bareSettings);
            System.out.println("first starts, which make the tables: bare " + once(bare) + ", ours " + once(ours));
            List<Start> ourStarts = new ArrayList<>();
            List<Start> bareStarts = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                bareStarts.add(once(bare));
                ourStarts.add(once(ours));
                System.out.println("bare " + bareStarts.get(i) + ", ours " + ourStarts.get(i));
            }
            report("start to first page, s", bareStarts.stream().map(Start::seconds), ourStarts.stream()
                    .map(Start::seconds));
            report("processor until then, s", bareStarts.stream().map(Start::processor), ourStarts.stream()
                    .map(Start::processor));
            report("resident after it, MB", bareStarts.stream().map(Start::megabytes), ourStarts.stream()
                    .map(Start::megabytes));
        } finally {
            Contestants.delete(data);
        }
    }

    private static Start once(Starter starter) throws IOException, InterruptedException {
        try (RunningApp app = starter.start()) {
            double processor = ProcessHandle.of(app.pid())
                    .flatMap(process -> process.info().totalCpuDuration())
                    .map(Duration::toMillis)
                    .orElseThrow()
                    / 1000.0;
            collect(app.pid());
            return new Start(app.startTime().toMillis() / 1000.0, processor, resident(app.pid()));
        }
    }

    private static void collect(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0)
            throw new IllegalStateException("jcmd GC.run failed");
    }

    /** As Linux counts it. */
    private static double resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static void report(String what, java.util.stream.Stream<Double> bare, java.util.stream.Stream<Double> ours) {
        double[] b = bare.mapToDouble(Double::doubleValue).sorted().toArray();
        double[] o = ours.mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-24s bare median %.2f [%.2f..%.2f], ours median %.2f [%.2f..%.2f], ratio of medians %.2f%n",
                what,
                b[b.length / 2],
                b[0],
                b[b.length - 1],
                o[o.length / 2],
                o[0],
                o[o.length - 1],
                o[o.length / 2] / b[b.length / 2]);
    }
}
