package org.banhao.calendar.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.banhao.base.Refusal;
import org.banhao.calendar.HolidayNotice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeTextTest {

    static final String OF_2026 = """
            国务院办公厅关于2026年
            部分节假日安排的通知
            国办发明电〔2025〕7号
            各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
            　　经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
            　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
            　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
            　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
            　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
            　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
            　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
            　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
            　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件，要按规定及时报告并妥善处置。
            　　　　　　　　国务院办公厅
            　　　　　　　　2025年11月4日
            """;

    @Test
    void the_published_text_of_2026_gives_exactly_the_shipped_year() {
        HolidayNotice read = NoticeText.read(2026, "", OF_2026);
        HolidayNotice shipped = new DayTable(DayTable.shipped()).notices().get(2026);
        assertThat(read.days()).containsExactlyElementsOf(shipped.days());
        assertThat(read.source()).isEqualTo("国办发明电〔2025〕7号");
    }

    @Test
    void a_holiday_over_the_turn_of_the_year_is_read() {
        HolidayNotice read = NoticeText.read(2023, "国办发明电〔2022〕16号", "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。");
        assertThat(read.days())
                .extracting(day -> day.day().toString())
                .containsExactly("2022-12-31", "2023-01-01", "2023-01-02");
        read = NoticeText.read(2019, "x", "一、元旦：2018年12月30日至1月1日放假调休，共3天。2018年12月29日（星期六）上班。");
        assertThat(read.days()).hasSize(4);
    }

    @Test
    void single_days_in_lines_are_read() {
        HolidayNotice read =
                NoticeText.read(2027, "国办发明电〔2026〕9号", "2027-01-01 放假 元旦\n2027-1-2 放假 元旦\n2027-01-03 上班 元旦\n");
        assertThat(read.days()).hasSize(3);
        assertThat(read.days().get(2).working()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'一、元旦：1月1日（周三）放假。', 在2026年是周四",
        "'一、元旦：1月1日至3日放假，共4天。', 起止日算出来是3天",
        "'一、元旦：2月30日放假。', 不是日历上的日子",
        "'一、元旦：1月1日放假。1月5日上班。', 不是周末",
        "'一、元旦：1月3日放假。1月3日上班。', 既写了放假又写了上班",
        "'一、元旦：2025年1月1日放假。', 不在2026年内",
        "'关于2025年部分节假日安排 一、元旦：1月1日放假。', 与所选的2026年不符",
        "'一、元旦：1月1日至31日放假。', 请核对原文",
        "'你好', 没有读出放假的日子",
        "'<script>alert(1)</script>', 没有读出放假的日子"
    })
    void a_text_that_contradicts_itself_or_says_nothing_is_refused(String text, String sentence) {
        assertThatThrownBy(() -> NoticeText.read(2026, "国办发明电〔2025〕7号", text))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void a_text_without_a_number_asks_for_it() {
        assertThatThrownBy(() -> NoticeText.read(2026, " ", "一、元旦：1月1日放假。"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("source"));
    }
}
