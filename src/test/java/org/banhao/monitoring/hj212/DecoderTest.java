package org.banhao.monitoring.hj212;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecoderTest {

    private static final String MN = "010000A8900016F000169DC0";
    private static final Dialect DIALECT = Dialect.of(Standard.HJ_212_2017);

    private final Decoder decoder = new Decoder();

    @Test
    void fieldsKeepOrderDuplicatesAndTheirTexts() {
        Frame frame =
                read("DataTime=20260801080000;a21026-ZsRtd=12.50,a21026-Flag=N;a01013-Rtd=-0.35;e1-Rtd=1;e1-Rtd=2");
        assertThat(frame.size()).isEqualTo(6);
        assertThat(frame.name(1)).isEqualTo("a21026-ZsRtd");
        assertThat(frame.factor(1)).isEqualTo("a21026");
        assertThat(frame.suffix(1)).isEqualTo("ZsRtd");
        assertThat(frame.decimal(1)).isEqualTo(new BigDecimal("12.50"));
        assertThat(frame.value("a21026-Flag")).isEqualTo("N");
        assertThat(frame.number(3)).isEqualTo(-0.35);
        assertThat(frame.text(4)).isEqualTo("1");
        assertThat(frame.text(5)).isEqualTo("2");
        assertThat(frame.suffix(0)).isEmpty();
    }

    @Test
    void dataTimeIsChineseTime() {
        assertThat(read("DataTime=20260801080000").dataTime()).isEqualTo(Instant.parse("2026-08-01T00:00:00Z"));
        assertThat(read("SystemTime=20250221141050898").moment("SystemTime"))
                .isEqualTo(Instant.parse("2025-02-21T06:10:50.898Z"));
        for (String wrong : new String[] {"20261301000000", "2026080108", "2026080108000x", ""}) {
            assertThat(read("DataTime=" + wrong).dataTime()).as(wrong).isNull();
        }
    }

    @Test
    void numbersAreTheNearestDoublesAndEverythingElseIsNone() {
        for (String number : new String[] {
            "0", "1.1", "-0.35", "+7", "234.98414474739", "123456789012345678901.5", "0.1234567890123456789", ".5", "5."
        }) {
            assertThat(read("a-Rtd=" + number).number(0)).isEqualTo(Double.parseDouble(number));
        }
        for (String none : new String[] {"", "-", ".", "1e5", "NaN", "1.2.3", "0x10", "//1//", " 1", "１"}) {
            assertThat(read("a-Rtd=" + none).isNumber(0)).as(none).isFalse();
            assertThat(read("a-Rtd=" + none).decimal(0)).as(none).isNull();
        }
    }

    @Test
    void aTextBetweenSlashesMayHoldSeparators() {
        Frame frame = read("DataTime=20260801080000;i11001-Info=//停炉,检修;a=b//;i2-Info=//未完;i3-Info=1");
        assertThat(frame.value("i11001-Info")).isEqualTo("//停炉,检修;a=b//");
        assertThat(frame.value("i2-Info")).isEqualTo("//未完");
        assertThat(frame.value("i3-Info")).isEqualTo("1");
    }

    @Test
    void aKeptFrameDoesNotChangeWithTheNextPacket() {
        Frame kept = read("DataTime=20260801080000;a-Rtd=1").keep();
        read("DataTime=20270101000000;b-Rtd=22222");
        assertThat(kept.content()).isEqualTo("DataTime=20260801080000;a-Rtd=1");
        assertThat(kept.value("a-Rtd")).isEqualTo("1");
        assertThat(kept.mn()).isEqualTo(MN);
        assertThat(kept.isOf(MN)).isTrue();
        assertThat(kept.isOf(MN + "1")).isFalse();
    }

    @Test
    void aKeptFrameThatCameEncryptedHasBothThePlainContentAndTheWire() {
        Dialect secret = Dialect.of(Standard.HJ_212_2025).encrypted(Sm4Test.TEST_KEY, true);
        byte[] line =
                packet("DataTime=20260801080000;a21026-Rtd=1.5,a21026-Flag=N").encode(secret);
        assertThat(decoder.decode(line, 0, line.length - 2, secret)).isEqualTo(Verdict.VALID);
        Frame kept = decoder.frame().keep();
        read("b-Rtd=1");
        assertThat(kept.encrypted()).isTrue();
        assertThat(kept.value("a21026-Rtd")).isEqualTo("1.5");
        assertThat(new String(kept.wire(), StandardCharsets.US_ASCII))
                .contains("CP=&&{0x")
                .isEqualTo(new String(line, 0, line.length - 2, StandardCharsets.US_ASCII));
    }

    @Test
    void aWrongKeyIsAWrongCheck() {
        Dialect secret = Dialect.of(Standard.HJ_212_2025).encrypted(Sm4Test.TEST_KEY, true);
        Dialect other = Dialect.of(Standard.HJ_212_2025).encrypted(new Sm4(new byte[16]), true);
        byte[] line =
                packet("DataTime=20260801080000;a21026-Rtd=1.5,a21026-Flag=N").encode(secret);
        assertThat(decoder.decode(line, 0, line.length - 2, other)).isEqualTo(Verdict.CHECKSUM_WRONG);
    }

    @Test
    void plainDataIsRefusedWhereEncryptionIsRequiredAndOtherCommandsAreNot() {
        Dialect required = Dialect.of(Standard.HJ_212_2025).encrypted(Sm4Test.TEST_KEY, true);
        Dialect allowed = Dialect.of(Standard.HJ_212_2025).encrypted(Sm4Test.TEST_KEY, false);
        byte[] data = packet("DataTime=20260801080000;a-Rtd=1").encode(Dialect.of(Standard.HJ_212_2025));
        assertThat(decoder.decode(data, 0, data.length - 2, required)).isEqualTo(Verdict.PLAIN_REFUSED);
        assertThat(decoder.decode(data, 0, data.length - 2, allowed)).isEqualTo(Verdict.VALID);
        byte[] answer = Packet.of("20260801080000000", 91, 9011, "123456", MN, "QnRtn=1")
                .encode(required);
        assertThat(decoder.decode(answer, 0, answer.length - 2, required)).isEqualTo(Verdict.VALID);
    }

    @Test
    void aCheckInLowerCaseIsReadUnlessTheDeviceMustNot() {
        String text = IntStream.range(0, 1000)
                .mapToObj(i -> new String(packet("a-Rtd=" + i).encode(DIALECT), StandardCharsets.US_ASCII).strip())
                .filter(packet -> Character.isLetter(packet.charAt(packet.length() - 4)))
                .findFirst()
                .orElseThrow();
        int check = text.length() - 4;
        byte[] lower = (text.substring(0, check) + text.substring(check).toLowerCase(java.util.Locale.ROOT))
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(lower).isNotEqualTo(text.getBytes(StandardCharsets.US_ASCII));
        assertThat(decoder.decode(lower, 0, lower.length, DIALECT)).isEqualTo(Verdict.VALID);
        assertThat(decoder.decode(lower, 0, lower.length, DIALECT.upperCaseOnly()))
                .isEqualTo(Verdict.CHECKSUM_WRONG);
    }

    @Test
    void headersInAnyLettersAndOrderAreRead() {
        Frame frame = decode("qn=20260801080000001;ST=31;CN=2051;FLAG=7;PNO=2;PNUM=3;MN=X;,PW=1;RF=1;CP=&&a-Rtd=1&&");
        assertThat(frame.qn()).isEqualTo("20260801080000001");
        assertThat(frame.flag()).isEqualTo(7);
        assertThat(frame.pno()).isEqualTo(2);
        assertThat(frame.pnum()).isEqualTo(3);
        assertThat(frame.split()).isTrue();
        assertThat(frame.pw()).isEqualTo("1");
        assertThat(frame.backfill()).isTrue();
        assertThat(frame.size()).isEqualTo(1);
    }

    @Test
    void theFirstOfTwoHeadersCounts() {
        assertThat(decode("MN=A;MN=B;ST=31;ST=32;CN=2011;CP=&&&&").mn()).isEqualTo("A");
        assertThat(decoder.frame().st()).isEqualTo(31);
    }

    @Test
    void whatHasNoCommandOrNoContentIsMalformed() {
        for (String segment : new String[] {
            "", "QN=1;ST=31", "ST=31;CP=&&&&", "ST=31;CN=2011;CP=&&", "CN=2011;CP=a=1&&", "CN=x;CP=&&&&"
        }) {
            byte[] bytes = raw(segment);
            assertThat(decoder.decode(bytes, 0, bytes.length, DIALECT))
                    .as(segment)
                    .isEqualTo(Verdict.MALFORMED);
            assertThat(decoder.frame().keep().segment()).isEqualTo(segment);
        }
    }

    private Frame read(String content) {
        byte[] line = packet(content).encode(DIALECT);
        assertThat(decoder.decode(line, 0, line.length - 2, DIALECT)).isEqualTo(Verdict.VALID);
        return decoder.frame();
    }

    private Frame decode(String segment) {
        byte[] bytes = raw(segment);
        assertThat(decoder.decode(bytes, 0, bytes.length, DIALECT)).isEqualTo(Verdict.VALID);
        return decoder.frame();
    }

    private static byte[] raw(String segment) {
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        return String.format("##%04d%s%04X", bytes.length, segment, Crc.standard(bytes, 0, bytes.length))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Packet packet(String content) {
        return Packet.of("20260801080000001", 31, 2011, "123456", MN, content).wantingAnswer();
    }
}
