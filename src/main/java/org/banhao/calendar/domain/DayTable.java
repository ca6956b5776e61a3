package org.banhao.calendar.domain;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.banhao.base.TabFile;
import org.banhao.calendar.CalendarDay;
import org.banhao.calendar.HolidayNotice;
import org.jspecify.annotations.Nullable;

/** The days of all known notices at one moment; pure arithmetic over local dates, no zone, no database. Immutable. */
final class DayTable {

    /** Terms are short; whoever asks for more has made a mistake. */
    private static final int LONGEST = 2_000;

    private final SortedMap<Integer, HolidayNotice> notices = new TreeMap<>();
    private final Map<LocalDate, CalendarDay> exceptional = new HashMap<>();
    private final Map<Integer, Map<LocalDate, String>> statutory = new ConcurrentHashMap<>();

    /** @param notices a later year's notice goes before an earlier one's where both name a day in December */
    DayTable(Collection<HolidayNotice> notices) {
        for (HolidayNotice notice : notices) this.notices.put(notice.year(), notice);
        for (HolidayNotice notice : this.notices.values()) {
            for (CalendarDay day : notice.days()) exceptional.put(day.day(), day);
        }
    }

    /** The years shipped with the application. */
    static List<HolidayNotice> shipped() {
        SortedMap<Integer, HolidayNotice> years = new TreeMap<>();
        for (String[] row : TabFile.rows("/calendar/days-off.tsv", 5)) {
            CalendarDay day = new CalendarDay(LocalDate.parse(row[1]), row[2].equals("work"), row[3]);
            years.merge(
                    Integer.parseInt(row[0]),
                    new HolidayNotice(Integer.parseInt(row[0]), row[4], List.of(day)),
                    (all, one) -> new HolidayNotice(all.year(), joined(all.source(), one.source()), added(all, day)));
        }
        return List.copyOf(years.values());
    }

    private static String joined(String all, String one) {
        return all.contains(one) ? all : all + "、" + one;
    }

    private static List<CalendarDay> added(HolidayNotice notice, CalendarDay day) {
        List<CalendarDay> days = new ArrayList<>(notice.days());
        days.add(day);
        return days;
    }

    /** The same table with this notice in force. */
    DayTable with(HolidayNotice notice) {
        SortedMap<Integer, HolidayNotice> all = new TreeMap<>(notices);
        all.put(notice.year(), notice);
        return new DayTable(all.values());
    }

    SortedMap<Integer, HolidayNotice> notices() {
        return notices;
    }

    boolean isWorkingDay(LocalDate day) {
        CalendarDay exception = exceptional.get(day);
        if (exception != null) return exception.working();
        return !isWeekend(day) && statutoryName(day) == null;
    }

    boolean isProvisional(LocalDate day) {
        return !notices.containsKey(day.getYear());
    }

    /** A day that is not what the plain week says, or a named holiday on a weekend; null otherwise. */
    @Nullable
    CalendarDay exception(LocalDate day) {
        CalendarDay exception = exceptional.get(day);
        if (exception != null) return exception;
        String name = statutoryName(day);
        return name == null ? null : new CalendarDay(day, false, name);
    }

    LocalDate plusWorkingDays(LocalDate from, int n) {
        if (n < 1 || n > LONGEST) throw new IllegalArgumentException("Working days: " + n);
        LocalDate day = from;
        for (int counted = 0; counted < n; ) {
            day = day.plusDays(1);
            if (isWorkingDay(day)) counted++;
        }
        return day;
    }

    LocalDate plusMonths(LocalDate from, int months) {
        if (months < 1 || months > LONGEST) throw new IllegalArgumentException("Months: " + months);
        return from.plusMonths(months);
    }

    LocalDate nextWorkingDay(LocalDate day) {
        LocalDate next = day;
        while (!isWorkingDay(next)) next = next.plusDays(1);
        return next;
    }

    String nameOf(LocalDate day) {
        CalendarDay exception = exception(day);
        if (exception != null) return exception.working() ? exception.name() + "调休上班" : exception.name();
        return isWeekend(day) ? "周末" : "工作日";
    }

    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    /** Only in years without a notice: there the notice says everything. */
    private @Nullable String statutoryName(LocalDate day) {
        if (!isProvisional(day)) return null;
        return statutory.computeIfAbsent(day.getYear(), StatutoryDays::of).get(day);
    }
}
