package org.banhao.monitoring.hj212;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The check of HJ 212 (HJ 212-2017 appendix A) and the one it is often mistaken for.
 *
 * <p>The standard moves the register before it adds a byte: {@code reg = (reg >> 8) ^ byte}, then eight steps with 0xA001.
 * So only the register's high byte reaches the next step, and what that byte becomes is linear over GF(2). Eight bytes
 * are therefore one sum of eight looked-up bytes that do not wait for each other.
 */
public final class Crc {

    private static final int SEED = 0xFFFF;

    /** Register after the eight steps, by its low byte before them. */
    private static final char[] STEP = new char[256];

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** High byte of the register n bytes later. */
    private static final byte[] AFTER_1 = new byte[256];

    private static final byte[] AFTER_2;
    private static final byte[] AFTER_3;
    private static final byte[] AFTER_4;
    private static final byte[] AFTER_5;
    private static final byte[] AFTER_6;
    private static final byte[] AFTER_7;
    private static final byte[] AFTER_8;

    static {
        for (int i = 0; i < 256; i++) {
            int register = i;
            for (int bit = 0; bit < 8; bit++) {
                register = (register & 1) == 0 ? register >> 1 : register >> 1 ^ 0xA001;
            }
            STEP[i] = (char) register;
            AFTER_1[i] = (byte) (register >> 8);
        }
        AFTER_2 = next(AFTER_1);
        AFTER_3 = next(AFTER_2);
        AFTER_4 = next(AFTER_3);
        AFTER_5 = next(AFTER_4);
        AFTER_6 = next(AFTER_5);
        AFTER_7 = next(AFTER_6);
        AFTER_8 = next(AFTER_7);
    }

    private Crc() {}

    /** The standard's check of the bytes from (inclusive) to (exclusive): 0 to 0xFFFF. */
    public static int standard(byte[] bytes, int from, int to) {
        if (from == to) return SEED;
        int high = SEED >> 8;
        int i = from;
        // the last byte is left over: it makes the whole register
        for (; to - i > 8; i += 8) {
            long eight = (long) EIGHT.get(bytes, i) ^ high;
            int low = (int) eight;
            int top = (int) (eight >>> 32);
            high = (AFTER_8[low & 0xFF]
                            ^ AFTER_7[low >>> 8 & 0xFF]
                            ^ AFTER_6[low >>> 16 & 0xFF]
                            ^ AFTER_5[low >>> 24]
                            ^ AFTER_4[top & 0xFF]
                            ^ AFTER_3[top >>> 8 & 0xFF]
                            ^ AFTER_2[top >>> 16 & 0xFF]
                            ^ AFTER_1[top >>> 24])
                    & 0xFF;
        }
        for (; i < to - 1; i++) high = AFTER_1[(high ^ bytes[i]) & 0xFF] & 0xFF;
        return STEP[(high ^ bytes[i]) & 0xFF];
    }

    /** CRC-16/MODBUS, which some devices send in its place. */
    public static int modbus(byte[] bytes, int from, int to) {
        int register = SEED;
        for (int i = from; i < to; i++) register = register >> 8 ^ STEP[(register ^ bytes[i]) & 0xFF];
        return register;
    }

    private static byte[] next(byte[] before) {
        byte[] after = new byte[256];
        for (int i = 0; i < 256; i++) after[i] = AFTER_1[before[i] & 0xFF];
        return after;
    }
}
