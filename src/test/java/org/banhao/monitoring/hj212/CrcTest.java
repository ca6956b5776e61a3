package org.banhao.monitoring.hj212;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CrcTest {

    private static final String EXAMPLE_2017 =
            "QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&";

    @Test
    void theStandardsExampleHasTheCheckThatIsPrintedThere() {
        assertThat(standard(EXAMPLE_2017)).isEqualTo(0x1C80);
    }

    @Test
    void theShortestSegmentsHaveTheirChecks() {
        assertThat(standard("")).isEqualTo(0xFFFF);
        assertThat(standard("\0")).isEqualTo(0x4040);
    }

    @Test
    void eightBytesAtATimeGiveWhatTheStandardsTextGivesBitByBit() {
        Random random = new Random(212);
        byte[] bytes = new byte[400];
        random.nextBytes(bytes);
        for (int from = 0; from < 20; from++) {
            for (int to = from; to < bytes.length; to++) {
                assertThat(Crc.standard(bytes, from, to)).isEqualTo(asPrinted(bytes, from, to));
            }
        }
    }

    @Test
    void modbusIsAnotherCheckWithTheKnownValue() {
        byte[] bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(Crc.modbus(bytes, 0, 9)).isEqualTo(0x4B37);
        assertThat(Checksum.MODBUS.of(bytes, 0, 9)).isEqualTo(0x4B37);
        assertThat(Checksum.MODBUS_SWAPPED.of(bytes, 0, 9)).isEqualTo(0x374B);
    }

    private static int standard(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return Crc.standard(bytes, 0, bytes.length);
    }

    /** HJ 212-2017 appendix A, word for word. */
    private static int asPrinted(byte[] bytes, int from, int to) {
        int register = 0xFFFF;
        for (int i = from; i < to; i++) {
            register = register >> 8 ^ bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                int low = register & 1;
                register >>= 1;
                if (low == 1) register ^= 0xA001;
            }
        }
        return register;
    }
}
