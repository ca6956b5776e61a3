package org.banhao.monitoring.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/** What people typed, as types; what is none of them is refused with the field's name. */
public final class Typed {

    private Typed() {}

    /** @return without spaces around, never empty */
    public static String needed(String field, String label, @Nullable String typed, int most) {
        String text = text(field, label, typed, most);
        if (text.isEmpty()) throw new Refusal(field, "请填写「" + label + "」。");
        return text;
    }

    /** @return without spaces around; may be empty */
    public static String text(String field, String label, @Nullable String typed, int most) {
        String text = clean(typed == null ? "" : typed).strip();
        if (text.codePointCount(0, text.length()) > most) {
            throw new Refusal(field, "「" + label + "」最多" + most + "个字，请删减。");
        }
        return text;
    }

    /** PostgreSQL refuses NUL, and a lone surrogate is no character. */
    private static String clean(String typed) {
        StringBuilder clean = new StringBuilder(typed.length());
        typed.replace("\r\n", "\n")
                .codePoints()
                .filter(point -> point == '\n' || point == '\t' || !Character.isISOControl(point))
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    public static @Nullable LocalDate dayOrNull(String field, String label, @Nullable String typed) {
        if (typed == null || typed.isBlank()) return null;
        try {
            LocalDate day = LocalDate.parse(typed.strip().replace('/', '-').replace('.', '-'));
            if (day.getYear() < 1990 || day.getYear() > 2100) throw new DateTimeException("Far away");
            return day;
        } catch (DateTimeException e) {
            throw new Refusal(field, "「" + label + "」请写成日期，例如2026-03-26。");
        }
    }

    public static LocalDate day(String field, String label, @Nullable String typed) {
        LocalDate day = dayOrNull(field, label, typed);
        if (day == null) throw new Refusal(field, "请填写「" + label + "」。");
        return day;
    }

    /** A moment in China: 2026-03-26T08:00, 2026-03-26 08:00, with or without seconds, or 20260326080000. */
    public static Instant moment(String field, String label, @Nullable String typed) {
        String text = typed == null ? "" : typed.strip().replace('/', '-');
        if (text.isEmpty()) throw new Refusal(field, "请填写「" + label + "」。");
        if (text.matches("\\d{14}")) {
            text = text.substring(0, 4) + "-" + text.substring(4, 6) + "-" + text.substring(6, 8) + "T"
                    + text.substring(8, 10) + ":" + text.substring(10, 12) + ":" + text.substring(12);
        }
        try {
            LocalDateTime moment = LocalDateTime.parse(text.replaceFirst("[ T]+", "T"));
            if (moment.getYear() < 1990 || moment.getYear() > 2100) throw new DateTimeException("Far away");
            return moment.atZone(ChineseTime.ZONE).toInstant();
        } catch (DateTimeException e) {
            throw new Refusal(field, "「" + label + "」请写成日期和时刻，例如2026-03-26 08:00。");
        }
    }

    public static @Nullable Double numberOrNull(String field, String label, @Nullable String typed) {
        if (typed == null || typed.isBlank()) return null;
        try {
            double number = Double.parseDouble(typed.strip());
            // 1e3 and 0x1p3 are numbers to the parser only
            if (!typed.strip().matches("[+-]?\\d{1,12}(\\.\\d{0,9})?") || !Double.isFinite(number))
                throw new NumberFormatException();
            return number;
        } catch (NumberFormatException e) {
            throw new Refusal(field, "「" + label + "」请填写数字。");
        }
    }

    public static double number(String field, String label, @Nullable String typed, double least, double most) {
        Double number = numberOrNull(field, label, typed);
        if (number == null) throw new Refusal(field, "请填写「" + label + "」。");
        if (number < least || number > most) {
            throw new Refusal(field, "「" + label + "」应在" + plain(least) + "至" + plain(most) + "之间，请核对。");
        }
        return number;
    }

    public static int integer(String field, String label, @Nullable String typed, int least, int most) {
        double number = number(field, label, typed, least, most);
        if (number != Math.rint(number)) throw new Refusal(field, "「" + label + "」请填写整数。");
        return (int) number;
    }

    public static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.format(Locale.ROOT, "%.0f", number)
                : Double.toString(number);
    }
}
