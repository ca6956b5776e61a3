package org.banhao.calendar.domain;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.banhao.base.Refusal;
import org.banhao.calendar.CalendarDay;
import org.banhao.calendar.HolidayNotice;
import org.jspecify.annotations.Nullable;

/**
 * Reads a yearly notice as it is published (一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。), or lines with one
 * day each. What the text itself says twice (weekday, number of days, year in the title) is checked against the calendar.
 */
final class NoticeText {

    private static final int LONGEST_TEXT = 20_000;
    private static final Pattern NUMBER = Pattern.compile("国办发明电〔(20\\d{2})〕(\\d{1,3})号");
    private static final Pattern TITLE = Pattern.compile("关于(20\\d{2})年部分节假日安排");
    private static final Pattern ITEM = Pattern.compile("[一二三四五六七八九十]{1,2}、([\\u4e00-\\u9fa5、]{2,12})[：:]");
    private static final String DAY = "(?:(20\\d{2})年)?(?:(\\d{1,2})月)?(\\d{1,2})日(?:[（(]([^）)]{0,30})[）)])?";
    private static final Pattern OFF = Pattern.compile(DAY + "(?:至" + DAY + ")?放假");
    private static final Pattern MADE_UP = Pattern.compile(DAY);
    private static final Pattern COUNT = Pattern.compile("共(\\d{1,2})天");
    private static final Pattern WEEKDAY = Pattern.compile("(?:周|星期)([一二三四五六日天])");
    private static final Pattern LINE =
            Pattern.compile("(20\\d{2})-(\\d{1,2})-(\\d{1,2})(放假|休|上班|班)([\\u4e00-\\u9fa5、]{2,20})");

    private final int year;
    private final SortedMap<LocalDate, CalendarDay> days = new TreeMap<>();

    private NoticeText(int year) {
        this.year = year;
    }

    static HolidayNotice read(int year, String source, String text) {
        if (text.length() > LONGEST_TEXT) throw new Refusal("text", "粘贴的文字超过20000字，请只粘贴这一份通知。");
        String plain = text.replaceAll("[ \\t\\u3000\\u00a0]+", "").replace("\r", "");
        Matcher title = TITLE.matcher(plain);
        if (title.find() && !title.group(1).equals(String.valueOf(year))) {
            throw new Refusal("text", "粘贴的是" + title.group(1) + "年的通知，与所选的" + year + "年不符。");
        }
        NoticeText notice = new NoticeText(year);
        notice.items(plain);
        notice.lines(plain);
        if (notice.days.values().stream().allMatch(CalendarDay::working)) {
            throw new Refusal("text", "没有读出放假的日子，请粘贴通知中“一、元旦：……放假……上班”各条，或每行写一天，例如“2027-01-01 放假 元旦”。");
        }
        return new HolidayNotice(year, source(source, plain), new ArrayList<>(notice.days.values()));
    }

    private static String source(String given, String plain) {
        String source = given.strip();
        if (source.length() > 100) throw new Refusal("source", "文号不超过100字，例如“国办发明电〔2025〕7号”。");
        if (!source.isEmpty()) return source;
        Matcher number = NUMBER.matcher(plain);
        if (!number.find()) throw new Refusal("source", "请填写通知的文号，例如“国办发明电〔2025〕7号”。");
        return number.group();
    }

    private void items(String plain) {
        Matcher item = ITEM.matcher(plain);
        List<int[]> bounds = new ArrayList<>();
        List<String> names = new ArrayList<>();
        while (item.find()) {
            bounds.add(new int[] {item.start(), item.end()});
            names.add(item.group(1));
        }
        for (int i = 0; i < names.size(); i++) {
            int end = i + 1 < names.size() ? bounds.get(i + 1)[0] : plain.length();
            festival(names.get(i), plain.substring(bounds.get(i)[1], end));
        }
    }

