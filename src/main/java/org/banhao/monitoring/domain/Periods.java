package org.banhao.monitoring.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.jspecify.annotations.Nullable;

/**
 * Hours of minutes, days of hours, as HJ 212-2017 C.16 to C.18 and appendix D say: a period is valid when three quarters of an hour
 * (45 minutes), or 20 hours of a day, are. Flue gas is then N; of sewage any abnormal input makes it abnormal.
 */
final class Periods {

    private static final double VALID_MINUTES = 45;
    private static final int VALID_HOURS = 20;
    private static final int HOURS = 24;
    /** What is computed later than that after its end, was completed by what came late. */
    private static final Duration HOUR_LATE = Duration.ofHours(1);

    private static final Duration DAY_LATE = Duration.ofHours(12);
    private static final String FAULT = "D";

    private Periods() {}

    /**
     * @param inputs of one device and one period, all factors
     * @param minutes length of minute data
     * @param factors those that are known; others are averaged
     * @return one for each factor, in the order of their codes
     */
    static List<Reading> of(
            Collection<Reading> inputs,
            ReadingKind kind,
            Instant begin,
            Outlet.Kind outlet,
            int minutes,
            Map<String, Factor> factors,
            Instant now) {
        Map<String, List<Reading>> byFactor = new TreeMap<>();
        for (Reading input : inputs)
            byFactor.computeIfAbsent(input.factor(), f -> new ArrayList<>()).add(input);
        Map<Instant, Double> flow = new TreeMap<>();
        for (Reading input : byFactor.getOrDefault(outlet == Outlet.Kind.GAS ? "a00000" : "w00000", List.of())) {
            Double value = input.value();
            if (value != null) flow.put(input.time(), value);
        }
        List<Reading> periods = new ArrayList<>();
        byFactor.forEach((code, list) -> {
            Factor factor = factors.get(code);
            Factor.Averaging averaging = factor == null ? Factor.Averaging.MEAN : factor.averaging();
            periods.add(one(list, kind, code, begin, outlet, minutes, averaging, flow, now));
        });
        return periods;
    }

    private static Reading one(
            List<Reading> inputs,
            ReadingKind kind,
            String code,
            Instant begin,
            Outlet.Kind outlet,
            int minutes,
            Factor.Averaging averaging,
            Map<Instant, Double> flow,
            Instant now) {
        List<Reading> normal =
                inputs.stream().filter(r -> r.normal() && r.judged() != null).toList();
        boolean enough = kind == ReadingKind.DAY
                ? normal.size() >= VALID_HOURS
                : normal.size() * (double) minutes >= VALID_MINUTES;
        List<Reading> counted = normal.isEmpty() ? inputs : normal;
        boolean range = averaging == Factor.Averaging.RANGE;
        Map<Instant, Double> weights = averaging == Factor.Averaging.FLOW ? flow : Map.of();
        return new Reading(
                inputs.get(0).deviceId(),
                kind,
                code,
                begin,
                range ? null : mean(counted, Reading::value, weights),
                least(counted),
                most(counted),
                sum(inputs),
                range ? null : mean(counted, Reading::converted, weights),
                null,
                null,
                flag(inputs, enough, outlet, kind == ReadingKind.DAY ? HOURS : 60 / Math.max(1, minutes)),
                Reading.Source.COMPUTED,
                null,
                now,
                now.isAfter(begin.plus(kind.length()).plus(kind == ReadingKind.DAY ? DAY_LATE : HOUR_LATE)),
                0);
    }

    private static String flag(List<Reading> inputs, boolean enough, Outlet.Kind outlet, int expected) {
        Set<String> abnormal = new HashSet<>();
        for (Reading input : inputs) {
            String flag = input.flag();
            if (!input.normal() && flag != null) abnormal.add(flag);
        }
        if (enough && (outlet == Outlet.Kind.GAS || abnormal.isEmpty())) return "N";
        // a whole period of one kind, such as standstill, stays what it is
        boolean whole = inputs.size() >= expected && inputs.stream().noneMatch(Reading::normal);
        return whole && abnormal.size() == 1 ? abnormal.iterator().next() : FAULT;
    }

    private static @Nullable Double mean(
            List<Reading> inputs, Function<Reading, @Nullable Double> value, Map<Instant, Double> weights) {
        double sum = 0;
        double weighted = 0;
        double weight = 0;
        int count = 0;
        boolean all = !weights.isEmpty();
        for (Reading input : inputs) {
            Double one = value.apply(input);
            if (one == null) continue;
            Double own = weights.get(input.time());
            if (own == null || own < 0) {
                all = false;
            } else {
                weighted += one * own;
                weight += own;
            }
            sum += one;
            count++;
        }
        if (count == 0) return null;
        return all && weight > 0 ? weighted / weight : sum / count;
    }

    private static @Nullable Double least(List<Reading> inputs) {
        Double least = null;
        for (Reading input : inputs) {
            Double one = input.lowest() != null ? input.lowest() : input.value();
            if (one != null && (least == null || one < least)) least = one;
        }
        return least;
    }

    private static @Nullable Double most(List<Reading> inputs) {
        Double most = null;
        for (Reading input : inputs) {
            Double one = input.highest() != null ? input.highest() : input.value();
            if (one != null && (most == null || one > most)) most = one;
        }
        return most;
    }

    private static @Nullable Double sum(List<Reading> inputs) {
        Double sum = null;
        for (Reading input : inputs) {
            Double one = input.total();
            if (one != null) sum = sum == null ? one : sum + one;
        }
        return sum;
    }
}
