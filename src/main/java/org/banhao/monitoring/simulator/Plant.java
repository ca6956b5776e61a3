package org.banhao.monitoring.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.jspecify.annotations.Nullable;

/**
 * What comes out of one outlet, and what its equipment draws. A function of seed and moment: asked twice, it says the same, so a logger can
 * be asked for what it measured days ago. Factors hang together by the load of the plant and by a course of the process that they share.
 */
final class Plant {

    static final String PRODUCTION = "production";
    static final String TREATMENT = "treatment";

    private static final String OXYGEN = "a19001";
    private static final double AIR = 21;
    private static final String RESOURCE = "/demonstration/plants.tsv";

    private record Behaviour(
            String course, double level, double load, double noise, double rest, double untreated, int decimals) {}

    private static final Map<String, Map<String, Behaviour>> KNOWN = known();

    private final Station station;
    private final Faults faults;
    private final Map<String, Behaviour> behaviours;
    private final String course;
    private final long seed;

    /** @throws IllegalArgumentException the plant or one of its factors is not known */
    Plant(Station station, Faults faults, long seed) {
        this.station = station;
        this.faults = faults;
        this.seed = mix(seed ^ station.logger().mn().hashCode());
        Map<String, Behaviour> found = KNOWN.get(station.plant());
        if (found == null) throw new IllegalArgumentException("No such plant: " + station.plant());
        for (String factor : station.factors())
            if (!found.containsKey(factor))
                throw new IllegalArgumentException(station.plant() + " does not emit " + factor);
        this.behaviours = found;
        this.course = found.values().iterator().next().course();
    }

    /** Whether a limit is likely to be set for it: concentrations and pH. */
    static boolean pollutant(String factor) {
        return factor.startsWith("a2")
                || factor.startsWith("a3")
                || factor.startsWith("w0101") && !factor.equals("w01010")
                || factor.startsWith("w2")
                || factor.equals("w01001");
    }

    static boolean flow(String factor) {
        return factor.equals("a00000") || factor.equals("w00000");
    }

    int decimals(String factor) {
        Behaviour behaviour = behaviours.get(factor);
        return behaviour == null ? 2 : behaviour.decimals();
    }

    BigDecimal rounded(String factor, double value) {
        return BigDecimal.valueOf(value).setScale(decimals(factor), RoundingMode.HALF_EVEN);
    }

    /** N, or what a fault makes of it. */
    String flag(String factor, Instant at) {
        return pollutant(factor) && faults.at(SimulatedFault.MARK, factor, at) != null ? "D" : "N";
    }

    /** As it is measured; kW for {@link #PRODUCTION} and {@link #TREATMENT}. */
    double value(String factor, Instant at) {
        if (factor.equals(PRODUCTION)) return production(at);
        if (factor.equals(TREATMENT)) return treatment(at);
        boolean stuck = pollutant(factor) || flow(factor);
        if (stuck && faults.at(SimulatedFault.ZERO, factor, at) != null) return 0;
        Faults.Span constant = pollutant(factor) ? faults.at(SimulatedFault.CONSTANT, factor, at) : null;
        return process(factor, constant == null ? at : constant.from());
    }

    /** 折算浓度; null: this outlet or factor is not converted. */
    @Nullable
    Double converted(String factor, double measured, Instant at) {
        Double reference = station.oxygen();
        if (station.water() || reference == null || !factor.startsWith("a2") && !factor.startsWith("a3")) return null;
        return convert(measured, value(OXYGEN, at), reference);
    }

    private static double convert(double measured, double oxygen, double reference) {
        // as loggers do: near air the formula has no meaning, and what was measured is told
        return oxygen > 19.5 ? measured : measured * (AIR - reference) / (AIR - oxygen);
    }

    private double process(String factor, Instant at) {
        Behaviour b = behaviours.get(factor);
        if (b == null) throw new IllegalArgumentException("Not emitted here: " + factor);
        double load = load(at);
        double off = faults.strength(SimulatedFault.TREATMENT_OFF, at);
        double running = running(at);
        double noise = 1 + b.noise() * noise(factor.hashCode(), at);
        double normal = b.level() * Math.pow(load, b.load()) * noise * (1 + (b.untreated() - 1) * off);
        double exceeding = faults.strength(SimulatedFault.EXCEED, factor, at);
        Double limit = station.limits().get(factor);
        if (exceeding > 0 && limit != null && !factor.equals("w01001")) {
            double goal = 1.5 * limit * (1 + b.noise() / 2 * noise(factor.hashCode(), at));
            Double reference = station.oxygen();
            if (reference != null && !station.water()) goal *= (AIR - process(OXYGEN, at)) / (AIR - reference);
            normal += Math.max(0, goal - normal) * exceeding;
        }
        double rest = b.rest() * (1 + b.noise() * noise(factor.hashCode() + 7, at) / 2);
        return Math.max(0, rest + (normal - rest) * running);
    }

