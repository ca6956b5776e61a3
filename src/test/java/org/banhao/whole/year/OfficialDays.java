package org.banhao.whole.year;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;

/**
 * Working days and terms, counted once more by other means than the product's: every day is asked for itself. Sources: 国办发明电〔2025〕7号
 * for 2026; 全国年节及纪念日放假办法 for years without a notice; 民法典第201条至第203条 for the counting. The notice of 2027 is the one the
 * year itself lets the State Council announce ({@link #NOTICE_OF_2027}).
 */
final class OfficialDays {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Invented: the real one is not known. */
    static final String NOTICE_OF_2027 = """
        一、元旦：1月1日（周五）至3日（周日）放假，共3天。
        二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
        三、清明节：4月3日（周六）至5日（周一）放假，共3天。
        四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
        五、端午节：6月9日（周三）放假，共1天。
        六、中秋节：9月15日（周三）放假，共1天。
        七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
        """;

    private final Set<LocalDate> off = new HashSet<>();
    private final Set<LocalDate> madeUp = new HashSet<>();

    OfficialDays() {
        off(2026, 1, 1, 3);
        off(2026, 2, 15, 9);
        off(2026, 4, 4, 3);
        off(2026, 5, 1, 5);
        off(2026, 6, 19, 3);
        off(2026, 9, 25, 3);
        off(2026, 10, 1, 7);
        for (String day : "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10".split(" ")) {
            madeUp.add(LocalDate.parse(day));
        }
        // by law alone: New Year's Day, the eve and three days of spring festival, the festivals, two days of May,
        // three of October
        law(
                2027,
                LocalDate.of(2027, 2, 6),
                LocalDate.of(2027, 4, 5),
                LocalDate.of(2027, 6, 9),
                LocalDate.of(2027, 9, 15));
        law(
                2028,
                LocalDate.of(2028, 1, 26),
                LocalDate.of(2028, 4, 4),
                LocalDate.of(2028, 5, 28),
                LocalDate.of(2028, 10, 3));
    }

    private void law(int year, LocalDate spring, LocalDate clear, LocalDate dragonBoat, LocalDate midAutumn) {
        off(year, 1, 1, 1);
        for (int day = -1; day < 3; day++) off.add(spring.plusDays(day));
        off.add(clear);
        off(year, 5, 1, 2);
        off.add(dragonBoat);
        off.add(midAutumn);
        off(year, 10, 1, 3);
    }

    private void off(int year, int month, int first, int days) {
        for (int day = 0; day < days; day++)
            off.add(LocalDate.of(year, month, first).plusDays(day));
    }

    /** From now on {@link #NOTICE_OF_2027} holds. */
    void noticeOf2027() {
        off.removeIf(day -> day.getYear() == 2027);
        off(2027, 1, 1, 3);
        off(2027, 2, 5, 7);
        off(2027, 4, 3, 3);
        off(2027, 5, 1, 5);
        off(2027, 6, 9, 1);
        off(2027, 9, 15, 1);
        off(2027, 10, 1, 7);
        for (String day : "2027-01-31 2027-02-20 2027-05-08 2027-09-26 2027-10-09".split(" ")) {
            madeUp.add(LocalDate.parse(day));
        }
    }

    boolean working(LocalDate day) {
        if (madeUp.contains(day)) return true;
        if (off.contains(day)) return false;
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    /** @param n how many working days later; 0 is the day itself or the next working day, negative goes back */
    LocalDate workingDay(LocalDate from, int n) {
        LocalDate day = from;
        if (n == 0) {
            while (!working(day)) day = day.plusDays(1);
            return day;
        }
        int left = Math.abs(n);
        while (left > 0) {
            day = day.plusDays(Integer.signum(n));
            if (working(day)) left--;
        }
        return day;
    }

    /** End of a term that begins on that day. @param unit {@code w} working days, {@code d} days, {@code m} months */
    Instant end(LocalDate start, int amount, char unit) {
        LocalDate last =
                switch (unit) {
                    case 'w' -> workingDay(start, amount);
                    case 'd' -> workingDay(start.plusDays(amount), 0);
                    default -> workingDay(months(start, amount), 0);
                };
        return last.atTime(LocalTime.of(18, 0)).atZone(ZONE).toInstant();
    }

    private static LocalDate months(LocalDate start, int amount) {
        YearMonth month = YearMonth.from(start).plusMonths(amount);
        return month.atDay(Math.min(start.getDayOfMonth(), month.lengthOfMonth()));
    }

    static LocalDate day(Instant moment) {
        return moment.atZone(ZONE).toLocalDate();
    }

    static Instant at(LocalDate day, int hour, int minute) {
        return day.atTime(hour, minute).atZone(ZONE).toInstant();
    }
}
