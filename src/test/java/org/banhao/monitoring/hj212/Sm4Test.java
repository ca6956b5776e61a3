package org.banhao.monitoring.hj212;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sm4Test {

    static final Sm4 TEST_KEY = new Sm4("0".repeat(16).getBytes(StandardCharsets.US_ASCII));

    @Test
    void theNationalStandardsExampleComesOut() {
        byte[] both = HexFormat.of().parseHex("0123456789ABCDEFFEDCBA9876543210");
        assertThat(ascii(new Sm4(both).hide(both)))
                .isEqualTo("{0x68,0x1E,0xDF,0x34,0xD2,0x06,0x96,0x5E,0x86,0xB3,0xE9,0x4F,0x53,0x6E,0x42,0x46}");
    }

    @Test
    void aContentOfTheStandardBeginsAsItIsPrinted() {
        assertThat(ascii(TEST_KEY.hide("DataTime=20240521".getBytes(StandardCharsets.US_ASCII))))
                .startsWith("{0xE4,0x3E,")
                .endsWith("}1");
    }

    @Test
    void whatIsLessThanAGroupStaysInPlain() {
        assertThat(ascii(TEST_KEY.hide("QnRtn=1".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("QnRtn=1");
    }

    @Test
    void whatIsHiddenCanBeRevealed() {
        for (int length = 16; length < 200; length++) {
            byte[] plain = "汉a=1.5,".repeat(25).getBytes(StandardCharsets.UTF_8);
            byte[] cut = java.util.Arrays.copyOf(plain, length);
            byte[] hidden = TEST_KEY.hide(cut);
            byte[] into = new byte[hidden.length + 3];
            int end = TEST_KEY.reveal(hidden, 0, hidden.length, into, 3);
            assertThat(java.util.Arrays.copyOfRange(into, 3, end)).isEqualTo(cut);
        }
    }

    @Test
    void aBrokenRowOfBytesIsRefused() {
        for (String broken :
                new String[] {"{0xE4}", "{0xE4,0x3E", "{0xE4,0x3G}", "{0xE4;0x3E}", "{0x,0x3E}", "{0xE4,}", "{0xE43E}"
                }) {
            byte[] bytes = broken.getBytes(StandardCharsets.US_ASCII);
            assertThat(TEST_KEY.reveal(bytes, 0, bytes.length, new byte[100], 0))
                    .as(broken)
                    .isEqualTo(-1);
        }
    }

    @Test
    void aKeyIsNeverPrintedAndHasSixteenBytes() {
        assertThat(TEST_KEY.toString()).doesNotContain("0", "48");
        assertThatThrownBy(() -> new Sm4(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
