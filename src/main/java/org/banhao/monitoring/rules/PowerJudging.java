package org.banhao.monitoring.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.Equipment;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.PlannedStop;
import org.jspecify.annotations.Nullable;

/**
 * 产污治污联动 and 标停未停, by the power that equipment draws. Between readings what was read last holds, for as long as a reading is fresh;
 * after that the equipment is unknown, and from the unknown nothing follows. Power is a state of equipment and no concentration, so realtime
 * readings count here.
 */
public final class PowerJudging {

    private PowerJudging() {}

    public static Set<MonitoringRule> rules() {
        return EnumSet.of(MonitoringRule.POWER_LINK, MonitoringRule.STOP_NOT_STOPPED);
    }

    /**
     * A reading that is not older than {@link PowerState#until}; older ones are judged by beginning anew before them.
     *
     * @param power kW
     */
    public static PowerState read(
            PowerState before,
            long equipmentId,
            Instant at,
            double power,
            Surroundings around,
            Consumer<Finding> told) {
        PowerState state = advance(before, at, around, told);
        Map<Long, PowerState.Point> points = new HashMap<>(state.points());
        points.put(equipmentId, new PowerState.Point(at, power));
        return new PowerState(at, points, state.link(), state.stop());
    }

    /** Up to a moment, with what is known. Any number of calls in between leads to the same. */
    public static PowerState advance(PowerState before, Instant to, Surroundings around, Consumer<Finding> told) {
        Instant from = before.until();
        if (from == null) return before;
        PowerState state = before;
        while (from.isBefore(to)) {
            Instant next = nextCut(state, from, to, around);
            Picture picture = new Picture(state, from, fresh(around, from), around.equipment());
            RuleState link = link(state.link(), from, next, picture, around, told);
            RuleState stop = stop(state.stop(), from, next, picture, around, told);
            state = new PowerState(next, state.points(), link, stop);
            from = next;
        }
        return state;
    }

    private static Duration fresh(Surroundings around, Instant at) {
        return around.thresholds()
                .of(MonitoringRule.POWER_LINK, around.outlet(), at)
                .minutes(Threshold.POWER_FRESH_MINUTES);
    }

    /** Nothing that matters changes before. */
    private static Instant nextCut(PowerState state, Instant from, Instant to, Surroundings around) {
        List<Instant> cuts = new ArrayList<>();
        Duration fresh = fresh(around, from);
        for (PowerState.Point point : state.points().values())
            cuts.add(point.at().plus(fresh));
        for (PlannedStop stop : around.stops()) {
            cuts.add(stop.beginsAt());
            cuts.add(stop.endsAt());
        }
        for (ProductionOrder order : around.orders()) {
            cuts.add(order.beginsAt());
            if (order.endsAt() != null) cuts.add(order.endsAt());
        }
        return cuts.stream()
                .filter(cut -> cut.isAfter(from) && cut.isBefore(to))
                .min(Instant::compareTo)
                .orElse(to);
    }

    private static RuleState link(
            RuleState before,
            Instant from,
            Instant next,
            Picture picture,
            Surroundings around,
            Consumer<Finding> told) {
        Thresholds thresholds = around.thresholds()
                .of(MonitoringRule.POWER_LINK, around.outlet(), from)
                .orHeld(before.held());
        boolean unbroken = before.until() != null && !from.isAfter(before.until());
        Instant since = unbroken && before.since() != null ? before.since() : from;
        return Hysteresis.step(
                MonitoringRule.POWER_LINK,
                RuleKey.WHOLE_OUTLET,
                before,
                from,
                next,
                linkVerdict(since, from, next, picture, around, thresholds),
                thresholds.minutes(Threshold.POWER_LINK_MINUTES),
                thresholds.minutes(Threshold.POWER_LINK_CLEAR_MINUTES),
                false,
                thresholds,
                told);
    }

