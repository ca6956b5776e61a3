package org.banhao.monitoring.hj212;

/** Hexadecimal digits in ASCII. */
final class Hex {

    private Hex() {}

    /** @return 0 to 15, or -1 for what is no digit */
    static int digit(byte b) {
        if (b >= '0' && b <= '9') return b - '0';
        if (b >= 'A' && b <= 'F') return b - 'A' + 10;
        if (b >= 'a' && b <= 'f') return b - 'a' + 10;
        return -1;
    }

    /** @return the number that four digits write, or -1 */
    static int four(byte[] bytes, int at) {
        int number = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = digit(bytes[i]);
            if (digit < 0) return -1;
            number = number << 4 | digit;
        }
        return number;
    }

    /** As {@link #text}, at this place. */
    static void write(int number, byte[] into, int at) {
        for (int i = 0; i < 4; i++) {
            int digit = number >> 12 - 4 * i & 0xF;
            into[at + i] = (byte) (digit < 10 ? '0' + digit : 'A' - 10 + digit);
        }
    }

    /** Four digits, upper case. */
    static String text(int number) {
        StringBuilder text = new StringBuilder(4);
        for (int shift = 12; shift >= 0; shift -= 4) {
            text.append(Character.toUpperCase(Character.forDigit(number >> shift & 0xF, 16)));
        }
        return text.toString();
    }
}
