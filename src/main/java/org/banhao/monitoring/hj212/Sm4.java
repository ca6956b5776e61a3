package org.banhao.monitoring.hj212;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * How HJ 212-2025 hides the content of a packet: SM4 in ECB mode without padding over each full group of 16 bytes, written as
 * {@code {0xE4,0x3E,…}}; what is left over (less than 16 bytes) stands behind it in plain. The check is made over the plain
 * segment. Immutable, and safe for several threads; never printed.
 */
public final class Sm4 {

    private static final int GROUP = 16;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;

    /** @throws IllegalArgumentException the key has not 16 bytes */
    public Sm4(byte[] key) {
        if (key.length != GROUP) throw new IllegalArgumentException("A key of SM4 has 16 bytes, not " + key.length);
        this.key = key.clone();
    }

    /** Whether a content is written as an encrypted one. */
    static boolean isHidden(byte[] bytes, int from, int to) {
        return to - from >= 6
                && bytes[from] == '{'
                && bytes[from + 1] == '0'
                && (bytes[from + 2] == 'x' || bytes[from + 2] == 'X');
    }

    /** Content in plain to content as it is written. Without a full group nothing changes. */
    byte[] hide(byte[] plain) {
        int groups = plain.length / GROUP;
        if (groups == 0) return plain.clone();
        SM4Engine engine = new SM4Engine();
        engine.init(true, new KeyParameter(key));
        byte[] cipher = new byte[groups * GROUP];
        for (int i = 0; i < cipher.length; i += GROUP) engine.processBlock(plain, i, cipher, i);
        byte[] written = new byte[cipher.length * 5 + 1 + plain.length - cipher.length];
        int at = 0;
        for (int i = 0; i < cipher.length; i++) {
            written[at++] = (byte) (i == 0 ? '{' : ',');
            written[at++] = '0';
            written[at++] = 'x';
            written[at++] = HEX[cipher[i] >> 4 & 0xF];
            written[at++] = HEX[cipher[i] & 0xF];
        }
        written[at++] = '}';
        System.arraycopy(plain, cipher.length, written, at, plain.length - cipher.length);
        return written;
    }

    /**
     * Content as it is written to content in plain.
     *
     * @param into where the plain content is put; has room for to - from bytes
     * @return the first index behind what was put, or -1 when the text between the braces is no row of full groups
     */
    int reveal(byte[] bytes, int from, int to, byte[] into, int at) {
        int i = from;
        int end = at;
        while (true) {
            // at { or ,
            i++;
            if (to - i < 5 || bytes[i] != '0' || (bytes[i + 1] | 0x20) != 'x') return -1;
            int high = Hex.digit(bytes[i + 2]);
            int low = Hex.digit(bytes[i + 3]);
            if (high < 0 || low < 0) return -1;
            into[end++] = (byte) (high << 4 | low);
            i += 4;
            if (bytes[i] == '}') break;
            if (bytes[i] != ',') return -1;
        }
        if ((end - at) % GROUP != 0) return -1;
        SM4Engine engine = new SM4Engine();
        engine.init(false, new KeyParameter(key));
        for (int group = at; group < end; group += GROUP) engine.processBlock(into, group, into, group);
        int tail = to - i - 1;
        System.arraycopy(bytes, i + 1, into, end, tail);
        return end + tail;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sm4 that && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return "SM4 key";
    }
}
