package org.banhao.monitoring.hj212;

import java.util.Arrays;

/**
 * Finds packets in a stream of bytes, however it is cut.
 *
 * <p>A packet ends where four hexadecimal digits stand before a line end (or before the next {@code ##}) and either
 * {@code &&} or the declared length before them. The declared length alone is never waited for: devices declare wrong ones, and
 * encrypted packets of HJ 212-2025 declare the length they had in plain. What belongs to no packet is skipped and counted.
 * Which packets are found depends on the bytes alone, never on how they were cut. Memory is bounded by the largest packet;
 * each byte is looked at a bounded number of times.
 */
public final class Framer {

    /** Takes packets. */
    @FunctionalInterface
    public interface Packets {

        /**
         * One packet from its {@code ##} (inclusive) to behind the last digit of its check (exclusive), not yet checked.
         * The bytes are the framer's own: they change after this call returns.
         */
        void packet(byte[] bytes, int from, int to);
    }

    /** {@code ##}, length, check, and a line end. */
    private static final int FRAME = 2 + 4 + 4 + 2;
    /** Encrypted contents take five characters a byte. */
    private static final int LARGEST = 5 * Dialect.STANDARD_SEGMENT + FRAME;

    private static final int FIRST_BUFFER = 2048;

    private final int largest;

    private byte[] buffer = new byte[FIRST_BUFFER];
    private int end;
    /** Where the packet that is looked at begins. Before it nothing is needed any more. */
    private int start;
    /** Where looking goes on; from start on. */
    private int next;
    /** Whether {@code ##} and a digit stand at start. */
    private boolean inPacket;

    private long skipped;
    private long packets;

    /** For devices that keep to the standard's lengths, encrypted or not, with room for oversize ones. */
    public Framer() {
        this(Math.max(LARGEST, Dialect.LARGEST_SEGMENT + FRAME));
    }

    /** @param largest most bytes of a packet on the line */
    Framer(int largest) {
        this.largest = largest;
    }

    /** Bytes that belonged to no packet; line ends are not counted. */
    public long skipped() {
        return skipped;
    }

    /** Packets found. */
    public long packets() {
        return packets;
    }

    /** Bytes that are kept because their packet has not ended. */
    public int waiting() {
        return end - start;
    }

    /** Takes the bytes from (inclusive) to (exclusive), and hands over each packet that ends among them. */
    public void feed(byte[] bytes, int from, int to, Packets sink) {
        int at = from;
        while (at < to) {
            int portion = Math.min(room(to - at), to - at);
            System.arraycopy(bytes, at, buffer, end, portion);
            end += portion;
            at += portion;
            find(sink, false);
        }
    }

    /**
     * Nothing more comes, or has not for long enough: hands over a packet that only lacks its line end, forgets everything else.
     */
    public void end(Packets sink) {
        find(sink, true);
        if (inPacket && endsAt(end)) {
            hand(sink, end);
        } else {
            skip(end);
        }
        start = end = next = 0;
        inPacket = false;
    }

    /**
     * Nothing came for a while, more may follow: hands over a packet of exactly the declared length that only lacks its line end,
     * as some devices never send one. Anything else goes on waiting.
     */
    public void pause(Packets sink) {
        if (inPacket && end - 4 >= start + 3 && Hex.four(buffer, end - 4) >= 0 && isDeclared(end - 4)) hand(sink, end);
    }

    private int room(int wanted) {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            next -= start;
            start = 0;
        }
        if (buffer.length - end < wanted && buffer.length < 2 * largest) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * largest, Math.max(end + wanted, 2 * buffer.length)));
        }
        return buffer.length - end;
    }

    private void find(Packets sink, boolean last) {
        while (inPacket ? endOfPacket(sink, last) : beginOfPacket(last)) {}
    }

    /** @return whether a packet begins at start now; else everything that can be none is skipped */
    private boolean beginOfPacket(boolean last) {
        byte[] b = buffer;
        int i = start;
        for (; i + 2 < end; i++) {
            if (b[i] == '#' && b[i + 1] == '#' && isDigit(b[i + 2])) {
                skip(i);
                next = i + 3;
                inPacket = true;
                return true;
            }
        }
        // the last two may become one
        while (!last && i < end && !(b[i] == '#' && (i + 1 == end || b[i + 1] == '#'))) i++;
        skip(last ? end : i);
        return false;
    }

    /** @return whether there is something to go on with */
    private boolean endOfPacket(Packets sink, boolean last) {
        byte[] b = buffer;
        int i = next;
        int limit = Math.min(end, start + largest);
        for (; i < limit; i++) {
            byte c = b[i];
            if (c > '#') continue;
            if (c == '\r' || c == '\n') {
                if (endsAt(i)) {
                    hand(sink, i);
                    return true;
                }
            } else if (c == '#') {
                if (i + 1 == end && !last) break;
                if (i + 1 < end && b[i + 1] == '#') {
                    if (endsAt(i)) {
                        hand(sink, i);
                        return true;
                    }
                    int begins = begins(i + 2, last);
                    if (begins == 0) break;
                    if (begins > 0) {
                        skip(i);
                        next = i + 3;
                        return true;
                    }
                }
            }
        }
        next = i;
        if (i == start + largest) {
            // too long for a packet; had one begun within, it would have been seen
            skip(i);
            inPacket = false;
            return true;
        }
        return false;
    }

    /** Whether the length and the name of a first field stand here. @return 1 yes, -1 no, 0 not to be told yet */
    private int begins(int at, boolean last) {
        byte[] b = buffer;
        int i = at;
        while (i < end && i < at + 4 && isDigit(b[i])) i++;
        if (i == end && !last) return 0;
        if (i == at || i == end) return -1;
        for (int letters = 0; letters < 2; letters++, i++) {
            if (i == end) return last ? -1 : 0;
            byte upper = (byte) (b[i] & ~0x20);
            if (upper < 'A' || upper > 'Z') return -1;
        }
        if (i == end) return last ? -1 : 0;
        return b[i] == '=' ? 1 : -1;
    }

    /** Whether what began at start ends right before this index. */
    private boolean endsAt(int at) {
        int check = at - 4;
        if (check < start + 3 || Hex.four(buffer, check) < 0) return false;
        if (check >= start + 5 && buffer[check - 1] == '&' && buffer[check - 2] == '&') return true;
        return isDeclared(check);
    }

    private boolean isDeclared(int check) {
        int declared = 0;
        int i = start + 2;
        while (i < start + 6 && i < check && isDigit(buffer[i])) declared = declared * 10 + buffer[i++] - '0';
        return i + declared == check;
    }

    private void hand(Packets sink, int to) {
        int from = start;
        packets++;
        start = next = to;
        inPacket = false;
        sink.packet(buffer, from, to);
    }

    private void skip(int to) {
        for (int i = start; i < to; i++) if (buffer[i] != '\r' && buffer[i] != '\n') skipped++;
        start = to;
        next = Math.max(next, to);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
