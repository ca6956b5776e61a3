package org.banhao.calendar;

import java.util.List;

/**
 * The State Council's notice of one year, as read from its text.
 *
 * @param source number of the notice: 国办发明电〔2025〕7号
 * @param days ascending, each day once; may begin in December of the year before
 */
public record HolidayNotice(int year, String source, List<CalendarDay> days) {

    public HolidayNotice {
        days = List.copyOf(days);
    }
}
