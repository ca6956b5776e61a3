package org.banhao.monitoring.rules;

import java.time.Instant;
import java.util.Optional;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Reading;
import org.jspecify.annotations.Nullable;

/** A reading beside its limit. */
public final class Against {

    private Against() {}

    static Optional<EmissionLimit> limit(ReadingRule.Seen seen) {
        return seen.around()
                .limit(
                        seen.factor().code(),
                        seen.period().kind(),
                        ChineseTime.day(seen.period().begins()));
    }

    /** Whether limits of this factor are meant for values converted to reference oxygen (折算浓度). */
    public static boolean converted(Factor factor, Outlet outlet) {
        return outlet.kind() == Outlet.Kind.GAS
                && outlet.referenceOxygen() != null
                && factor.pollutant()
                && factor.unit().startsWith("mg");
    }

    /**
     * The value a limit is compared with; null: there is none, as when the limit is meant for converted values and none was sent.
     *
     * @param limit null: of a factor with a range (pH) any value
     */
    public static @Nullable Double value(Reading reading, Factor factor, Outlet outlet, @Nullable EmissionLimit limit) {
        if (converted(factor, outlet)) return reading.converted();
        Double value = reading.judged();
        if (value != null || factor.averaging() != Factor.Averaging.RANGE) return value;
        // pH has no mean: its worse end counts
        Double lowest = reading.lowest();
        Double highest = reading.highest();
        if (limit != null && lowest != null && limit.exceededBy(lowest)) return lowest;
        return highest == null ? lowest : highest;
    }

    /** 超标倍数; of a range by how much of it the value lies outside. At least 0. */
    static double ratio(double value, EmissionLimit limit) {
        Double lowest = limit.lowest();
        double outside = lowest != null && value < lowest ? lowest - value : value - limit.highest();
        double whole = lowest != null ? limit.highest() - lowest : limit.highest();
        return Math.max(0, whole > 0 ? outside / whole : outside);
    }

    static String exceeds(double value, EmissionLimit limit, Factor factor, Reading reading) {
        Double lowest = limit.lowest();
        boolean below = lowest != null && value < lowest;
        String times = lowest == null ? Say.number(ratio(value, limit), 2) + "倍" : "";
        return (reading.converted() != null ? "（折算）" : "")
                + Say.value(value, factor)
                + (below ? "，低于" : "，超过")
                + Say.limit(limit, factor, reading.time())
                + times;
    }

    static String window(Instant begins) {
        return "；数据标记期至" + Say.moment(Marks.windowEnds(begins)) + "，期满前不作为立案依据。";
    }
}
