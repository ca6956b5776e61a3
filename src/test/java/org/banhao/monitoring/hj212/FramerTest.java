package org.banhao.monitoring.hj212;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Streams are random, but the same in every run. */
class FramerTest {

    private static final String PACKET =
            "##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80";

    private final Random random = new Random(2017);
    private final List<Corpus.Row> rows = Corpus.frames();

    @Test
    void packetsAreTheSameHoweverTheStreamIsCut() {
        for (int round = 0; round < 300; round++) {
            List<String> sent = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 8; i++) send(sent, stream);
            assertThat(found(stream.toByteArray(), 1 + random.nextInt(700))).isEqualTo(sent);
        }
    }

    @Test
    void packetsAreTheSameWithNoiseBetweenThem() {
        for (int round = 0; round < 300; round++) {
            List<String> sent = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 8; i++) {
                byte[] noise = new byte[random.nextInt(300)];
                random.nextBytes(noise);
                for (int n = 0; n < noise.length; n++) if (noise[n] == '#') noise[n] = ';';
                stream.writeBytes(noise);
                send(sent, stream);
            }
            assertThat(found(stream.toByteArray(), 1 + random.nextInt(700))).isEqualTo(sent);
        }
    }

    @Test
    void aPacketThatBreaksOffDoesNotTakeTheNextOneWithIt() {
        for (int round = 0; round < 300; round++) {
            List<String> sent = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 8; i++) {
                byte[] broken = row().bytes();
                stream.write(broken, 0, random.nextInt(broken.length - 8));
                send(sent, stream);
            }
            assertThat(found(stream.toByteArray(), 1 + random.nextInt(700))).isEqualTo(sent);
        }
    }

    @Test
    void whatIsFoundInAnyRubbishDoesNotDependOnHowItIsCut() {
        String alphabet = "###&&&;=,/0123AFaf\r\nQN";
        for (int round = 0; round < 500; round++) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 6; i++) {
                for (int n = random.nextInt(400); n > 0; n--)
                    stream.write(alphabet.charAt(random.nextInt(alphabet.length())));
                stream.writeBytes("##0004&&00FF".getBytes(StandardCharsets.US_ASCII));
                byte[] packet = row().line();
                int from = random.nextInt(4);
                stream.write(packet, from, random.nextInt(packet.length - from));
            }
            byte[] bytes = stream.toByteArray();
            List<String> whole = found(bytes, bytes.length);
            assertThat(found(bytes, 1)).isEqualTo(whole);
            assertThat(found(bytes, 1 + random.nextInt(200))).isEqualTo(whole);
        }
    }

    @Test
    void theSoakFileComesThroughInRandomPieces() {
        List<String> sent = new ArrayList<>();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (Corpus.Row row : Corpus.soak()) {
            sent.add(row.packet());
            stream.writeBytes(row.line());
        }
        byte[] bytes = stream.toByteArray();
        for (int round = 0; round < 20; round++) {
            Framer framer = new Framer();
            Decoder decoder = new Decoder();
            List<String> seen = new ArrayList<>();
            Dialect dialect = Dialect.of(Standard.HJ_212_2017);
            for (int at = 0; at < bytes.length; ) {
                int piece = Math.min(bytes.length - at, 1 + random.nextInt(1500));
                framer.feed(bytes, at, at + piece, (b, from, to) -> {
                    assertThat(decoder.decode(b, from, to, dialect)).isEqualTo(Verdict.VALID);
                    seen.add(text(b, from, to));
                    Frame frame = decoder.frame();
                    for (int i = 0; i < frame.size(); i++) {
                        if (frame.suffix(i).equals("Rtd")) {
                            assertThat(frame.number(i)).isEqualTo(Double.parseDouble(frame.text(i)));
                        }
                    }
                });
                at += piece;
            }
            assertThat(seen).isEqualTo(sent);
            assertThat(framer.skipped()).isZero();
            assertThat(framer.waiting()).isZero();
        }
    }

    @Test
    void aDeclaredLengthThatIsMuchTooLongIsNotWaitedFor() {
        assertThat(found(PACKET.replace("##0101", "##9999") + "\r\n"))
                .containsExactly(PACKET.replace("##0101", "##9999"));
    }

    @Test
    void packetsWithoutLineEndsAreSeparatedByTheNextOne() {
        assertThat(found(PACKET + PACKET + "\r\n")).containsExactly(PACKET, PACKET);
    }

    @Test
    void aLoneLineFeedEndsAPacketToo() {
        assertThat(found(PACKET + "\n" + PACKET + "\r")).containsExactly(PACKET, PACKET);
    }

    @Test
    void anEmptySegmentIsAPacket() {
        assertThat(found("##0000FFFF\r\n")).containsExactly("##0000FFFF");
    }

    @Test
    void bytesThatBelongToNoPacketAreCountedButLineEndsAreNot() {
        Framer framer = new Framer();
        byte[] bytes = ("abc\r\n" + PACKET + "\r\n\r\nxy" + PACKET + "\r\n").getBytes(StandardCharsets.US_ASCII);
        framer.feed(bytes, 0, bytes.length, (b, from, to) -> {});
        assertThat(framer.skipped()).isEqualTo(5);
        assertThat(framer.packets()).isEqualTo(2);
    }

    @Test
    void aTextMayHoldTheSignsOfABeginning() {
        String packet = "##0020CP=&&i1-Info=//##12//&&ABCD";
        assertThat(found(packet + "\r\n")).containsExactly(packet);
    }

    @Test
    void endlessBeginningsCostNeitherMemoryNorTime() {
        byte[] flood = "##1".repeat(700_000).getBytes(StandardCharsets.US_ASCII);
        byte[] headers = "##0100QN=".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        byte[] hashes = "#".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII);
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            for (byte[] bytes : List.of(flood, headers, hashes)) {
                Framer framer = new Framer();
                for (int at = 0; at < bytes.length; at += 1000) {
                    framer.feed(bytes, at, Math.min(at + 1000, bytes.length), (b, from, to) -> {});
                    assertThat(framer.waiting()).isLessThan(11_000);
                }
                framer.end((b, from, to) -> {});
                assertThat(framer.skipped()).isEqualTo(bytes.length);
                List<String> after = new ArrayList<>();
                byte[] good = (PACKET + "\r\n").getBytes(StandardCharsets.US_ASCII);
                framer.feed(good, 0, good.length, (b, from, to) -> after.add(text(b, from, to)));
                assertThat(after).containsExactly(PACKET);
            }
        });
    }

    private void send(List<String> sent, ByteArrayOutputStream stream) {
        Corpus.Row row = row();
        sent.add(row.packet());
        stream.writeBytes(row.line());
    }

    private Corpus.Row row() {
        return rows.get(random.nextInt(rows.size()));
    }

    private List<String> found(String stream) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        return found(bytes, bytes.length);
    }

    /** @param piece most bytes that are fed at a time; less at random, unless it is one or all */
    private List<String> found(byte[] stream, int piece) {
        List<String> found = new ArrayList<>();
        Framer framer = new Framer();
        for (int at = 0; at < stream.length; ) {
            int most = Math.min(piece, stream.length - at);
            int size = piece == stream.length ? most : 1 + random.nextInt(most);
            framer.feed(stream, at, at + size, (b, from, to) -> found.add(text(b, from, to)));
            at += size;
        }
        framer.end((b, from, to) -> found.add(text(b, from, to)));
        return found;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
