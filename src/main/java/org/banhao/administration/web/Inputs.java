package org.banhao.administration.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.TermUnit;
import org.jspecify.annotations.Nullable;

/** What a browser sent, as types; what is none of them is refused with the field's name. */
final class Inputs {

    private Inputs() {}

    static int number(String field, String label, @Nullable String text) {
        try {
            return Integer.parseInt(text == null ? "" : text.strip());
        } catch (NumberFormatException e) {
            throw new Refusal(field, "“" + label + "”请填写整数。");
        }
    }

    static LocalDate date(String field, String label, @Nullable String text) {
        try {
            return LocalDate.parse(text == null ? "" : text.strip());
        } catch (DateTimeException e) {
            throw new Refusal(field, "“" + label + "”请选择日历上的一天。");
        }
    }

    static LocalTime time(String field, String label, @Nullable String text) {
        try {
            return LocalTime.parse(text == null ? "" : text.strip());
        } catch (DateTimeException e) {
            throw new Refusal(field, "“" + label + "”请填写时刻，例如18:00。");
        }
    }

    static TermUnit unit(String field, @Nullable String text) {
        try {
            return TermUnit.of(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(field, "请选择时限单位：个工作日、日、个月、分钟或小时。");
        }
    }

    static String words(@Nullable String text) {
        return text == null ? "" : text;
    }
}
