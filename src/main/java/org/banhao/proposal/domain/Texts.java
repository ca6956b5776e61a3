package org.banhao.proposal.domain;

import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/** Cleans what people type or paste: no control characters (PostgreSQL refuses NUL), one kind of line end. */
public final class Texts {

    /** Far above every rule of a session; a draft may be too long for submission but not without bound. */
    public static final int LONGEST_TEXT = 20_000;

    public static final int LONGEST_LINE = 200;

    private Texts() {}

    /** @throws Refusal longer than anything a person writes */
    public static String text(@Nullable String raw, int longest, String field, String fieldName) {
        if (raw == null) {
            return "";
        }
        String clean = withoutControls(raw);
        if (clean.length() > longest) {
            throw new Refusal(field, "「" + fieldName + "」最多" + longest + "字（现" + clean.length() + "字），请删减后再保存。");
        }
        return clean;
    }

    /** A lone surrogate is not a character; pairs (rare ideographs in names) stay. */
    private static String withoutControls(String raw) {
        StringBuilder clean = new StringBuilder(raw.length());
        String lines = raw.replace("\r\n", "\n").replace('\r', '\n');
        lines.codePoints()
                .filter(point -> point == '\n' || point == '\t' || !Character.isISOControl(point))
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** The same on one line, without spaces around it. */
    public static String line(@Nullable String raw, int longest, String field, String fieldName) {
        return text(raw, longest, field, fieldName)
                .replace('\n', ' ')
                .replace('\t', ' ')
                .strip();
    }
}
