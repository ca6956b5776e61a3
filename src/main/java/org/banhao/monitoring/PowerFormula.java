package org.banhao.monitoring;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Under which codes a meter tells the power of an equipment. HJ 212-2025 sends electricity by phase, {@code d2…} of production and {@code d3…}
 * of treatment: {@code d20705+d20805+d20905} adds the phases, {@code d20105*d20405+…} multiplies voltage and current where no power is sent
 * (apparent power then). A single code is one in kW.
 */
public record PowerFormula(List<Term> terms) {

    private static final String CODE = "[0-9A-Za-z_-]{1,24}";
    private static final int MOST_TERMS = 12;

    /** @param times code of the other factor, in A where the first is in V; null: the code is one of kW */
    public record Term(String code, @Nullable String times) {

        /** kW; null: something it needs is missing. */
        private @Nullable Double of(Map<String, Double> values) {
            Double value = values.get(code);
            if (times == null || value == null) return value;
            Double other = values.get(times);
            return other == null ? null : value * other / 1000;
        }
    }

    /** @param at when it was read */
    public record Drawn(Instant at, double kilowatts) {}

    public PowerFormula {
        terms = List.copyOf(terms);
    }

    /** @throws IllegalArgumentException it is none */
    public static PowerFormula of(String text) {
        String[] parts = text.replace('＋', '+').replace('×', '*').split("\\+", -1);
        if (parts.length > MOST_TERMS) throw new IllegalArgumentException("Too long: " + text);
        List<Term> terms = new ArrayList<>();
        for (String part : parts) {
            String[] factors = part.strip().split("\\s*\\*\\s*", -1);
            if (factors.length > 2 || !factors[0].matches(CODE) || !factors[factors.length - 1].matches(CODE))
                throw new IllegalArgumentException("No codes: " + text);
            terms.add(new Term(factors[0], factors.length == 2 ? factors[1] : null));
        }
        return new PowerFormula(terms);
    }

    /** All that it needs. */
    public Set<String> codes() {
        Set<String> codes = new LinkedHashSet<>();
        for (Term term : terms) {
            codes.add(term.code());
            String times = term.times();
            if (times != null) codes.add(times);
        }
        return codes;
    }

    /** What readings of one meter say, in the order of time; where one of the codes did not come, or says nothing, they say nothing. */
    public List<Drawn> drawn(List<Reading> readings) {
        Set<String> codes = codes();
        Map<Moment, Map<String, Double>> together = new TreeMap<>();
        for (Reading reading : readings) {
            Double value = reading.value();
            if (value != null && codes.contains(reading.factor()))
                together.computeIfAbsent(new Moment(reading.time(), reading.kind()), moment -> new HashMap<>())
                        .put(reading.factor(), value);
        }
        List<Drawn> drawn = new ArrayList<>();
        together.forEach((moment, values) -> {
            Double power = power(values);
            if (power != null) drawn.add(new Drawn(moment.at(), power));
        });
        return drawn;
    }

    private @Nullable Double power(Map<String, Double> values) {
        double sum = 0;
        for (Term term : terms) {
            Double one = term.of(values);
            if (one == null) return null;
            sum += one;
        }
        return sum;
    }

    private record Moment(Instant at, ReadingKind kind) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            int order = at.compareTo(other.at);
            return order != 0 ? order : kind.compareTo(other.kind);
        }
    }

    /** As it is written in the registry. */
    @Override
    public String toString() {
        List<String> written = new ArrayList<>();
        for (Term term : terms)
            written.add(term.times() == null ? term.code() : term.code() + "*" + Objects.requireNonNull(term.times()));
        return String.join("+", written);
    }
}
