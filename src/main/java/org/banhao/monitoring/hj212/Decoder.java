package org.banhao.monitoring.hj212;

/**
 * Reads packets. Two steps, because whose packet it is stands in it: {@link #read} takes it apart, {@link #verify} checks it
 * against what its device is allowed to speak. One decoder for one thread; it makes no garbage.
 */
public final class Decoder {

    /** Places in a frame have 16 bits. */
    private static final int MOST = 0xFFFF;

    private final Frame frame = new Frame();
    private byte[] plain = {};

    /** What was read last; changes with the next packet. */
    public Frame frame() {
        return frame;
    }

    /** {@link #read} and {@link #verify}. */
    public Verdict decode(byte[] packet, int from, int to, Dialect dialect) {
        Verdict verdict = read(packet, from, to);
        return verdict == Verdict.VALID ? verify(dialect) : verdict;
    }

    /**
     * Takes a packet apart, from its {@code ##} to behind its check, as a {@link Framer} finds it. Nothing is trusted yet: the
     * header only says whose packet it claims to be.
     *
     * @return {@link Verdict#VALID} when it can be verified; the fields of a malformed one can be read nevertheless
     */
    public Verdict read(byte[] packet, int from, int to) {
        Frame f = frame;
        f.clear();
        f.wire = packet;
        f.wireFrom = from;
        f.wireTo = to;
        f.bytes = packet;
        f.from = f.to = from;
        f.declared = 0;
        f.sent = -1;
        if (to - from < 7 || to - from > MOST || packet[from] != '#' || packet[from + 1] != '#')
            return Verdict.NOT_A_PACKET;
        int check = to - 4;
        int i = from + 2;
        while (i < from + 6 && i < check && packet[i] >= '0' && packet[i] <= '9') {
            f.declared = f.declared * 10 + packet[i++] - '0';
        }
        f.sent = Hex.four(packet, check);
        if (i == from + 2 || f.sent < 0) return Verdict.NOT_A_PACKET;
        f.sentInLowerCase = packet[check] >= 'a'
                || packet[check + 1] >= 'a'
                || packet[check + 2] >= 'a'
                || packet[check + 3] >= 'a';
        f.from = i;
        f.to = check;
        f.contentFrom = f.contentTo = check;
        scan(f, packet, i, check);
        return f.closed && f.cn >= 0 ? Verdict.VALID : Verdict.MALFORMED;
    }

    /** Checks what was read last; decrypts it first, when it is encrypted. */
    public Verdict verify(Dialect dialect) {
        Frame f = frame;
        if (Sm4.isHidden(f.bytes, f.contentFrom, f.contentTo)) {
            if (dialect.key() == null || !reveal(dialect.key())) return Verdict.UNREADABLE;
        } else if (dialect.encryptionRequired() && Dialect.concernsEncryption(f.cn)) {
            return Verdict.PLAIN_REFUSED;
        }
        if (f.to - f.from > dialect.largest()) return Verdict.TOO_LONG;
        if (f.sentInLowerCase && !dialect.lowerCase()) return Verdict.CHECKSUM_WRONG;
        return dialect.checksum().of(f.bytes, f.from, f.to) == f.sent ? Verdict.VALID : Verdict.CHECKSUM_WRONG;
    }

    private boolean reveal(Sm4 key) {
        Frame f = frame;
        int most = f.to - f.from;
        if (plain.length < most) plain = new byte[most];
        int head = f.contentFrom - f.from;
        System.arraycopy(f.bytes, f.from, plain, 0, head);
        int end = key.reveal(f.bytes, f.contentFrom, f.contentTo, plain, head);
        if (end < 0) return false;
        plain[end++] = '&';
        plain[end++] = '&';
        f.clear();
        f.bytes = plain;
        f.from = 0;
        f.to = end;
        scan(f, plain, 0, end);
        f.encrypted = true;
        // a wrong key makes noise: the content may then say anything, also that it ends early
        return f.closed && f.cn >= 0;
    }

