package org.banhao.monitoring.hj212;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of hj212-frames.tsv is judged as its columns and its note say. */
class CorpusTest {

    private static final Dialect BY_THE_BOOK = Dialect.of(Standard.HJ_212_2017);
    private static final Pattern FLAG = Pattern.compile("Flag=(\\d+) -> HJ212-(\\d{4})(, split)?, (no ack|ack wanted)");
    private static final Pattern WOULD_BE = Pattern.compile("standard CRC would be ([0-9A-F]{4})");
    private static final Pattern LENGTH = Pattern.compile("length field (\\d{4}) but segment is (\\d+) bytes");

    static List<Corpus.Row> frames() {
        return Corpus.frames();
    }

    @Test
    void theCorpusIsThere() {
        assertThat(frames()).hasSize(116);
        assertThat(Corpus.soak()).hasSize(934);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void isJudgedAsItsRowSays(Corpus.Row row) {
        byte[] packet = framed(row);
        Decoder decoder = new Decoder();
        Verdict verdict = decoder.decode(packet, 0, packet.length, BY_THE_BOOK);
        if (row.standardCrc()) {
            assertThat(verdict).isEqualTo(Verdict.VALID);
        } else if (row.says("SM4") || row.says("SYNTHETIC same, but length")) {
            assertThat(verdict).isEqualTo(Verdict.UNREADABLE);
            assertThat(decoder.decode(packet, 0, packet.length, dialect2025())).isEqualTo(Verdict.VALID);
            assertThat(decoder.frame().segment()).isEqualTo(twin());
        } else if (row.says("byte-swapped")) {
            assertThat(verdict).isEqualTo(Verdict.TOO_LONG);
            assertThat(decoder.decode(packet, 0, packet.length, BY_THE_BOOK.oversize(2000)))
                    .isEqualTo(Verdict.CHECKSUM_WRONG);
            assertThat(decoder.decode(
                            packet, 0, packet.length, BY_THE_BOOK.oversize(2000).checksum(Checksum.MODBUS_SWAPPED)))
                    .isEqualTo(Verdict.VALID);
        } else {
            assertThat(verdict).isEqualTo(Verdict.CHECKSUM_WRONG);
            if (row.says("CRC-16/Modbus")) {
                assertThat(decoder.decode(packet, 0, packet.length, BY_THE_BOOK.checksum(Checksum.MODBUS)))
                        .isEqualTo(Verdict.VALID);
            }
        }
        Frame frame = decoder.frame();
        assertThat(frame.cn()).isEqualTo(row.cn());
        // the misprint that leaves no ST by the letter: a comma for a semicolon
        assertThat(frame.st()).isEqualTo(row.st().isEmpty() ? 32 : Integer.parseInt(row.st()));
        Matcher flag = FLAG.matcher(row.note());
        if (flag.find()) {
            assertThat(frame.flag()).isEqualTo(Integer.parseInt(flag.group(1)));
            assertThat(frame.answerWanted()).isEqualTo(flag.group(4).equals("ack wanted"));
        } else if (row.says("no Flag") && !row.packet().contains("FLAG=")) {
            assertThat(frame.flag()).isEqualTo(-1);
            assertThat(frame.answerWanted()).isFalse();
        }
        if (row.says("no QN")) assertThat(frame.qn()).isEmpty();
        if (row.says("split") && !row.says("no PNUM/PNO") && row.standardCrc())
            assertThat(frame.split()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void isInspectedWithTheReasonsItsRowGives(Corpus.Row row) {
        Inspection inspection = Inspection.of(row.packet(), BY_THE_BOOK);
        assertThat(inspection.valid()).isEqualTo(row.standardCrc());
        assertThat(inspection.problems().stream().anyMatch(Inspection.Problem::error))
                .isNotEqualTo(row.standardCrc());
        String said = String.join(
                "\n",
                inspection.problems().stream().map(Inspection.Problem::sentence).toList());
        Matcher crc = WOULD_BE.matcher(row.note());
        if (crc.find() && !inspection.verdict().equals(Verdict.UNREADABLE)) {
            assertThat(inspection.crcExpected()).isEqualTo(crc.group(1));
            assertThat(said).contains("CRC应为" + crc.group(1));
        }
        if (row.says("only as CRC-16/Modbus")) assertThat(said).contains("CRC-16/Modbus算法，不是标准");
        if (row.says("CRC bytes swapped")) assertThat(said).contains("高低字节写颠倒");
        if (row.says("lower-case hex CRC") && row.standardCrc())
            assertThat(said).contains("CRC应写成大写");
        if (row.packet().contains("FLAG=")) {
            assertThat(said).contains("字段名区分大小写");
        } else if (row.says("no Flag")) {
            assertThat(said).contains("没有标志Flag");
        }
        if (row.says("no QN")) assertThat(said).contains("没有请求编码QN");
        if (row.says("missing ; before CP")) assertThat(said).contains("CP之前缺少分号");
        if (row.says("comma after QN")) assertThat(said).contains("报文中用了逗号");
        if (row.says("no PNUM/PNO")) assertThat(said).contains("却没有总包数PNUM");
        if (row.says("length field 2 digits")) assertThat(said).contains("只有2位");
        if (row.says("segment 1623 bytes")) assertThat(said).contains("数据段有1623字节，最多1024字节");
        Matcher length = LENGTH.matcher(row.note());
        if (length.find() && !row.says("SYNTHETIC same, but length")) {
            assertThat(said).contains("数据段长度写的是" + Integer.parseInt(length.group(1)) + "，实际是" + length.group(2) + "字节");
        } else if (!row.says("segment") && !row.says("length field")) {
            assertThat(said).doesNotContain("数据段长度写的是");
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void isFoundWithoutItsLineEndWhenNothingMoreComes(Corpus.Row row) {
        List<byte[]> found = new ArrayList<>();
        Framer framer = new Framer();
        framer.feed(row.bytes(), 0, row.bytes().length, (b, from, to) -> found.add(Arrays.copyOfRange(b, from, to)));
        assertThat(found).isEmpty();
        framer.end((b, from, to) -> found.add(Arrays.copyOfRange(b, from, to)));
        assertThat(found).hasSize(1);
        assertThat(found.get(0)).isEqualTo(row.bytes());
        assertThat(framer.skipped()).isZero();
    }

    @Test
    void theStandardsExamplesComeOutOfTheEncoderAsTheyArePrinted() {
        List<String> same = new ArrayList<>();
        for (Corpus.Row row : frames()) {
            if (!row.says("HJ 212-2017 App. C") || row.says("misprint")) continue;
            Decoder decoder = new Decoder();
            decoder.decode(row.bytes(), 0, row.bytes().length, BY_THE_BOOK);
            same.add(row.packet());
            assertThat(new String(
                            decoder.frame().packet().encode(BY_THE_BOOK), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(row.packet() + "\r\n");
        }
        assertThat(same).hasSizeGreaterThan(40);
    }

    private static byte[] framed(Corpus.Row row) {
        List<byte[]> found = new ArrayList<>();
        Framer framer = new Framer();
        framer.feed(row.line(), 0, row.line().length, (b, from, to) -> found.add(Arrays.copyOfRange(b, from, to)));
        assertThat(found).hasSize(1);
        assertThat(found.get(0)).isEqualTo(row.bytes());
        return found.get(0);
    }

    private static Dialect dialect2025() {
        return Dialect.of(Standard.HJ_212_2025).encrypted(Sm4Test.TEST_KEY, true);
    }

    private static String twin() {
        String packet = frames().stream()
                .filter(row -> row.says("plaintext twin"))
                .findFirst()
                .orElseThrow()
                .packet();
        return packet.substring(6, packet.length() - 4);
    }
}
