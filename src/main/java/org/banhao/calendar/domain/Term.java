package org.banhao.calendar.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.banhao.base.ChineseTime;
import org.banhao.calendar.CalendarDay;
import org.banhao.calendar.TermUnit;

/**
 * A counted term: its end, and the words that let a person count it again. The first day does not count (民法典第201条); months
 * end on the same day of the month or on its last (第202条); a term in days or months that would end on a day off ends on the
 * next working day, at the end of business hours (第203条).
 *
 * @param words 自2026年9月24日（周四）起5个工作日（当日不计），其间……，至2026年10月9日（周五）18:00
 * @param guessedYears years it touches whose notice is not known
 */
record Term(LocalDate end, Instant due, String words, SortedSet<Integer> guessedYears) {

    private static final DateTimeFormatter SHORT_DAY =
            DateTimeFormatter.ofPattern("M月d日（EEE）", Locale.SIMPLIFIED_CHINESE);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE", Locale.SIMPLIFIED_CHINESE);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.SIMPLIFIED_CHINESE);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    static Term count(DayTable days, Instant start, int amount, TermUnit unit, LocalTime cutOff) {
        if (!unit.clock()) return count(days, ChineseTime.day(start), amount, unit, cutOff);
        Instant due = start.plus(amount, unit == TermUnit.HOUR ? ChronoUnit.HOURS : ChronoUnit.MINUTES);
        String words = "自" + ChineseTime.text(start) + "起" + amount + unit.words() + "，至" + ChineseTime.text(due);
        return new Term(ChineseTime.day(due), due, words, new TreeSet<>());
    }

    /** @param unit not one of the clock */
    static Term count(DayTable days, LocalDate start, int amount, TermUnit unit, LocalTime cutOff) {
        StringBuilder words = new StringBuilder("自")
                .append(ChineseTime.text(start))
                .append("起")
                .append(amount)
                .append(unit.words());
        LocalDate end;
        if (unit == TermUnit.WORKDAY) {
            end = days.plusWorkingDays(start, amount);
            words.append("（当日不计）").append(between(days, start, end));
        } else {
            LocalDate raw = unit == TermUnit.MONTH ? days.plusMonths(start, amount) : start.plusDays(amount);
            end = days.nextWorkingDay(raw);
            words.append(unit == TermUnit.MONTH ? "（按历月计）" : "（当日不计）");
            if (!end.equals(raw)) {
                words.append("，末日").append(ChineseTime.text(raw)).append("逢").append(days.nameOf(raw));
                words.append("，顺延到其后第一个工作日");
            }
        }
        words.append("，至").append(endWords(days, end)).append(HOUR.format(cutOff));
        SortedSet<Integer> guessed = new TreeSet<>();
        for (int year = start.getYear(); year <= end.getYear(); year++) {
            // the first day does not count: a term that starts on the last day of a year has no day in it
            LocalDate lastDay = LocalDate.of(year, 12, 31);
            if (lastDay.isAfter(start) && days.isProvisional(lastDay)) guessed.add(year);
        }
        return new Term(end, end.atTime(cutOff).atZone(ChineseTime.ZONE).toInstant(), words.toString(), guessed);
    }

    boolean provisional() {
        return !guessedYears.isEmpty();
    }

    /** The whole explanation as it stands with a deadline. */
    String sentence(String basis, String range, boolean sure) {
        return words + "。" + source(basis, range, sure) + warning();
    }

    /** 2027年放假安排尚未公布…… or nothing. */
    String warning() {
        if (guessedYears.isEmpty()) return "";
        String years = guessedYears.stream().map(year -> year + "年").collect(Collectors.joining("、"));
        return years + "放假安排尚未公布，暂按法定节假日推算，公布后重算，日期可能变动。";
    }

    static String source(String basis, String range, boolean sure) {
        String unsure = sure || basis.contains("待核") ? "" : "（待核）";
        return "依据：" + basis + unsure + (range.isBlank() ? "" : "；" + range) + "。";
    }

    private static String endWords(DayTable days, LocalDate end) {
        CalendarDay exception = days.exception(end);
        return exception != null && exception.working()
                ? DATE.format(end) + "（" + WEEKDAY.format(end) + "，调休上班）"
                : ChineseTime.text(end);
    }

    /** ，其间中秋节休3天、国庆节休7天、周末休2天，10月10日（周六）调休上班计入 */
    private static String between(DayTable days, LocalDate start, LocalDate end) {
        Map<String, Integer> off = new LinkedHashMap<>();
        List<String> madeUp = new ArrayList<>();
        int weekend = 0;
        for (LocalDate day = start.plusDays(1); !day.isAfter(end); day = day.plusDays(1)) {
            CalendarDay exception = days.exception(day);
            if (exception == null) {
                if (DayTable.isWeekend(day)) weekend++;
            } else if (exception.working()) {
                if (!day.equals(end)) madeUp.add(SHORT_DAY.format(day));
            } else {
                off.merge(exception.name(), 1, Integer::sum);
            }
        }
        List<String> parts = new ArrayList<>();
        off.forEach((name, count) -> parts.add(name + "休" + count + "天"));
        if (weekend > 0) parts.add("周末休" + weekend + "天");
        String words = parts.isEmpty() ? "" : "，其间" + String.join("、", parts);
        return madeUp.isEmpty() ? words : words + "，" + String.join("、", madeUp) + "调休上班计入";
    }
}
