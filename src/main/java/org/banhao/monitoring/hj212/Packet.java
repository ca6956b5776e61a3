package org.banhao.monitoring.hj212;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A packet to be sent.
 *
 * @param qn 请求编码; null: not written, as in answers of 2005
 * @param pw 访问密码; null: not written
 * @param mn 设备唯一标识; null: not written
 * @param answer whether an answer is wanted
 * @param pnum 总包数; 0: this is the only one
 * @param pno 包号; 0: this is the only one
 * @param backfill RF=1, sent by HJ 212-2025 only
 * @param content what stands between {@code CP=&&} and {@code &&}, in plain
 */
public record Packet(
        @Nullable String qn,
        int st,
        int cn,
        @Nullable String pw,
        @Nullable String mn,
        boolean answer,
        int pnum,
        int pno,
        boolean backfill,
        String content) {

    /** Most bytes of a content, by HJ 212-2017 table 3. */
    public static final int LARGEST_CONTENT = 950;

    /** Room for PNUM and PNO of four digits each. */
    private static final int NUMBERS = ";PNUM=9999;PNO=9999".length();

    /** @throws IllegalArgumentException the content would end the packet before its time */
    public Packet {
        if (content.contains("&&") || content.indexOf('\r') >= 0 || content.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("A content holds neither && nor line ends");
        }
        if (!plain(qn) || !plain(pw) || !plain(mn))
            throw new IllegalArgumentException("A field of the header holds ASCII letters and digits: " + cn);
    }

    private static boolean plain(@Nullable String field) {
        if (field == null) return true;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c <= ' ' || c > '~' || c == ';' || c == ',' || c == '=' || c == '&' || c == '#') return false;
        }
        return true;
    }

    /** A packet that stands alone and wants no answer. */
    public static Packet of(
            @Nullable String qn, int st, int cn, @Nullable String pw, @Nullable String mn, String content) {
        return new Packet(qn, st, cn, pw, mn, false, 0, 0, false, content);
    }

    public Packet wantingAnswer() {
        return new Packet(qn, st, cn, pw, mn, true, pnum, pno, backfill, content);
    }

    /** Sent later, because the line was down. */
    public Packet backfilled() {
        return new Packet(qn, st, cn, pw, mn, answer, pnum, pno, true, content);
    }

    /**
     * The bytes on the line, line end included, UTF-8.
     *
     * <p>An encrypted packet declares the length it has in plain, as the examples printed in HJ 212-2025 do.
     *
     * @throws IllegalArgumentException longer than the device may be sent
     */
    public byte[] encode(Dialect dialect) {
        byte[] head = head(dialect.standard()).getBytes(StandardCharsets.UTF_8);
        byte[] plain = content.getBytes(StandardCharsets.UTF_8);
        int length = head.length + plain.length + 2;
        if (length > dialect.largest()) {
            throw new IllegalArgumentException(
                    "A segment of " + length + " bytes; " + dialect.largest() + " are allowed");
        }
        byte[] segment = new byte[length];
        System.arraycopy(head, 0, segment, 0, head.length);
        System.arraycopy(plain, 0, segment, head.length, plain.length);
        segment[length - 2] = '&';
        segment[length - 1] = '&';
        int crc = dialect.checksum().of(segment, 0, length);

        Sm4 key = dialect.key();
        byte[] sent = key != null && Dialect.concernsEncryption(cn) ? key.hide(plain) : plain;
        byte[] line = new byte[head.length + sent.length + 14];
        line[0] = '#';
        line[1] = '#';
        for (int i = 5, left = length; i > 1; i--, left /= 10) line[i] = (byte) ('0' + left % 10);
        System.arraycopy(head, 0, line, 6, head.length);
        System.arraycopy(sent, 0, line, 6 + head.length, sent.length);
        int end = 6 + head.length + sent.length;
        line[end] = '&';
        line[end + 1] = '&';
        Hex.write(crc, line, end + 2);
        line[end + 6] = '\r';
        line[end + 7] = '\n';
        return line;
    }

    /**
     * As many packets as the content needs, cut between items; each repeats DataTime and has a QN of its own, as in the
     * standard's example C.50. One that fits stays as it is.
     *
     * @param qns QN of the second packet and of those that follow
     * @throws IllegalArgumentException a single item is longer than a packet
     */
    public List<Packet> parts(Dialect dialect, Supplier<String> qns) {
        int room = dialect.largest() - bytes(head(dialect.standard())) - 2;
        if (dialect.largest() <= Dialect.STANDARD_SEGMENT) room = Math.min(room, LARGEST_CONTENT);
        if (bytes(content) <= room) return List.of(this);
        int largestContent = room - NUMBERS;
        List<String> items = items(content);
        String time = !items.isEmpty() && items.get(0).startsWith("DataTime=") ? items.remove(0) + ";" : "";
        List<String> contents = new ArrayList<>();
        StringBuilder part = new StringBuilder(time);
        for (String item : items) {
            if (part.length() > time.length() && bytes(part + item) > largestContent) {
                contents.add(part.substring(0, part.length() - 1));
                part = new StringBuilder(time);
            }
            if (bytes(part + item) > largestContent)
                throw new IllegalArgumentException("One item is too long for a packet");
            part.append(item).append(';');
        }
        contents.add(part.substring(0, part.length() - 1));
        List<Packet> parts = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            String own = i == 0 ? qn : qns.get();
            parts.add(new Packet(own, st, cn, pw, mn, answer, contents.size(), i + 1, backfill, contents.get(i)));
        }
        return parts;
    }

    private String head(Standard standard) {
        StringBuilder head = new StringBuilder(96);
        if (qn != null) head.append("QN=").append(qn).append(';');
        head.append("ST=").append(st).append(";CN=").append(cn);
        if (pw != null) head.append(";PW=").append(pw);
        if (mn != null) head.append(";MN=").append(mn);
        // answers of 2005 say nothing but their content
        if (standard != Standard.HJ_T_212_2005 || mn != null)
            head.append(";Flag=").append(standard.flag(pnum > 1, answer));
        if (pnum > 1) head.append(";PNUM=").append(pnum).append(";PNO=").append(pno);
        if (backfill && standard == Standard.HJ_212_2025) head.append(";RF=1");
        return head.append(";CP=&&").toString();
    }

    /** Cut at semicolons, except at those within // // texts. */
    private static List<String> items(String content) {
        List<String> items = new ArrayList<>();
        int begin = 0;
        boolean text = false;
        for (int i = 0; i < content.length(); i++) {
            if (content.startsWith("//", i)) {
                text = !text;
                i++;
            } else if (content.charAt(i) == ';' && !text) {
                if (i > begin) items.add(content.substring(begin, i));
                begin = i + 1;
            }
        }
        if (begin < content.length()) items.add(content.substring(begin));
        return items;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
