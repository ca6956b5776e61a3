package org.banhao.monitoring.hj212;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One packet as it was read: its fields are places in its bytes, texts are made when asked for.
 *
 * <p>The frame that a {@link Decoder} shows is overwritten by its next packet; {@link #keep} makes one that lasts, never changes
 * and may be handed to other threads. Content fields keep their order, and names that come twice stay both.
 */
public final class Frame {

    /** There is one official time in China, and no summer time since 1991. */
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private static final double[] TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };
    private static final int EXACT_DIGITS = 15;

    /** A comma stands where a semicolon should, between fields of the header. */
    static final int COMMA = 1;
    /** No semicolon before CP. */
    static final int GLUED = 2;
    /** A name of the header is not in the standard's letters. */
    static final int LETTERS = 4;
    /** A name without a value. */
    static final int NAMELESS = 8;
    /** A field of the header stands twice. */
    static final int TWICE = 16;
    /** Empty places between separators. */
    static final int EMPTY = 32;

    private static final byte[] NOTHING = {};

    byte[] wire = NOTHING;
    int wireFrom;
    int wireTo;

    /** Holds the segment in plain: the wire itself, or what was decrypted. */
    byte[] bytes = NOTHING;

    int from;
    int to;

    /** Each field: begin and end of name, begin and end of value, 16 bits each, counted from {@link #from}. */
    long[] places = new long[32];

    int headers;
    int size;
    int contentFrom;
    int contentTo;

    int declared;
    int sent;
    boolean sentInLowerCase;
    boolean encrypted;
    boolean closed;
    int oddities;

    int st;
    int cn;
    int flag;
    int pnum;
    int pno;
    int rf;
    int qn;
    int mn;
    int pw;

    Frame() {}

    void clear() {
        headers = 0;
        size = 0;
        contentFrom = 0;
        contentTo = 0;
        closed = false;
        encrypted = false;
        oddities = 0;
        st = cn = flag = pnum = pno = rf = qn = mn = pw = -1;
    }

    void add(int name, int nameEnd, int value, int valueEnd) {
        if (size == places.length) places = Arrays.copyOf(places, 2 * size);
        places[size++] = (long) (name - from) << 48
                | (long) (nameEnd - from) << 32
                | (long) (value - from) << 16
                | (valueEnd - from);
    }

    /** A copy with bytes of its own. */
    public Frame keep() {
        Frame kept = new Frame();
        kept.wire = Arrays.copyOfRange(wire, wireFrom, wireTo);
        kept.wireFrom = 0;
        kept.wireTo = kept.wire.length;
        if (bytes == wire) {
            kept.bytes = kept.wire;
            kept.from = from - wireFrom;
            kept.to = to - wireFrom;
        } else {
            kept.bytes = Arrays.copyOfRange(bytes, from, to);
            kept.from = 0;
            kept.to = to - from;
        }
        kept.contentFrom = contentFrom - from + kept.from;
        kept.contentTo = contentTo - from + kept.from;
        kept.places = Arrays.copyOf(places, size);
        kept.headers = headers;
        kept.size = size;
        kept.declared = declared;
        kept.sent = sent;
        kept.sentInLowerCase = sentInLowerCase;
        kept.encrypted = encrypted;
        kept.closed = closed;
        kept.oddities = oddities;
        kept.st = st;
        kept.cn = cn;
        kept.flag = flag;
        kept.pnum = pnum;
        kept.pno = pno;
        kept.rf = rf;
        kept.qn = qn;
        kept.mn = mn;
        kept.pw = pw;
        return kept;
    }

    /** 系统编码 ST; -1: none, or no number. */
    public int st() {
        return st;
    }

    /** 命令编码 CN; -1: none, or no number. */
    public int cn() {
        return cn;
    }

    /** Flag; -1: none, as in many packets of 2005. */
    public int flag() {
        return flag;
    }

    /** Bit A of Flag. */
    public boolean answerWanted() {
        return flag >= 0 && (flag & 1) != 0;
    }

    /** Whether this is one of several packets. */
    public boolean split() {
        return pnum > 1 && pno >= 1;
    }

    /** 总包数 PNUM; -1: none. */
    public int pnum() {
        return pnum;
    }

    /** 包号 PNO, from 1; -1: none. */
    public int pno() {
        return pno;
    }

    /** RF=1 of HJ 212-2025: sent again later, because the line was down. */
    public boolean backfill() {
        return rf == 1;
    }

    /** Whether the content came encrypted. */
    public boolean encrypted() {
        return encrypted;
    }

    /** 请求编码 QN; empty when there is none. */
    public String qn() {
        return value(qn);
    }

    /** 设备唯一标识 MN; empty when there is none. */
    public String mn() {
        return value(mn);
    }

    /** 访问密码 PW; empty when there is none. */
    public String pw() {
        return value(pw);
    }

    /** As {@code mn().equals(other)}, without making a text. */
    public boolean isOf(String other) {
        if (mn < 0) return other.isEmpty();
        long place = places[mn];
        return is(valueFrom(place), valueTo(place), other);
    }

    /** How many fields the content has. */
    public int size() {
        return size - headers;
    }

    /** Name of a content field: w01018-Rtd. */
    public String name(int index) {
        long place = places[headers + index];
        return text(nameFrom(place), nameTo(place));
    }

    /** What a content field says, as it was sent. */
    public String text(int index) {
        return value(headers + index);
    }

    /** As {@code name(index).equals(name)}, without making a text. */
    public boolean named(int index, String name) {
        long place = places[headers + index];
        return is(nameFrom(place), nameTo(place), name);
    }

    /** Name of a content field up to its first hyphen: w01018. */
    public String factor(int index) {
        long place = places[headers + index];
        return text(nameFrom(place), hyphen(place));
    }

    /** Name of a content field behind its first hyphen: Rtd; empty without a hyphen. */
    public String suffix(int index) {
        long place = places[headers + index];
        return text(Math.min(hyphen(place) + 1, nameTo(place)), nameTo(place));
    }

    /** Index of the first content field of that name, or -1. */
    public int find(String name) {
        for (int i = 0; i < size(); i++) if (named(i, name)) return i;
        return -1;
    }

    /** Text of the first content field of that name; null: there is none. */
    public @Nullable String value(String name) {
        int index = find(name);
        return index < 0 ? null : text(index);
    }

    /** Whether a content field is a plain decimal number: sign, digits, one point. */
    public boolean isNumber(int index) {
        return !Double.isNaN(number(index));
    }

    /** A content field as the nearest double; NaN when it is no plain decimal number. */
    public double number(int index) {
        long place = places[headers + index];
        int i = valueFrom(place);
        int end = valueTo(place);
        byte[] b = bytes;
        boolean negative = false;
        if (i < end && (b[i] == '-' || b[i] == '+')) negative = b[i++] == '-';
        long digits = 0;
        int seen = 0;
        int point = -1;
        for (; i < end; i++) {
            int digit = b[i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                seen++;
            } else if (b[i] == '.' && point < 0) {
                point = seen;
            } else {
                return Double.NaN;
            }
        }
        if (seen == 0) return Double.NaN;
        if (seen > EXACT_DIGITS) return Double.parseDouble(value(headers + index));
        double number = point < 0 ? digits : digits / TEN[seen - point];
        return negative ? -number : number;
    }

    /** A content field as it was written, trailing zeros and all; null when it is no plain decimal number. */
    public @Nullable BigDecimal decimal(int index) {
        return isNumber(index) ? new BigDecimal(text(index)) : null;
    }

    /**
     * DataTime of the content, which of minutes, hours and days is where the period begins.
     *
     * @return null when there is none, or it is no moment yyyyMMddHHmmss
     */
    public @Nullable Instant dataTime() {
        return moment("DataTime");
    }

    /** A content field as a moment in China (yyyyMMddHHmmss, milliseconds may follow); null when there is none. */
    public @Nullable Instant moment(String name) {
        int index = find(name);
        if (index < 0) return null;
        long place = places[headers + index];
        int at = valueFrom(place);
        int length = valueTo(place) - at;
        if (length != 14 && length != 17) return null;
        for (int i = at; i < at + length; i++) if (bytes[i] < '0' || bytes[i] > '9') return null;
        try {
            return LocalDateTime.of(
                            digits(at, 4),
                            digits(at + 4, 2),
                            digits(at + 6, 2),
                            digits(at + 8, 2),
                            digits(at + 10, 2),
                            digits(at + 12, 2),
                            length == 17 ? digits(at + 14, 3) * 1_000_000 : 0)
                    .toInstant(CHINA);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Everything between {@code CP=&&} and {@code &&}, in plain. */
    public String content() {
        return text(contentFrom, contentTo);
    }

    /** The data segment in plain. */
    public String segment() {
        return text(from, to);
    }

    /** The packet as it came, from {@code ##} to its check, without a line end: what is kept as evidence. */
    public byte[] wire() {
        return Arrays.copyOfRange(wire, wireFrom, wireTo);
    }

    /** The header and the fields, to be sent: for answers and simulated devices. */
    public Packet packet() {
        return new Packet(
                qn < 0 ? null : qn(),
                st,
                cn,
                pw < 0 ? null : pw(),
                mn < 0 ? null : mn(),
                answerWanted(),
                Math.max(pnum, 0),
                Math.max(pno, 0),
                backfill(),
                content());
    }

    @Override
    public String toString() {
        return "Frame[MN=" + mn() + ", QN=" + qn() + ", CN=" + cn + "]";
    }

    int headers() {
        return headers;
    }

    String headerName(int index) {
        long place = places[index];
        return text(nameFrom(place), nameTo(place));
    }

    String headerText(int index) {
        return value(index);
    }

    private String value(int place) {
        return place < 0 ? "" : text(valueFrom(places[place]), valueTo(places[place]));
    }

    private String text(int begin, int end) {
        return new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    }

    private int hyphen(long place) {
        int i = nameFrom(place);
        while (i < nameTo(place) && bytes[i] != '-') i++;
        return i;
    }

    private boolean is(int begin, int end, String other) {
        if (end - begin != other.length()) return false;
        for (int i = 0; i < other.length(); i++) if (bytes[begin + i] != other.charAt(i)) return false;
        return true;
    }

    private int digits(int at, int count) {
        int number = 0;
        for (int i = at; i < at + count; i++) number = number * 10 + bytes[i] - '0';
        return number;
    }

    private int nameFrom(long place) {
        return from + (int) (place >>> 48);
    }

    private int nameTo(long place) {
        return from + (int) (place >>> 32 & 0xFFFF);
    }

    private int valueFrom(long place) {
        return from + (int) (place >>> 16 & 0xFFFF);
    }

    private int valueTo(long place) {
        return from + (int) (place & 0xFFFF);
    }
}
