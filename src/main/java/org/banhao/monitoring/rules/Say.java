package org.banhao.monitoring.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.ReadingKind;

/** Figures, times and limits as an officer says them. */
final class Say {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyy年M月d日 HH时", Locale.SIMPLIFIED_CHINESE);

    private Say() {}

    /** 2026年11月23日 08时至09时; 23时至次日00时 */
    static String hour(Instant begins) {
        ZonedDateTime from = begins.atZone(ChineseTime.ZONE);
        ZonedDateTime until = from.plusHours(1);
        return HOUR.format(from) + "至" + (until.getHour() == 0 ? "次日00时" : String.format("%02d时", until.getHour()));
    }

    /** 52.3, without zeros at the end; scientific notation never. */
    static String number(double value, int decimals) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    static String percent(double share) {
        return number(share * 100, 1) + "%";
    }

    /** 52.3 mg/m³ */
    static String value(double value, Factor factor) {
        return number(value, Math.max(factor.decimals(), 2)) + unit(factor);
    }

    static String unit(Factor factor) {
        return factor.unit().isEmpty() || factor.unit().equals("无量纲") ? "" : " " + factor.unit();
    }

    static String power(double value) {
        return number(value, 2) + " kW";
    }

    /**
     * 限值35 mg/m³（排污许可证，编号…）. The limit of the day on which the period begins holds for all of it; where it changed on that
     * very day this is said.
     */
    static String limit(EmissionLimit limit, Factor factor, Instant begins) {
        String range = limit.lowest() == null
                ? number(limit.highest(), 4)
                : number(limit.lowest(), 4) + "—" + number(limit.highest(), 4);
        String fresh = limit.validFrom().equals(ChineseTime.day(begins)) ? "，自当日起执行，按时段开始时有效的限值判定" : "";
        return "限值" + range + unit(factor) + "（" + limit.origin() + fresh + "）";
    }

    static String kind(ReadingKind kind) {
        return kind == ReadingKind.DAY ? "日均值" : kind == ReadingKind.HOUR ? "小时均值" : kind.label() + "值";
    }

    /** 4小时, 30分钟, 1.5小时 */
    static String duration(Duration duration) {
        long minutes = duration.toMinutes();
        return minutes < 60 ? minutes + "分钟" : number(minutes / 60.0, 1) + "小时";
    }

    static String moment(Instant moment) {
        return ChineseTime.text(moment);
    }
}