    private static void scan(Frame f, byte[] b, int from, int to) {
        int i = from;
        while (i < to) {
            byte c = b[i];
            if (c == ';' || c == ',') {
                f.oddities |= Frame.EMPTY;
                i++;
                continue;
            }
            int name = i;
            while (i < to && (c = b[i]) != '=' && c != ';' && c != ',') i++;
            int nameEnd = i;
            if (i == to || c != '=') {
                f.oddities |= Frame.NAMELESS;
                f.add(name, nameEnd, nameEnd, nameEnd);
                f.headers++;
                i++;
                continue;
            }
            i++;
            if (isContent(b, name, nameEnd)) {
                content(f, b, i, to);
                return;
            }
            int value = i;
            while (i < to && (c = b[i]) != ';' && c != ',') {
                if (c == '=' && i - value >= 2 && isContent(b, i - 2, i)) {
                    f.oddities |= Frame.GLUED;
                    header(f, b, name, nameEnd, value, i - 2);
                    content(f, b, i + 1, to);
                    return;
                }
                i++;
            }
            header(f, b, name, nameEnd, value, i);
            if (i < to && c == ',') f.oddities |= Frame.COMMA;
            i++;
        }
    }

    private static boolean isContent(byte[] b, int name, int end) {
        return end - name == 2 && b[name] == 'C' && b[name + 1] == 'P';
    }

    private static void content(Frame f, byte[] b, int at, int to) {
        if (to - at < 4 || b[at] != '&' || b[at + 1] != '&' || b[to - 1] != '&' || b[to - 2] != '&') {
            f.contentFrom = Math.min(at, to);
            f.contentTo = to;
            return;
        }
        f.closed = true;
        int i = f.contentFrom = at + 2;
        int end = f.contentTo = to - 2;
        byte c = 0;
        while (i < end) {
            int name = i;
            while (i < end && (c = b[i]) != '=' && c != ';' && c != ',') i++;
            int nameEnd = i;
            int value = i;
            if (i < end && c == '=') {
                value = ++i;
                if (i + 1 < end && b[i] == '/' && b[i + 1] == '/') i = closing(b, i + 2, end);
                while (i < end && (c = b[i]) != ';' && c != ',') i++;
            } else if (i == name) {
                i++;
                continue;
            } else {
                f.oddities |= Frame.NAMELESS;
            }
            f.add(name, nameEnd, value, i);
            i++;
        }
    }

    /** Behind the // that closes a text, which may hold anything; where it begins when nothing closes it. */
    private static int closing(byte[] b, int at, int end) {
        for (int i = at; i + 1 < end; i++) if (b[i] == '/' && b[i + 1] == '/') return i + 2;
        return at;
    }

    private static void header(Frame f, byte[] b, int name, int nameEnd, int value, int valueEnd) {
        int place = f.size;
        f.add(name, nameEnd, value, valueEnd);
        f.headers++;
        switch (nameEnd - name) {
            case 2 -> {
                int first = b[name] & ~0x20;
                int second = b[name + 1] & ~0x20;
                if (first != b[name] || second != b[name + 1]) f.oddities |= Frame.LETTERS;
                switch (first << 8 | second) {
                    case 'Q' << 8 | 'N' -> f.qn = once(f, f.qn, place);
                    case 'M' << 8 | 'N' -> f.mn = once(f, f.mn, place);
                    case 'P' << 8 | 'W' -> f.pw = once(f, f.pw, place);
                    case 'S' << 8 | 'T' -> f.st = once(f, f.st, number(b, value, valueEnd));
                    case 'C' << 8 | 'N' -> f.cn = once(f, f.cn, number(b, value, valueEnd));
                    case 'R' << 8 | 'F' -> f.rf = once(f, f.rf, number(b, value, valueEnd));
                    default -> {
                        // a field that the standard does not know stays in the list
                    }
                }
            }
            case 3 -> {
                if (is(b, name, "PNO")) f.pno = once(f, f.pno, number(b, value, valueEnd));
            }
            case 4 -> {
                if (is(b, name, "FLAG")) {
                    if (b[name] != 'F' || b[name + 1] != 'l' || b[name + 2] != 'a' || b[name + 3] != 'g') {
                        f.oddities |= Frame.LETTERS;
                    }
                    f.flag = once(f, f.flag, number(b, value, valueEnd));
                } else if (is(b, name, "PNUM")) {
                    f.pnum = once(f, f.pnum, number(b, value, valueEnd));
                }
            }
            default -> {
                // as above
            }
        }
    }

    private static int once(Frame f, int before, int now) {
        if (before < 0) return now;
        f.oddities |= Frame.TWICE;
        return before;
    }

    /** In any letters. */
    private static boolean is(byte[] b, int at, String upper) {
        for (int i = 0; i < upper.length(); i++) if ((b[at + i] & ~0x20) != upper.charAt(i)) return false;
        return true;
    }

    /** @return -1 for what is no number of up to nine digits */
    private static int number(byte[] b, int from, int to) {
        if (from == to || to - from > 9) return -1;
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9) return -1;
            number = number * 10 + digit;
        }
        return number;
    }
}