    /** 0.5 to 1. */
    private double load(Instant at) {
        ZonedDateTime local = at.atZone(ChineseTime.ZONE);
        double hour = local.toLocalTime().toSecondOfDay() / 3600.0;
        double wave = smooth(31, at, Duration.ofHours(3));
        double load =
                switch (course) {
                    // warm at noon, cold before dawn
                    case "heating" -> 0.82 + 0.10 * Math.cos((hour - 5) / 12 * Math.PI) + 0.04 * wave;
                    // two peaks: after getting up, and in the evening
                    case "water" ->
                        0.74
                                + 0.12 * Math.cos((hour - 9) / 6 * Math.PI)
                                + 0.08 * Math.cos((hour - 20) / 12 * Math.PI)
                                + 0.03 * wave;
                    default -> 0.90 + 0.05 * wave;
                };
        return Math.max(0.5, Math.min(1, load));
    }

    /** 0 to 1: how much of the plant is at work. */
    private double running(Instant at) {
        double on = 1 - faults.strength(SimulatedFault.PLANT_OFF, at);
        if (!course.equals("shift")) return on;
        double hour = at.atZone(ChineseTime.ZONE).toLocalTime().toSecondOfDay() / 3600.0;
        // begins at seven, ends at nine in the evening, half an hour each
        return on * Math.max(0, Math.min(1, Math.min((hour - 7) * 2, (21.5 - hour) * 2)));
    }

    private double production(Instant at) {
        double power = station.production() * (0.2 + 0.8 * load(at)) * (1 + 0.02 * noise(101, at));
        return switched(power * running(at), at, SimulatedFault.PLANT_OFF);
    }

    private double treatment(Instant at) {
        double power = station.treatment() * (0.6 + 0.4 * load(at)) * (1 + 0.03 * noise(102, at));
        // runs on while the plant winds down
        double with = running(at) > 0 ? 1 : 0;
        return switched(switched(power * with, at, SimulatedFault.PLANT_OFF), at, SimulatedFault.TREATMENT_OFF);
    }

    /** Power is gone at once, whatever the gas does. What is left is the lamp of the cabinet. */
    private double switched(double power, Instant at, SimulatedFault off) {
        return faults.active(off, at) ? Math.min(power, 0.3) : Math.max(power, 0.3);
    }

    /** -1 to 1; the process moves all factors of a plant together, each has a part of its own. */
    private double noise(int channel, Instant at) {
        return 0.4 * smooth(1, at, Duration.ofMinutes(40))
                + 0.4 * smooth(channel, at, Duration.ofMinutes(9))
                + 0.2 * smooth(channel + 3, at, Duration.ofMinutes(1));
    }

    /** Random points so far apart, and a smooth line between them. */
    private double smooth(int channel, Instant at, Duration apart) {
        double x = at.toEpochMilli() / (double) apart.toMillis();
        long before = (long) Math.floor(x);
        double part = x - before;
        double eased = part * part * (3 - 2 * part);
        return point(channel, before, apart) * (1 - eased) + point(channel, before + 1, apart) * eased;
    }

    private double point(int channel, long index, Duration apart) {
        long bits = mix(seed + 31 * mix(channel + 1_000_003L * apart.toMillis()) + mix(index));
        return (bits >>> 11) * 0x1.0p-52 - 1;
    }

    private static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
        return b ^ b >>> 31;
    }

    private static Map<String, Map<String, Behaviour>> known() {
        try (InputStream in = Plant.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException(RESOURCE + " is missing");
            Map<String, Map<String, Behaviour>> plants = new HashMap<>();
            List<Map<String, String>> rows = Tsv.rows(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            for (Map<String, String> row : rows) {
                plants.computeIfAbsent(row.getOrDefault("plant", ""), name -> new LinkedHashMap<>())
                        .put(
                                row.getOrDefault("factor", ""),
                                new Behaviour(
                                        row.getOrDefault("course", ""),
                                        number(row, "level"),
                                        number(row, "load"),
                                        number(row, "noise"),
                                        number(row, "rest"),
                                        number(row, "untreated"),
                                        (int) number(row, "decimals")));
            }
            return plants;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.getOrDefault(column, ""));
    }
}
