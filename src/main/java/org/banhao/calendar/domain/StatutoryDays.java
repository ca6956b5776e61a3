package org.banhao.calendar.domain;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.banhao.base.TabFile;

/**
 * The days off that the State Council's 全国年节及纪念日放假办法 gives every year (version in force since 2025: 13 days), for
 * years whose notice is not known: no make-up days and no bridges, because only a notice makes those.
 */
final class StatutoryDays {

    private static final Map<Integer, Lunar> LUNAR = lunar();

    private StatutoryDays() {}

    /** Beyond the years of the lunar file only the fixed ones. */
    static Map<LocalDate, String> of(int year) {
        Map<LocalDate, String> days = new TreeMap<>();
        days.put(LocalDate.of(year, 1, 1), "元旦");
        days.put(LocalDate.of(year, 5, 1), "劳动节");
        if (year >= 2025) days.put(LocalDate.of(year, 5, 2), "劳动节");
        for (int day = 1; day <= 3; day++) days.put(LocalDate.of(year, 10, day), "国庆节");
        Lunar lunar = LUNAR.get(year);
        if (lunar == null) return days;
        for (int offset = year >= 2025 ? -1 : 0; offset < 3; offset++) {
            days.put(lunar.springFestival().plusDays(offset), "春节");
        }
        days.put(lunar.qingming(), "清明节");
        days.put(lunar.dragonBoat(), "端午节");
        // may fall on the national holiday, which then keeps its name and gains this one
        days.merge(lunar.midAutumn(), "中秋节", (national, midAutumn) -> national + "、" + midAutumn);
        return days;
    }

    static boolean knowsLunar(int year) {
        return LUNAR.containsKey(year);
    }

    private static Map<Integer, Lunar> lunar() {
        Map<Integer, Lunar> years = new TreeMap<>();
        for (String[] row : TabFile.rows("/calendar/lunar-festivals.tsv", 5)) {
            years.put(
                    Integer.valueOf(row[0]),
                    new Lunar(
                            LocalDate.parse(row[1]),
                            LocalDate.parse(row[2]),
                            LocalDate.parse(row[3]),
                            LocalDate.parse(row[4])));
        }
        return Map.copyOf(years);
    }

    private record Lunar(LocalDate springFestival, LocalDate qingming, LocalDate dragonBoat, LocalDate midAutumn) {}
}
