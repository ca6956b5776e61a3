package org.banhao.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.banhao.monitoring.hj212.Crc;
import org.banhao.monitoring.hj212.Decoder;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Frame;
import org.banhao.monitoring.hj212.Framer;
import org.banhao.monitoring.hj212.Standard;
import org.banhao.monitoring.hj212.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The HJ 212 codec beside its check alone and beside a parser of the usual kind, on one packet of six factors (296 bytes);
 * rounds in turn, ratios within each round. System property {@code bench.rounds}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CodecBench {

    private static final String SEGMENT = "QN=20260801085857223;ST=31;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;"
            + "CP=&&DataTime=20260801085857;a21026-Rtd=12.532,a21026-Flag=N;a21002-Rtd=36.250,a21002-Flag=N;"
            + "a34013-Rtd=4.1870,a34013-Flag=N;a19001-Rtd=8.9510,a19001-Flag=N;a01012-Rtd=78.210,a01012-Flag=N;"
            + "a01011-Rtd=9.310,a01011-Flag=N&&";

    private final byte[] segment = SEGMENT.getBytes(StandardCharsets.US_ASCII);
    private final char[] table = new char[256];
    private final Decoder decoder = new Decoder();
    private final Framer framer = new Framer();
    private final Dialect dialect = Dialect.of(Standard.HJ_212_2017);
    private byte[] line = {};
    private String text = "";
    private double sum;

    /** The packet, checked by all parsers once. */
    @Setup
    public void prepare() {
        for (int i = 0; i < 256; i++) {
            int register = i;
            for (int bit = 0; bit < 8; bit++) register = (register & 1) == 0 ? register >> 1 : register >> 1 ^ 0xA001;
            table[i] = (char) register;
        }
        text = String.format(Locale.ROOT, "##%04d%s%04X\r\n", segment.length, SEGMENT, Crc.standard(segment, 0, segment.length));
        line = text.getBytes(StandardCharsets.US_ASCII);
        if (checkByTable() != Crc.standard(segment, 0, segment.length)) throw new IllegalStateException("checks differ");
        double expected = 12.532 + 36.25 + 4.187 + 8.951 + 78.21 + 9.31;
        if (Math.abs(codec() - expected) > 1e-9 || Math.abs(usual() - expected) > 1e-9) throw new IllegalStateException("values differ");
    }

    /** The limit that a checked parse is usually held to: one table look-up a byte, each waiting for the one before. */
    @Benchmark
    public int checkByTable() {
        int register = 0xFFFF;
        for (byte b : segment) register = table[(register >> 8 ^ b) & 0xFF];
        return register;
    }

    /** Our check alone. */
    @Benchmark
    public int checkOfOurs() {
        return Crc.standard(segment, 0, segment.length);
    }

    /** Found in the stream, taken apart, checked, values as numbers. */
    @Benchmark
    public double codec() {
        sum = 0;
        framer.feed(line, 0, line.length, this::add);
        return sum;
    }

    /** The same, and kept for another thread. */
    @Benchmark
    public Frame codecKept() {
        Frame[] kept = new Frame[1];
        framer.feed(line, 0, line.length, (bytes, from, to) -> {
            if (decoder.decode(bytes, from, to, dialect) == Verdict.VALID) kept[0] = decoder.frame().keep();
        });
        return kept[0];
    }

    /** Text, regular expressions, a map of maps, the check bit by bit as it is printed: written for this comparison. */
    @Benchmark
    public double usual() {
        return Usual.parse(text);
    }

    private void add(byte[] bytes, int from, int to) {
        if (decoder.decode(bytes, from, to, dialect) != Verdict.VALID) return;
        Frame frame = decoder.frame();
        for (int i = 0; i < frame.size(); i++) {
            double number = frame.number(i);
            // DataTime is a number too
            if (number < 1e9) sum += number;
        }
    }

    private static final class Usual {

        static double parse(String packet) {
            if (!packet.matches("##\\d{4}.*&&[0-9A-Fa-f]{4}\\r\\n")) return Double.NaN;
            int length = Integer.parseInt(packet.substring(2, 6));
            String segment = packet.substring(6, 6 + length);
            if (crc(segment) != Integer.parseInt(packet.substring(6 + length, 10 + length), 16)) return Double.NaN;
            Map<String, String> header = new HashMap<>();
            String[] halves = segment.split("CP=&&");
            for (String field : halves[0].split(";")) {
                String[] pair = field.split("=");
                header.put(pair[0], pair[1]);
            }
            Map<String, Map<String, String>> factors = new TreeMap<>();
            for (String item : halves[1].replaceAll("&&$", "").split(";")) {
                for (String field : item.split(",")) {
                    String[] pair = field.split("=");
                    String[] name = pair[0].split("-");
                    factors.computeIfAbsent(name[0], key -> new HashMap<>()).put(name.length > 1 ? name[1] : "", pair[1]);
                }
            }
            double sum = header.containsKey("MN") ? 0 : Double.NaN;
            for (Map<String, String> values : factors.values()) {
                String value = values.get("Rtd");
                if (value != null && value.matches("-?\\d+(\\.\\d+)?")) sum += Double.parseDouble(value);
            }
            return sum;
        }

        private static int crc(String segment) {
            int register = 0xFFFF;
            for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
                register = register >> 8 ^ b & 0xFF;
                for (int bit = 0; bit < 8; bit++) {
                    int low = register & 1;
                    register >>= 1;
                    if (low == 1) register ^= 0xA001;
                }
            }
            return register;
        }
    }

    /** Rounds of all in turn. */
    public static void main(String[] arguments) throws RunnerException {
        int rounds = Integer.getInteger("bench.rounds", 5);
        String[] names = {"checkByTable", "checkOfOurs", "codec", "codecKept", "usual"};
        Map<String, List<Double>> speeds = new HashMap<>();
        Map<String, Double> garbage = new HashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : names) {
                Collection<RunResult> results = new Runner(new OptionsBuilder()
                                .include("CodecBench\\." + name + "$")
                                .forks(1)
                                .jvmArgs("-Xmx384m", "-XX:+UseSerialGC")
                                .warmupIterations(3)
                                .warmupTime(TimeValue.seconds(1))
                                .measurementIterations(3)
                                .measurementTime(TimeValue.seconds(1))
                                .addProfiler(GCProfiler.class)
                                .verbosity(org.openjdk.jmh.runner.options.VerboseMode.SILENT)
                                .build())
                        .run();
                RunResult result = results.iterator().next();
                speeds.computeIfAbsent(name, key -> new ArrayList<>())
                        .add(result.getPrimaryResult().getScore());
                garbage.put(name, result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
            }
        }
        for (String name : names) {
            System.out.printf(
                    Locale.ROOT, "%-14s %,12.0f/s median · %.0f bytes of garbage%n", name, median(speeds.get(name)), garbage.get(name));
        }
        print("codec / check by table", speeds.get("codec"), speeds.get("checkByTable"));
        print("codec / our own check", speeds.get("codec"), speeds.get("checkOfOurs"));
        print("codec, kept / check by table", speeds.get("codecKept"), speeds.get("checkByTable"));
        print("codec / parser of the usual kind", speeds.get("codec"), speeds.get("usual"));
    }

    private static void print(String what, List<Double> ours, List<Double> others) {
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) ratios[i] = ours.get(i) / others.get(i);
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%s: median %.2f [%.2f..%.2f] over %d rounds%n",
                what,
                ratios[ratios.length / 2],
                ratios[0],
                ratios[ratios.length - 1],
                ratios.length);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
