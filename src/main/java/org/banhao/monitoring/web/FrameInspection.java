package org.banhao.monitoring.web;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.base.Refusal;
import org.banhao.monitoring.hj212.Dialect;
import org.banhao.monitoring.hj212.Inspection;
import org.banhao.monitoring.hj212.Standard;
import org.jspecify.annotations.Nullable;

/** 报文检查: one packet against the standard, with nothing stored and no device asked. */
final class FrameInspection {

    /** Room for a split packet with what stands around it in a log. */
    static final int MOST_BYTES = 64 * 1024;

    private static final Pattern FLAG = Pattern.compile("(?i)Flag=(\\d{1,3})[;,]");

    private FrameInspection() {}

    /**
     * @param standard 2005, 2017, 2025; null or empty: as its Flag says, which is a guess, since surface water stations of 2017 use the
     *     version of 2025
     * @throws Refusal empty, too long, or no such edition
     */
    static Inspection of(byte[] packet, @Nullable String standard) {
        if (packet.length == 0) throw new Refusal("frame", "请粘贴一条报文，从“##”开始。");
        if (packet.length > MOST_BYTES) throw new Refusal("frame", "报文超过64千字节，请只留要检查的一条。");
        return Inspection.of(packet, Dialect.of(edition(packet, standard == null ? "" : standard.strip())));
    }

    private static Standard edition(byte[] packet, String asked) {
        return switch (asked) {
            case "" -> guess(packet);
            case "2005" -> Standard.HJ_T_212_2005;
            case "2017" -> Standard.HJ_212_2017;
            case "2025" -> Standard.HJ_212_2025;
            default -> throw new Refusal("standard", "“standard”请填2005、2017或2025，或者不填。");
        };
    }

    private static Standard guess(byte[] packet) {
        Matcher flag = FLAG.matcher(new String(packet, StandardCharsets.ISO_8859_1));
        if (!flag.find()) return Standard.HJ_T_212_2005;
        int version = Integer.parseInt(flag.group(1)) >> 2;
        for (Standard one : Standard.values()) if (one.version() == version) return one;
        return Standard.HJ_212_2017;
    }
}