    private static Verdict linkVerdict(
            Instant since, Instant from, Instant next, Picture picture, Surroundings around, Thresholds thresholds) {
        // what runs in a reported stop is the other rule's matter
        Optional<PlannedStop> stop = around.stopAt(from);
        if (stop.isPresent()) return new Verdict.Stopped(stop.get().beginsAt());
        List<Seen> production = picture.of(false);
        List<Seen> treatment = picture.of(true);
        if (production.isEmpty() || treatment.isEmpty()) return new Verdict.Unjudged(List.of());
        List<Seen> runs = production.stream().filter(Seen::works).toList();
        // both sides are needed: power of the treatment alone says nothing when production stands too
        if (runs.isEmpty())
            return production.stream().allMatch(Seen::known) ? Verdict.calm() : new Verdict.Unjudged(List.of());
        List<Seen> off = treatment.stream().filter(Seen::rests).toList();
        boolean every = thresholds.of(Threshold.POWER_LINK_EVERY) >= 1;
        if (every ? off.isEmpty() : off.size() < treatment.size()) {
            boolean enough = every
                    ? treatment.stream().allMatch(Seen::works)
                    : treatment.stream().anyMatch(Seen::works);
            return enough ? Verdict.calm() : new Verdict.Unjudged(List.of());
        }
        boolean lasting =
                Duration.between(since, next).compareTo(thresholds.minutes(Threshold.POWER_LINK_RED_MINUTES)) >= 0;
        return new Verdict.Met(
                lasting ? AlertLevel.RED : AlertLevel.ORANGE,
                null,
                "自" + Say.moment(since) + "起已超过"
                        + Say.duration(thresholds.minutes(
                                lasting ? Threshold.POWER_LINK_RED_MINUTES : Threshold.POWER_LINK_MINUTES))
                        + "，生产设施在运行（" + Seen.words(runs) + "），治污设施未运行（" + Seen.words(off) + "）。",
                List.of(),
                null);
    }

    private static RuleState stop(
            RuleState before,
            Instant from,
            Instant next,
            Picture picture,
            Surroundings around,
            Consumer<Finding> told) {
        Thresholds thresholds = around.thresholds()
                .of(MonitoringRule.STOP_NOT_STOPPED, around.outlet(), from)
                .orHeld(before.held());
        return Hysteresis.step(
                MonitoringRule.STOP_NOT_STOPPED,
                RuleKey.WHOLE_OUTLET,
                before,
                from,
                next,
                stopVerdict(from, picture, around),
                thresholds.minutes(Threshold.STOP_MINUTES),
                Duration.ZERO,
                false,
                thresholds,
                told);
    }

    private static Verdict stopVerdict(Instant from, Picture picture, Surroundings around) {
        ProductionOrder order = around.orders().stream()
                .filter(one -> one.covers(from))
                .min((a, b) -> Double.compare(a.allowed(), b.allowed()))
                .orElse(null);
        PlannedStop reported = around.stopAt(from).orElse(null);
        if (order == null && reported == null) return Verdict.calm();
        List<Seen> production = picture.of(false);
        boolean allKnown = production.stream().allMatch(Seen::known);
        List<Seen> runs = production.stream().filter(Seen::works).toList();
        if (order != null) {
            double drawn = production.stream()
                    .map(Seen::power)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .sum();
            if (drawn > order.allowed())
                return new Verdict.Met(
                        AlertLevel.RED,
                        order.allowed() > 0 ? drawn / order.allowed() - 1 : null,
                        order.basis() + "要求自" + Say.moment(order.beginsAt()) + "起生产用电不超过"
                                + Say.power(order.allowed()) + "，实际" + Say.power(drawn) + "（"
                                + Seen.words(
                                        production.stream().filter(Seen::known).toList()) + "）。",
                        List.of(),
                        null);
        } else if (!runs.isEmpty() && reported != null) {
            return new Verdict.Met(
                    AlertLevel.ORANGE,
                    null,
                    "停运报备期间（自" + Say.moment(reported.beginsAt()) + "至" + Say.moment(reported.endsAt()) + "）生产设施在运行（"
                            + Seen.words(runs) + "）。",
                    List.of(),
                    null);
        }
        return allKnown && !production.isEmpty() ? Verdict.calm() : new Verdict.Unjudged(List.of());
    }

    /** @param power kW; null: unknown, because nothing fresh was read */
    private record Seen(Equipment equipment, @Nullable Double power) {

        boolean known() {
            return power != null;
        }

        boolean works() {
            return power != null && power >= equipment.workingFrom();
        }

        /** Stands or idles. */
        boolean rests() {
            return power != null && power < equipment.workingFrom();
        }

        String words() {
            if (power == null) return equipment.name() + " 无读数";
            return equipment.name() + " " + Say.power(power) + "，运行阈值" + Say.power(equipment.workingFrom());
        }

        static String words(List<Seen> some) {
            return some.stream().map(Seen::words).collect(Collectors.joining("；"));
        }
    }

    private record Picture(PowerState state, Instant at, Duration fresh, List<Equipment> equipment) {

        /** Those with a meter. */
        List<Seen> of(boolean treatment) {
            return equipment.stream()
                    .filter(one -> one.treatment() == treatment && one.meterId() != null)
                    .map(one -> new Seen(one, power(one.id())))
                    .toList();
        }

        private @Nullable Double power(long id) {
            PowerState.Point point = state.points().get(id);
            return point == null || !at.isBefore(point.at().plus(fresh)) ? null : point.power();
        }
    }
}