    private void festival(String name, String words) {
        for (String sentence : words.split("[。；\\n]")) {
            if (sentence.contains("放假")) off(name, sentence);
            else if (sentence.contains("上班")) madeUp(name, sentence);
        }
    }

    private void off(String name, String sentence) {
        Matcher range = OFF.matcher(sentence);
        if (!range.find()) return;
        LocalDate first = day(range, 0, null);
        LocalDate last = range.group(7) == null ? first : day(range, 4, first);
        long length = last.toEpochDay() - first.toEpochDay() + 1;
        if (length < 1 || length > 20) {
            throw new Refusal("text", name + "的放假起止日读出来是" + first + "至" + last + "，请核对原文。");
        }
        Matcher count = COUNT.matcher(sentence);
        if (count.find() && Long.parseLong(count.group(1)) != length) {
            throw new Refusal("text", name + "写的是共" + count.group(1) + "天，起止日算出来是" + length + "天，请核对原文。");
        }
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) put(new CalendarDay(day, false, name));
    }

    private void madeUp(String name, String sentence) {
        Matcher day = MADE_UP.matcher(sentence);
        while (day.find()) put(new CalendarDay(day(day, 0, null), true, name));
    }

    private void lines(String plain) {
        for (String line : plain.split("\n")) {
            Matcher day = LINE.matcher(line);
            if (!day.matches()) continue;
            boolean working = day.group(4).endsWith("班");
            put(new CalendarDay(date(day.group(1), day.group(2), day.group(3), line), working, day.group(5)));
        }
    }

    /** @param before the first day of a range, which gives month and year where they are not repeated */
    private LocalDate day(Matcher found, int offset, @Nullable LocalDate before) {
        String yearText = found.group(1 + offset);
        String month = found.group(2 + offset);
        String day = found.group(3 + offset);
        if (month == null && before == null) throw new Refusal("text", "“" + found.group() + "”没有写明月份，请核对原文。");
        String years = yearText != null ? yearText : String.valueOf(before == null ? year : before.getYear());
        String months =
                month != null || before == null ? String.valueOf(month) : String.valueOf(before.getMonthValue());
        LocalDate date = date(years, months, day, found.group());
        // a range over the turn of the year names the year of its first day only
        if (before != null && yearText == null && date.isBefore(before)) date = date.plusYears(1);
        String bracket = found.group(4 + offset);
        Matcher weekday = WEEKDAY.matcher(bracket == null ? "" : bracket);
        if (weekday.find()) {
            String real = date.getDayOfWeek().getDisplayName(TextStyle.NARROW, Locale.SIMPLIFIED_CHINESE);
            if (!real.equals(weekday.group(1).replace('天', '日'))) {
                throw new Refusal(
                        "text",
                        "“" + date.getMonthValue() + "月" + date.getDayOfMonth() + "日”在" + date.getYear() + "年是周" + real
                                + "，原文写的是周" + weekday.group(1) + "，请核对年份和原文。");
            }
        }
        return date;
    }

    private static LocalDate date(String year, String month, String day, String words) {
        try {
            return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
        } catch (DateTimeException e) {
            throw new Refusal("text", "“" + words + "”不是日历上的日子，请核对原文。");
        }
    }

    private void put(CalendarDay day) {
        LocalDate date = day.day();
        String words = date.getYear() + "年" + date.getMonthValue() + "月" + date.getDayOfMonth() + "日";
        if (date.isBefore(LocalDate.of(year - 1, 12, 1)) || date.getYear() > year) {
            throw new Refusal("text", words + "不在" + year + "年内，请核对年份。");
        }
        if (day.working() && !DayTable.isWeekend(date)) {
            throw new Refusal("text", words + "不是周末，不能是调休上班日，请核对原文。");
        }
        CalendarDay other = days.put(date, day);
        if (other != null && other.working() != day.working()) {
            throw new Refusal("text", words + "既写了放假又写了上班，请核对原文。");
        }
    }
}
