package org.banhao.monitoring.hj212;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say about a packet, for people who look for a device's mistake.
 *
 * @param verdict what the gateway would do with it
 * @param declared length that the packet declares; -1: none
 * @param length bytes of the segment as it was sent
 * @param crcExpected check that the segment should carry, in four digits; empty when it is no packet
 * @param crcActual check that was sent, as it was sent; empty when it is no packet
 * @param segment data segment, in plain when it could be decrypted
 * @param fields header and content, in their order
 * @param problems sentences in Chinese, errors first
 */
public record Inspection(
        Verdict verdict,
        int declared,
        int length,
        String crcExpected,
        String crcActual,
        String segment,
        List<Field> fields,
        List<Problem> problems) {

    /**
     * @param header whether it stands before CP
     * @param meaning in Chinese; empty when the code is not known
     */
    public record Field(boolean header, String name, String value, String meaning) {}

    /** @param error whether the packet is refused because of it; else it is read, but does not conform */
    public record Problem(boolean error, String sentence) {}

    /** Whether the gateway would take it. */
    public boolean valid() {
        return verdict == Verdict.VALID;
    }

    /** Inspects the first packet in a text, which may lack its line end. Never throws for what the text says. */
    public static Inspection of(String text, Dialect dialect) {
        return of(text.getBytes(StandardCharsets.UTF_8), dialect);
    }

    /** Inspects the first packet in these bytes, which may lack its line end. Never throws for what they say. */
    public static Inspection of(byte[] bytes, Dialect dialect) {
        byte[][] first = new byte[1][];
        int[] count = new int[1];
        Framer framer = new Framer();
        Framer.Packets collect = (buffer, from, to) -> {
            if (count[0]++ == 0) first[0] = java.util.Arrays.copyOfRange(buffer, from, to);
        };
        framer.feed(bytes, 0, bytes.length, collect);
        framer.end(collect);
        byte[] packet = first[0];
        if (packet == null) {
            return new Inspection(
                    Verdict.NOT_A_PACKET,
                    -1,
                    bytes.length,
                    "",
                    "",
                    "",
                    List.of(),
                    List.of(new Problem(true, whyNone(bytes))));
        }
        Decoder decoder = new Decoder();
        Verdict verdict = decoder.decode(packet, 0, packet.length, dialect);
        return new Look(decoder.frame(), packet, verdict, dialect).result(framer.skipped(), count[0]);
    }

    private static String whyNone(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf("##");
        if (begin < 0) return "没有找到包头“##”，请从“##”开始粘贴整条报文。";
        if (text.length() < begin + 3 || !Character.isDigit(text.charAt(begin + 2))) {
            return "包头“##”之后应是四位十进制长度。";
        }
        return "没有找到包尾：数据段应以“&&”结束，后接四位十六进制CRC和回车换行。";
    }

    /** One look at one packet. */
    private static final class Look {

        private final Frame frame;
        private final byte[] packet;
        private final Verdict verdict;
        private final Dialect dialect;
        private final List<Problem> errors = new ArrayList<>();
        private final List<Problem> notes = new ArrayList<>();

        Look(Frame frame, byte[] packet, Verdict verdict, Dialect dialect) {
            this.frame = frame;
            this.packet = packet;
            this.verdict = verdict;
            this.dialect = dialect;
        }

        Inspection result(long skipped, int packets) {
            int digits = 0;
            while (digits < 4 && packet[2 + digits] >= '0' && packet[2 + digits] <= '9') digits++;
            int length = packet.length - 6 - digits;
            String actual = new String(packet, packet.length - 4, 4, StandardCharsets.US_ASCII);
            String expected = Hex.text(dialect.checksum().of(frame.bytes, frame.from, frame.to));
            boolean hidden = !frame.encrypted() && Sm4.isHidden(frame.bytes, frame.contentFrom, frame.contentTo);

            if (!verdict.equals(Verdict.VALID)) refusal(expected, actual, length, hidden);
            length(digits, length);
            header();
            content(hidden);
            if (skipped > 0) note("报文之外有" + skipped + "个字节不属于任何报文，已跳过。");
            if (packets > 1) note("共有" + packets + "条报文，这里只检查第一条。");
            errors.addAll(notes);
            return new Inspection(
                    verdict,
                    frame.declared,
                    length,
                    hidden ? "" : expected,
                    actual,
                    frame.segment(),
                    fields(),
                    List.copyOf(errors));
        }

        private void refusal(String expected, String actual, int length, boolean hidden) {
            switch (verdict) {
                case CHECKSUM_WRONG -> {
                    if (expected.equalsIgnoreCase(actual)) {
                        error("CRC应写成大写" + expected + "，报文中是" + actual + "。");
                    } else {
                        error("CRC应为" + expected + "，报文中是" + actual + "。" + cause(Integer.parseInt(actual, 16)));
                    }
                }
                case TOO_LONG -> error("数据段有" + (frame.to - frame.from) + "字节，最多" + dialect.largest() + "字节。");
                case MALFORMED -> {
                    if (frame.cn() < 0) error("没有命令编码CN，或CN不是数字。");
                    if (!frame.closed) error("数据区应写成“CP=&&…&&”，并且“&&”之后紧接CRC。");
                }
                case UNREADABLE ->
                    error(dialect.key() == null ? "数据区已加密，请先为该设备设置密钥。" : "密文应写成“{0xE4,0x3E,…}”，字节数应是16的倍数。");
                default -> error(verdict.sentence() + "。");
            }
        }

        /** A guess that spares the next telephone call. */
        private String cause(int sent) {
            for (Checksum other : Checksum.values()) {
                if (other != dialect.checksum() && other.of(frame.bytes, frame.from, frame.to) == sent) {
                    return switch (other) {
                        case STANDARD -> "报文用的是标准CRC，请核对该设备的校验设置。";
                        case MODBUS -> "设备用的是CRC-16/Modbus算法，不是标准附录A的算法。";
                        case MODBUS_SWAPPED -> "设备用的是CRC-16/Modbus算法，并且高低字节颠倒。";
                    };
                }
            }
            int swapped = (sent & 0xFF) << 8 | sent >> 8;
            if (Crc.standard(frame.bytes, frame.from, frame.to) == swapped) return "设备把CRC的高低字节写颠倒了。";
            return frame.encrypted() ? "也可能是密钥不一致。" : "报文在传输中损坏，或设备的算法有误。";
        }

        private void length(int digits, int length) {
            if (digits < 4) note("数据段长度应写成四位数字，不足补零，报文中只有" + digits + "位。");
            int plain = frame.to - frame.from;
            if (frame.declared != length && frame.declared != plain) {
                note("数据段长度写的是" + frame.declared + "，实际是" + length + "字节。");
            }
            if (plain > Dialect.STANDARD_SEGMENT
                    && verdict != Verdict.TOO_LONG
                    && !Sm4.isHidden(frame.bytes, frame.contentFrom, frame.contentTo)) {
                note("数据段有" + plain + "字节，超过标准规定的" + Dialect.STANDARD_SEGMENT + "字节。");
            }
            if (frame.sentInLowerCase && verdict == Verdict.VALID) note("CRC应写成大写。");
        }

        private void header() {
            boolean old = dialect.standard() == Standard.HJ_T_212_2005;
            String qn = frame.qn();
            if (qn.isEmpty()) {
                if (!old) note("没有请求编码QN，应答无法与报文对应。");
            } else if (qn.length() != 17 || !digits(qn)) {
                note("请求编码QN应是17位数字（年月日时分秒毫秒），报文中是“" + qn + "”。");
            }
            if (frame.st() < 0) {
                note("没有系统编码ST，或ST不是数字。");
            } else if (Words.system(frame.st()) == null) {
                note("系统编码ST=" + frame.st() + "不在标准之内。");
            }
            if (frame.cn() >= 0 && Words.command(frame.cn()) == null) note("命令编码CN=" + frame.cn() + "不在标准之内。");
            if (frame.mn().isEmpty()) {
                note("没有设备唯一标识MN，无法知道是哪台设备。");
            } else if (!old && frame.mn().length() != 24) {
                note("设备唯一标识MN应是24个字符，报文中是" + frame.mn().length() + "个。");
            }
            if (!old && frame.pw().length() != 6) note("访问密码PW应是6个字符。");
            flag(old);
            if (frame.rf >= 0 && frame.rf != 1) note("补传标记RF只能是1，非补传的报文不写RF。");
            if ((frame.oddities & Frame.COMMA) != 0) note("CP之前的字段之间应用分号，报文中用了逗号。");
            if ((frame.oddities & Frame.GLUED) != 0) note("CP之前缺少分号。");
            if ((frame.oddities & Frame.LETTERS) != 0) note("字段名区分大小写，报文中的写法与标准不同。");
            if ((frame.oddities & Frame.TWICE) != 0) note("CP之前有字段写了两次，以第一个为准。");
            if ((frame.oddities & Frame.EMPTY) != 0) note("CP之前有多余的分隔符。");
            if ((frame.oddities & Frame.NAMELESS) != 0) note("有字段没有写成“名称=值”。");
        }

        private void flag(boolean old) {
            if (frame.flag() < 0) {
                if (!old) note("没有标志Flag，无法知道是否需要应答。");
                return;
            }
            if (frame.flag() > 255) note("标志Flag应在0至255之间。");
            if (frame.flag() >> 2 != dialect.standard().version()) {
                note("标志Flag=" + frame.flag() + "的版本号与" + dialect.standard().title() + "不符。");
            }
            boolean numbers = frame.pnum() >= 0 || frame.pno() >= 0;
            if ((frame.flag() & 2) != 0 && (frame.pnum() < 1 || frame.pno() < 1))
                note("标志Flag表示有拆分包，却没有总包数PNUM和包号PNO。");
            if ((frame.flag() & 2) == 0 && numbers) note("有总包数PNUM或包号PNO，但标志Flag没有表示拆分包。");
            if (frame.pnum() >= 1 && frame.pno() > frame.pnum()) note("包号PNO大于总包数PNUM。");
        }

        private void content(boolean hidden) {
            if (hidden) return;
            Set<String> names = new HashSet<>();
            for (int i = 0; i < frame.size(); i++) {
                String name = frame.name(i);
                String value = frame.text(i);
                String suffix = frame.suffix(i);
                if (!names.add(name)) note("“" + name + "”写了两次。");
                if (suffix.equals("Flag") && Words.mark(value) == null) {
                    note("“" + name + "”的数据标记“" + value + "”不在标准之内。");
                } else if (isMeasured(suffix) && !frame.isNumber(i) && frame.st() != 45) {
                    note("“" + name + "”的值“" + value + "”不是数字。");
                } else if (name.endsWith("Time")
                        && digits(value)
                        && value.length() >= 14
                        && frame.moment(name) == null) {
                    note("“" + name + "”的值“" + value + "”不是有效的时间。");
                }
            }
            boolean measures = frame.cn() == 2011 || frame.cn() == 2051 || frame.cn() == 2061 || frame.cn() == 2031;
            if (measures && frame.size() > 0 && !names.contains("DataTime") && !names.contains("BeginTime")) {
                note("数据报文没有数据时间DataTime。");
            }
        }

        private List<Field> fields() {
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < frame.headers(); i++) {
                String name = frame.headerName(i);
                String value = frame.headerText(i);
                String meaning = text(Words.field(name));
                if (name.equals("ST")) meaning = with(meaning, Words.system(frame.st()));
                if (name.equals("CN")) meaning = with(meaning, Words.command(frame.cn()));
                fields.add(new Field(true, name, value, meaning));
            }
            for (int i = 0; i < frame.size(); i++) {
                String name = frame.name(i);
                String value = frame.text(i);
                fields.add(new Field(false, name, value, meaning(i, name, value)));
            }
            return List.copyOf(fields);
        }

        private String meaning(int index, String name, String value) {
            String known = Words.field(name);
            if (known != null) {
                if (name.equals("QnRtn") && frame.isNumber(index))
                    return with(known, Words.requestResult((int) frame.number(index)));
                if (name.equals("ExeRtn") && frame.isNumber(index))
                    return with(known, Words.executionResult((int) frame.number(index)));
                return known;
            }
            String factor = text(Words.factor(frame.factor(index)));
            String suffix = text(Words.suffix(frame.suffix(index)));
            String both = factor.isEmpty() || suffix.isEmpty() ? factor + suffix : factor + " " + suffix;
            return frame.suffix(index).equals("Flag") ? with(both, Words.mark(value)) : both;
        }

        private void error(String sentence) {
            errors.add(new Problem(true, sentence));
        }

        private void note(String sentence) {
            notes.add(new Problem(false, sentence));
        }

        private static boolean isMeasured(String suffix) {
            return switch (suffix) {
                case "Rtd",
                        "Min",
                        "Avg",
                        "Max",
                        "Cou",
                        "ZsRtd",
                        "ZsMin",
                        "ZsAvg",
                        "ZsMax",
                        "Data",
                        "DayData",
                        "NightData" -> true;
                default -> false;
            };
        }

        private static boolean digits(String text) {
            return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        private static String text(@Nullable String word) {
            return word == null ? "" : word;
        }

        private static String with(String name, @Nullable String meaning) {
            return meaning == null ? name : name + "：" + meaning;
        }
    }
}
