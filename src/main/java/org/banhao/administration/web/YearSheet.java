package org.banhao.administration.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.banhao.calendar.HolidayNotices.Day;
import org.jspecify.annotations.Nullable;

/** Twelve months for the page; weeks begin on Monday. */
record YearSheet(List<Month> months, long workingDays) {

    static YearSheet of(List<Day> days, LocalDate today) {
        List<Month> months = new ArrayList<>();
        for (int month = 1; month <= 12; month++) {
            int number = month;
            months.add(month(
                    days.stream()
                            .filter(day -> day.day().getMonthValue() == number)
                            .toList(),
                    today));
        }
        return new YearSheet(months, days.stream().filter(Day::working).count());
    }

    private static Month month(List<Day> days, LocalDate today) {
        List<List<@Nullable Cell>> weeks = new ArrayList<>();
        List<@Nullable Cell> week = new ArrayList<>();
        for (int empty = 1; empty < days.get(0).day().getDayOfWeek().getValue(); empty++) week.add(null);
        for (Day day : days) {
            if (week.size() == 7) {
                weeks.add(week);
                week = new ArrayList<>();
            }
            week.add(Cell.of(day, today));
        }
        while (week.size() < 7) week.add(null);
        weeks.add(week);
        return new Month(
                days.get(0).day().getMonthValue() + "月",
                weeks,
                days.stream().filter(Day::working).count());
    }

    record Month(String name, List<List<@Nullable Cell>> weeks, long workingDays) {}

    /**
     * @param kind CSS class: {@code work}, {@code weekend}, {@code holiday}, {@code makeup}
     * @param mark the word in the cell, so that colour is never alone: 休, 班 or nothing
     */
    record Cell(int number, String kind, String mark, String name, boolean today) {

        static Cell of(Day day, LocalDate today) {
            String kind;
            if (day.working()) kind = day.exceptional() ? "makeup" : "work";
            else kind = day.exceptional() ? "holiday" : "weekend";
            String mark = kind.equals("makeup") ? "班" : kind.equals("holiday") ? "休" : "";
            return new Cell(
                    day.day().getDayOfMonth(), kind, mark, day.name(), day.day().equals(today));
        }
    }
}
