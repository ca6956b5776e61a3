package org.banhao.calendar.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.TimeZone;
import java.util.TreeSet;
import org.banhao.base.TabFile;
import org.banhao.calendar.CalendarDay;
import org.banhao.calendar.HolidayNotice;
import org.banhao.calendar.TermUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DayTableTest {

    private final DayTable days = new DayTable(DayTable.shipped());

    @Test
    void every_exceptional_day_of_2020_to_2026_agrees_with_an_independent_list() {
        TreeSet<String> ours = new TreeSet<>();
        for (HolidayNotice notice : DayTable.shipped()) {
            for (CalendarDay day : notice.days()) ours.add(day.day() + (day.working() ? " work" : " off"));
        }
        TreeSet<String> theirs = new TreeSet<>();
        for (String[] row : TabFile.rows("/calendar/chinese-days-1.5.7.tsv", 2)) theirs.add(row[0] + " " + row[1]);
        assertThat(theirs).hasSizeGreaterThan(250);
        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void each_shipped_year_names_its_notice_and_2020_also_the_extension() {
        assertThat(days.notices().keySet()).containsExactly(2020, 2021, 2022, 2023, 2024, 2025, 2026);
        assertThat(days.notices().get(2020).source()).isEqualTo("国办发明电〔2019〕16号、国办发明电〔2020〕1号");
        assertThat(days.notices().get(2026).source()).isEqualTo("国办发明电〔2025〕7号");
    }

    @Test
    void make_up_days_are_always_weekend_days_and_statutory_days_are_always_off() {
        for (int year = 2020; year <= 2026; year++) {
            for (CalendarDay day : days.notices().get(year).days()) {
                if (day.working())
                    assertThat(DayTable.isWeekend(day.day())).as("%s", day).isTrue();
            }
            StatutoryDays.of(year)
                    .forEach((day, name) -> assertThat(days.isWorkingDay(day))
                            .as("%s %s", day, name)
                            .isFalse());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-31, false, 春节",
        "2020-02-01, false, 春节",
        "2020-02-03, true, 工作日",
        "2020-01-19, true, 春节调休上班",
        "2022-12-31, false, 元旦",
        "2023-10-06, false, 中秋节、国庆节",
        "2023-10-07, true, 中秋节、国庆节调休上班",
        "2024-02-09, true, 工作日",
        "2025-01-28, false, 春节",
        "2025-05-02, false, 劳动节",
        "2026-02-14, true, 春节调休上班",
        "2026-09-20, true, 国庆节调休上班",
        "2026-10-08, true, 工作日",
        "2026-11-22, false, 周末",
        "2026-06-21, false, 端午节"
    })
    void a_day_is_what_its_notice_says(LocalDate day, boolean working, String name) {
        assertThat(days.isWorkingDay(day)).isEqualTo(working);
        assertThat(days.nameOf(day)).isEqualTo(name);
        assertThat(days.isProvisional(day)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // from, working days, end
        "2026-09-24, 1, 2026-09-28", "2026-09-24, 5, 2026-10-09", "2026-09-24, 6, 2026-10-10",
                "2026-09-30, 1, 2026-10-08",
        "2026-09-19, 1, 2026-09-20", "2026-02-13, 1, 2026-02-14", "2026-02-13, 2, 2026-02-24",
                "2026-02-27, 1, 2026-02-28",
        "2026-02-27, 2, 2026-03-02", "2020-01-23, 1, 2020-02-03", "2024-02-08, 1, 2024-02-09",
                "2024-02-08, 3, 2024-02-19",
        "2023-09-28, 1, 2023-10-07", "2022-12-30, 1, 2023-01-03", "2025-09-27, 1, 2025-09-28",
                "2025-04-30, 1, 2025-05-06"
    })
    void working_days_are_counted_over_festivals_and_make_up_days(LocalDate from, int n, LocalDate end) {
        assertThat(days.plusWorkingDays(from, n)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 1, 2026-02-28",
        "2024-01-31, 1, 2024-02-29",
        "2024-02-29, 12, 2025-02-28",
        "2026-08-31, 1, 2026-09-30",
        "2026-11-30, 3, 2027-02-28",
        "2026-03-26, 3, 2026-06-26",
        "2026-12-31, 2, 2027-02-28"
    })
    void months_end_on_the_same_day_or_on_the_last_day_of_the_month(LocalDate from, int months, LocalDate end) {
        assertThat(days.plusMonths(from, months)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({"2026-10-01, 2026-10-08", "2026-10-10, 2026-10-10", "2026-10-11, 2026-10-12", "2026-02-15, 2026-02-24"})
    void a_day_off_gives_way_to_the_next_working_day(LocalDate day, LocalDate next) {
        assertThat(days.nextWorkingDay(day)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-01-01, false, 元旦", "2027-02-05, false, 春节", "2027-02-06, false, 春节", "2027-02-08, false, 春节",
        "2027-02-09, true, 工作日", "2027-05-02, false, 劳动节", "2027-10-03, false, 国庆节", "2027-10-04, true, 工作日",
        "2027-09-15, false, 中秋节", "2031-10-01, false, 国庆节、中秋节", "2060-10-01, false, 国庆节", "2060-02-02, true, 工作日"
    })
    void a_year_without_a_notice_is_guessed_from_the_statutory_days_and_marked(
            LocalDate day, boolean working, String name) {
        assertThat(days.isWorkingDay(day)).isEqualTo(working);
        assertThat(days.nameOf(day)).isEqualTo(name);
        assertThat(days.isProvisional(day)).isTrue();
    }

    @Test
    void a_notice_may_reach_into_december_of_the_year_before() {
        DayTable known = days.with(new HolidayNotice(
                2027,
                "国办发明电〔2026〕1号",
                List.of(
                        new CalendarDay(LocalDate.of(2026, 12, 31), false, "元旦"),
                        new CalendarDay(LocalDate.of(2027, 1, 1), false, "元旦"))));
        assertThat(known.isWorkingDay(LocalDate.of(2026, 12, 31))).isFalse();
        assertThat(known.isProvisional(LocalDate.of(2027, 6, 9))).isFalse();
        assertThat(known.isWorkingDay(LocalDate.of(2027, 6, 9)))
                .as("the notice says everything")
                .isTrue();
        assertThat(days.isWorkingDay(LocalDate.of(2026, 12, 31)))
                .as("the first table is unchanged")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/New_York", "Asia/Shanghai"})
    void the_machine_s_time_zone_changes_nothing(String zone) {
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            DayTable fresh = new DayTable(DayTable.shipped());
            assertThat(fresh.plusWorkingDays(LocalDate.of(2026, 9, 24), 5)).isEqualTo("2026-10-09");
            Term term = Term.count(fresh, LocalDate.of(2026, 9, 24), 5, TermUnit.WORKDAY, LocalTime.of(18, 0));
            assertThat(term.due()).isEqualTo("2026-10-09T10:00:00Z");
            assertThat(term.words()).endsWith("至2026年10月9日（周五）18:00");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void a_senseless_number_of_days_is_refused_at_once() {
        assertThatThrownBy(() -> days.plusWorkingDays(LocalDate.of(2026, 1, 1), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> days.plusWorkingDays(LocalDate.of(2026, 1, 1), 2_001))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
