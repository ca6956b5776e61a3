package org.banhao.monitoring.hj212;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any bytes. In verify the inputs that are kept (src/test/resources, CodecFuzzTestInputs) run once; the tier full looks for new
 * ones with Jazzer, in a process of its own because Jazzer takes a whole machine.
 */
class CodecFuzzTest {

    /** Seconds that each of the two targets is fuzzed: ten minutes together. */
    private static final int LONG = Integer.getInteger("banhao.fuzz.seconds", 300);

    @FuzzTest
    void theFramerFindsTheSameHoweverItIsCut(byte[] input) {
        framer(input);
    }

    @FuzzTest
    void theDecoderReadsAnything(byte[] input) {
        decoder(input);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(classes = {FramerTarget.class, DecoderTarget.class})
    void nothingIsFoundIn(Class<?> target, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        int number = 0;
        for (Corpus.Row row : Corpus.frames()) Files.write(corpus.resolve("row" + number++), row.line());
        Path said = folder.resolve("said.txt");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        "-Xmx512m",
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=org.banhao.monitoring.hj212.**",
                        "--custom_hook_includes=org.banhao.monitoring.hj212.**",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + File.separator,
                        "-max_total_time=" + LONG,
                        "-max_len=12000",
                        corpus.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(jazzer.waitFor(LONG + 120L, TimeUnit.SECONDS)).isTrue();
        } finally {
            jazzer.destroyForcibly();
        }
        String output = Files.readString(said, StandardCharsets.ISO_8859_1);
        assertThat(jazzer.exitValue())
                .as(output.substring(Math.max(0, output.length() - 4000)))
                .isZero();
        assertThat(output).contains("Done ");
    }

    /** Entry of Jazzer. */
    public static final class FramerTarget {
        private FramerTarget() {}

        public static void fuzzerTestOneInput(byte[] input) {
            framer(input);
        }
    }

    /** Entry of Jazzer. */
    public static final class DecoderTarget {
        private DecoderTarget() {}

        public static void fuzzerTestOneInput(byte[] input) {
            decoder(input);
        }
    }

    private static void framer(byte[] input) {
        List<String> whole = new ArrayList<>();
        Framer all = new Framer();
        all.feed(input, 0, input.length, (b, from, to) -> whole.add(text(b, from, to)));
        all.end((b, from, to) -> whole.add(text(b, from, to)));

        List<String> pieces = new ArrayList<>();
        Framer cut = new Framer();
        int step = input.length == 0 ? 1 : 1 + (input[input.length - 1] & 0x3F);
        for (int at = 0; at < input.length; at += step) {
            cut.feed(input, at, Math.min(at + step, input.length), (b, from, to) -> pieces.add(text(b, from, to)));
        }
        cut.end((b, from, to) -> pieces.add(text(b, from, to)));
        check(whole.equals(pieces), "cut differently, found differently");

        long found = whole.stream().mapToLong(String::length).sum();
        long lines = 0;
        for (byte b : input) if (b == '\r' || b == '\n') lines++;
        long missing = input.length - found - all.skipped();
        check(missing >= 0 && missing <= lines, "every byte is in a packet, skipped, or a line end");
        check(all.skipped() == cut.skipped(), "cut differently, counted differently");
    }

    private static void decoder(byte[] input) {
        Decoder decoder = new Decoder();
        for (Dialect dialect : new Dialect[] {
            Dialect.of(Standard.HJ_212_2017),
            Dialect.of(Standard.HJ_212_2025).encrypted(Sm4Test.TEST_KEY, false).oversize(Dialect.LARGEST_SEGMENT)
        }) {
            Verdict verdict = decoder.decode(input, 0, input.length, dialect);
            look(decoder.frame().keep());
            if (verdict == Verdict.VALID) again(decoder.frame().keep(), dialect);
            Inspection.of(input, dialect);
        }
        // most inputs are no packets: make one of them
        byte[] segment = input.length > 900 ? Arrays.copyOf(input, 900) : input;
        byte[] packet = new byte[segment.length + 10];
        byte[] length = String.format("##%04d", segment.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(length, 0, packet, 0, 6);
        System.arraycopy(segment, 0, packet, 6, segment.length);
        byte[] crc = Hex.text(Crc.standard(segment, 0, segment.length)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(crc, 0, packet, packet.length - 4, 4);
        Verdict verdict = decoder.decode(packet, 0, packet.length, Dialect.of(Standard.HJ_212_2017));
        check(
                verdict == Verdict.VALID || verdict == Verdict.MALFORMED || verdict == Verdict.UNREADABLE,
                "nothing else is wrong with it");
        look(decoder.frame().keep());
    }

    private static void look(Frame frame) {
        for (int i = 0; i < frame.size(); i++) {
            frame.name(i);
            frame.text(i);
            if (ascii(frame.name(i))) check(frame.named(frame.find(frame.name(i)), frame.name(i)), "a name is found");
            check(frame.isNumber(i) == (frame.decimal(i) != null), "a number has a decimal");
        }
        frame.dataTime();
        frame.content();
        frame.segment();
        frame.wire();
        check(frame.toString().startsWith("Frame"), "a frame can be printed");
    }

    private static void again(Frame frame, Dialect dialect) {
        Packet packet;
        try {
            packet = frame.packet();
        } catch (IllegalArgumentException e) {
            return;
        }
        if (!packet.content()
                .equals(new String(packet.content().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))) return;
        byte[] line;
        try {
            line = packet.encode(dialect.oversize(Dialect.LARGEST_SEGMENT));
        } catch (IllegalArgumentException e) {
            return;
        }
        Decoder decoder = new Decoder();
        check(
                decoder.decode(line, 0, line.length - 2, dialect.oversize(Dialect.LARGEST_SEGMENT)) == Verdict.VALID
                        || Sm4.isHidden(
                                packet.content().getBytes(StandardCharsets.UTF_8),
                                0,
                                packet.content().getBytes(StandardCharsets.UTF_8).length),
                "what is written can be read");
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static void check(boolean holds, String what) {
        if (!holds) throw new IllegalStateException(what);
    }
}
