package org.banhao.monitoring.hj212;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketTest {

    private static final Instant NOW = Instant.parse("2026-08-01T00:00:00Z");
    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);
    private static final String MN = "010000A8900016F000169DC0";

    @Test
    void eachEditionHasItsFlag() {
        Packet packet = Packet.of("20260801080000001", 31, 2011, "123456", MN, "");
        assertThat(text(packet.wantingAnswer(), Standard.HJ_T_212_2005)).contains(";Flag=1;");
        assertThat(text(packet.wantingAnswer(), Standard.HJ_212_2017)).contains(";Flag=5;");
        assertThat(text(packet, Standard.HJ_212_2025)).contains(";Flag=8;");
        assertThat(text(packet.backfilled(), Standard.HJ_212_2025)).contains(";Flag=8;RF=1;CP=");
        assertThat(text(packet.backfilled(), Standard.HJ_212_2017)).doesNotContain("RF");
    }

    @Test
    void anEncryptedPacketDeclaresItsLengthInPlain() {
        Packet packet = Packet.of("20260801080000001", 31, 2011, "123456", MN, "DataTime=20260801080000");
        String plain = text(packet, Standard.HJ_212_2025);
        String hidden = new String(
                packet.encode(Dialect.of(Standard.HJ_212_2025).encrypted(Sm4Test.TEST_KEY, true)),
                StandardCharsets.US_ASCII);
        assertThat(hidden).startsWith(plain.substring(0, 6)).hasSizeGreaterThan(plain.length());
        // the check is that of the plain segment
        assertThat(hidden).endsWith(plain.substring(plain.length() - 8));
    }

    @Test
    void aContentCannotEndThePacketBeforeItsTime() {
        for (String bad : new String[] {"a=1&&0000", "a=1\r\n##", "a\n"}) {
            assertThatThrownBy(() -> Packet.of("1", 31, 2011, "1", MN, bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Packet.of("1", 31, 2011, "1;CN=1072", MN, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Packet.of("1", 31, 2011, "1", MN, "a".repeat(1000)).encode(DIALECT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLongContentIsSplitAndPutTogetherAgainInAnyOrder() {
        StringBuilder content = new StringBuilder("DataTime=20260801080000");
        for (int i = 0; i < 120; i++)
            content.append(";a")
                    .append(10000 + i)
                    .append("-Avg=")
                    .append(i)
                    .append(".5,a")
                    .append(10000 + i)
                    .append("-Flag=N");
        content.append(";i11001-Info=//有;分号的文字//");
        Packet whole = Packet.of("20260801080000001", 31, 2061, "123456", MN, content.toString())
                .wantingAnswer();
        int[] next = {2};
        List<Packet> parts = whole.parts(DIALECT, () -> "2026080108000000" + next[0]++);
        assertThat(parts).hasSizeBetween(3, 6);
        assertThat(parts).allSatisfy(part -> assertThat(part.content()).startsWith("DataTime=20260801080000;"));
        assertThat(parts.stream().map(Packet::qn).distinct()).hasSize(parts.size());

        Random random = new Random(7);
        for (int round = 0; round < 30; round++) {
            List<Frame> frames =
                    new ArrayList<>(parts.stream().map(PacketTest::sent).toList());
            // and one is sent again
            frames.add(sent(parts.get(random.nextInt(parts.size()))));
            Collections.shuffle(frames, random);
            Assembler assembler = new Assembler(8, Duration.ofMinutes(1));
            List<List<Frame>> complete = new ArrayList<>();
            for (Frame frame : frames) {
                List<Frame> all = assembler.add(frame, NOW);
                if (all != null) complete.add(all);
            }
            assertThat(complete).hasSize(1);
            assertThat(Assembler.joined(complete.get(0)).content()).isEqualTo(whole.content());
        }
    }

    @Test
    void partsOfTheStandardsExampleBelongTogetherThoughTheirQnsDiffer() {
        Assembler assembler = new Assembler(8, Duration.ofMinutes(1));
        List<Corpus.Row> rows =
                Corpus.frames().stream().filter(row -> row.says("table C.49")).toList();
        assertThat(rows).hasSize(2);
        assertThat(assembler.add(frame(rows.get(0)), NOW)).isNull();
        List<Frame> both = assembler.add(frame(rows.get(1)), NOW);
        assertThat(both).hasSize(2);
        assertThat(Assembler.joined(both).content())
                .startsWith("DataTime=20160801080000;w00000-Cou=63.0")
                .contains("w01001-Flag=N;w01018-Cou=63.0")
                .containsOnlyOnce("DataTime");
    }

    @Test
    void partsOfDifferentThingsStayApart() {
        Assembler assembler = new Assembler(9, Duration.ofMinutes(1));
        String content = "DataTime=20260801080000;a-Avg=1";
        assertThat(assembler.add(sent(new Packet(null, 31, 2061, "1", MN, true, 2, 1, false, content)), NOW))
                .isNull();
        assertThat(assembler.add(sent(new Packet(null, 51, 2061, "1", MN, true, 2, 2, false, content)), NOW))
                .isNull();
        assertThat(assembler.add(sent(new Packet(null, 31, 2051, "1", MN, true, 2, 2, false, content)), NOW))
                .isNull();
        assertThat(assembler.add(sent(new Packet(null, 31, 2061, "1", "M2", true, 2, 2, false, content)), NOW))
                .isNull();
        assertThat(assembler.add(sent(new Packet(null, 31, 2061, "1", MN, true, 3, 2, false, content)), NOW))
                .isNull();
        assertThat(assembler.add(sent(new Packet(null, 31, 2061, "1", MN, true, 2, 2, false, content)), NOW))
                .hasSize(2);
    }

    @Test
    void setsThatNeverBecomeWholeAreGivenUp() {
        Assembler assembler = new Assembler(2, Duration.ofMinutes(1));
        for (int i = 0; i < 5; i++)
            assertThat(assembler.add(part("2026080108000" + i, 1, 3), NOW)).isNull();
        assertThat(assembler.dropped()).isEqualTo(3);
        assertThat(assembler.add(part("20260801080009", 1, 3), NOW.plusSeconds(61)))
                .isNull();
        assertThat(assembler.dropped()).isEqualTo(5);
        assertThat(assembler.add(part("20260801080009", 4, 3), NOW.plusSeconds(61)))
                .isNull();
        assertThat(assembler.dropped()).isEqualTo(6);
    }

    @Test
    void aPartWithoutDataTimeJoinsTheSetThatLacksIt() {
        Assembler assembler = new Assembler(2, Duration.ofMinutes(1));
        assertThat(assembler.add(part("20260801080009", 1, 2), NOW)).isNull();
        Frame second = sent(new Packet("20260801080000002", 31, 2061, "123456", MN, true, 2, 2, false, "b-Avg=2"));
        List<Frame> both = assembler.add(second, NOW);
        assertThat(both).hasSize(2);
        assertThat(Assembler.joined(both).content()).isEqualTo("DataTime=20260801080009;a-Avg=1;b-Avg=2");
    }

    private static Frame part(String time, int number, int of) {
        return sent(new Packet(
                "20260801080000001", 31, 2061, "123456", MN, true, of, number, false, "DataTime=" + time + ";a-Avg=1"));
    }

    private static Frame sent(Packet packet) {
        byte[] line = packet.encode(DIALECT);
        Decoder decoder = new Decoder();
        assertThat(decoder.decode(line, 0, line.length - 2, DIALECT)).isEqualTo(Verdict.VALID);
        return decoder.frame().keep();
    }

    private static Frame frame(Corpus.Row row) {
        Decoder decoder = new Decoder();
        decoder.decode(row.bytes(), 0, row.bytes().length, DIALECT);
        return decoder.frame().keep();
    }

    private static String text(Packet packet, Standard standard) {
        return new String(packet.encode(Dialect.of(standard)), StandardCharsets.UTF_8);
    }
}
