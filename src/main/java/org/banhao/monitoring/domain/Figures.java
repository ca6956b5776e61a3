package org.banhao.monitoring.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.StatutoryMark;
import org.banhao.monitoring.hj212.Words;
import org.banhao.monitoring.rules.Against;
import org.jspecify.annotations.Nullable;

/** Readings of one outlet as pages and reports show them: beside the limit of their day, with what is to be said of them. */
final class Figures {

    private final Outlet outlet;
    private final Map<String, Factor> factors = new HashMap<>();
    private final NavigableMap<LocalDate, List<EmissionLimit>> limits;
    private final List<StatutoryMark> marks;

    /**
     * @param factors of the registry
     * @param limits by the day from which they hold on
     * @param marks that touch the span
     */
    Figures(
            Outlet outlet,
            List<Factor> factors,
            NavigableMap<LocalDate, List<EmissionLimit>> limits,
            List<StatutoryMark> marks) {
        this.outlet = outlet;
        factors.forEach(factor -> this.factors.put(factor.code(), factor));
        this.limits = limits;
        this.marks = marks;
    }

    /** Null: not in the registry. */
    @Nullable
    Factor factor(String code) {
        return factors.get(code);
    }

    /** @param kind a realtime or minute value stands beside the hour's limit */
    Optional<EmissionLimit> limit(String code, ReadingKind kind, LocalDate day) {
        ReadingKind averaging = kind == ReadingKind.DAY ? ReadingKind.DAY : ReadingKind.HOUR;
        Map.Entry<LocalDate, List<EmissionLimit>> held = limits.floorEntry(day);
        return held == null
                ? Optional.empty()
                : held.getValue().stream()
                        .filter(one -> one.factor().equals(code) && one.averaging() == averaging)
                        .findFirst();
    }

    boolean marked(Reading reading) {
        return marks.stream().anyMatch(mark -> mark.covers(reading.factor(), reading.time()));
    }

    /** What is compared with the limit; null: nothing can be. */
    @Nullable
    Double judged(Reading reading, @Nullable EmissionLimit limit) {
        Factor factor = factors.get(reading.factor());
        return factor == null ? reading.judged() : Against.value(reading, factor, outlet, limit);
    }

    /** A valid, unmarked hour or day beyond its limit. Of shorter ones nothing can be said: limits are of hours and days. */
    boolean over(Reading reading) {
        if (reading.kind() != ReadingKind.HOUR && reading.kind() != ReadingKind.DAY) return false;
        if (!reading.normal() || marked(reading)) return false;
        EmissionLimit limit = limit(reading.factor(), reading.kind(), ChineseTime.day(reading.time()))
                .orElse(null);
        if (limit == null) return false;
        Double value = judged(reading, limit);
        return value != null && limit.exceededBy(value);
    }

    Figure of(Reading reading) {
        EmissionLimit limit = limit(reading.factor(), reading.kind(), ChineseTime.day(reading.time()))
                .orElse(null);
        Factor factor = factors.get(reading.factor());
        boolean marked = marked(reading);
        boolean over = over(reading);
        List<String> notes = new ArrayList<>();
        String flag = reading.flag();
        if (!reading.normal() && flag != null) {
            String word = Words.mark(flag);
            notes.add(word == null ? flag : word);
        }
        if (marked) notes.add("已标记");
        if (over) notes.add("超过限值");
        Double value = judged(reading, limit);
        if (value == null && reading.value() != null) {
            value = reading.value();
            notes.add("未折算");
        }
        boolean computed = reading.source() == Reading.Source.COMPUTED;
        if (computed) notes.add("平台计算");
        if (reading.late() && !computed) notes.add("补传");
        if (reading.source() == Reading.Source.PLATFORM) notes.add("上级平台");
        if (reading.changes() > 0) notes.add("改过" + reading.changes() + "次");
        Figure.State state = over
                ? Figure.State.OVER
                : marked ? Figure.State.MARKED : reading.normal() ? Figure.State.NORMAL : Figure.State.INVALID;
        return new Figure(
                reading.time(),
                value,
                reading.judged() == null ? range(reading, factor) : number(value, factor),
                state,
                notes);
    }

    private static String range(Reading reading, @Nullable Factor factor) {
        Double lowest = reading.lowest();
        Double highest = reading.highest();
        return lowest == null || highest == null ? "—" : number(lowest, factor) + "～" + number(highest, factor);
    }

    /** With the factor's decimals; null: —. */
    static String number(@Nullable Double value, @Nullable Factor factor) {
        if (value == null) return "—";
        return String.format(Locale.ROOT, "%." + (factor == null ? 2 : factor.decimals()) + "f", value);
    }
}
