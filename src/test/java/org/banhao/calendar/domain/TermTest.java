package org.banhao.calendar.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import org.banhao.calendar.TermUnit;
import org.junit.jupiter.api.Test;

class TermTest {

    private static final LocalTime SIX = LocalTime.of(18, 0);
    private final DayTable days = new DayTable(DayTable.shipped());

    @Test
    void the_sentence_names_the_festivals_on_the_way() {
        assertThat(term("2026-09-24", 5, TermUnit.WORKDAY).sentence("本会工作条例（待核）", "他地3个工作日至10个工作日", false))
                .isEqualTo("自2026年9月24日（周四）起5个工作日（当日不计），其间中秋节休3天、国庆节休7天，至2026年10月9日（周五）18:00。"
                        + "依据：本会工作条例（待核）；他地3个工作日至10个工作日。");
    }

    @Test
    void an_end_on_a_make_up_day_says_so() {
        assertThat(term("2026-09-24", 6, TermUnit.WORKDAY).words()).endsWith("，至2026年10月10日（周六，调休上班）18:00");
    }

    @Test
    void make_up_days_on_the_way_and_weekends_are_counted_out_loud() {
        assertThat(term("2026-02-13", 10, TermUnit.WORKDAY).words())
                .isEqualTo("自2026年2月13日（周五）起10个工作日（当日不计），其间春节休9天、周末休1天，"
                        + "2月14日（周六）、2月28日（周六）调休上班计入，至2026年3月5日（周四）18:00");
    }

    @Test
    void a_term_without_a_day_off_has_nothing_to_explain() {
        assertThat(term("2026-03-23", 3, TermUnit.WORKDAY).words())
                .isEqualTo("自2026年3月23日（周一）起3个工作日（当日不计），至2026年3月26日（周四）18:00");
    }

    @Test
    void months_that_end_on_a_holiday_end_on_the_next_working_day() {
        Term term = term("2026-02-01", 3, TermUnit.MONTH);
        assertThat(term.end()).isEqualTo("2026-05-06");
        assertThat(term.words())
                .isEqualTo("自2026年2月1日（周日）起3个月（按历月计），末日2026年5月1日（周五）逢劳动节，顺延到其后第一个工作日，至2026年5月6日（周三）18:00");
    }

    @Test
    void days_that_end_on_a_weekend_end_on_the_next_working_day() {
        assertThat(term("2026-03-02", 7, TermUnit.DAY).end()).isEqualTo("2026-03-09");
        assertThat(term("2026-03-07", 7, TermUnit.DAY).end()).isEqualTo("2026-03-16");
    }

    @Test
    void a_month_from_the_last_of_january_ends_in_february_and_moves_over_the_weekend() {
        assertThat(term("2026-01-31", 1, TermUnit.MONTH).end())
                .as("28 February 2026 is a make-up Saturday")
                .isEqualTo("2026-02-28");
        assertThat(term("2024-01-31", 1, TermUnit.MONTH).end()).isEqualTo("2024-02-29");
        assertThat(term("2021-01-31", 1, TermUnit.MONTH).end())
                .as("28 February 2021 is a Sunday")
                .isEqualTo("2021-03-01");
    }

    @Test
    void a_term_into_a_year_without_a_notice_is_provisional_and_says_so() {
        Term term = term("2026-12-30", 5, TermUnit.WORKDAY);
        assertThat(term.provisional()).isTrue();
        assertThat(term.end()).isEqualTo("2027-01-07");
        assertThat(term.sentence("甲", "", true)).endsWith("依据：甲。2027年放假安排尚未公布，暂按法定节假日推算，公布后重算，日期可能变动。");
    }

    @Test
    void a_term_that_ends_on_the_last_known_day_is_not_provisional() {
        assertThat(term("2026-12-30", 1, TermUnit.WORKDAY).provisional()).isFalse();
    }

    private Term term(String start, int amount, TermUnit unit) {
        return Term.count(days, LocalDate.parse(start), amount, unit, SIX);
    }
}
