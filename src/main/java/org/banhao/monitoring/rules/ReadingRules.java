package org.banhao.monitoring.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.rules.Period.Running;
import org.jspecify.annotations.Nullable;

/** The rows of the catalogue that look at one factor in periods of readings. */
final class ReadingRules {

    static final List<ReadingRule> ALL = List.of(
            new HourExceed(),
            new DayExceed(),
            new NearLimit(),
            new Constant(MonitoringRule.CONSTANT_HOUR, ReadingKind.HOUR),
            new Constant(MonitoringRule.CONSTANT_MINUTE, ReadingKind.MINUTE),
            new Zero(),
            new Jump(),
            new FlagBad(),
            new Logic(),
            new NoLimit());

    private ReadingRules() {}

    private static Verdict unjudged(ReadingRule.Seen seen) {
        return new Verdict.Unjudged(seen.memory());
    }

    /** 有效小时均值（折算）超过限值. */
    private static final class HourExceed implements ReadingRule {

        @Override
        public MonitoringRule rule() {
            return MonitoringRule.HOUR_EXCEED;
        }

        @Override
        public boolean concerns(Factor factor, Outlet outlet) {
            return factor.pollutant();
        }

        @Override
        public Verdict judge(Seen seen, Reading reading) {
            EmissionLimit limit = Against.limit(seen).orElse(null);
            Double value = Against.value(reading, seen.factor(), seen.around().outlet(), limit);
            if (limit == null || value == null || !reading.normal()) return unjudged(seen);
            if (!limit.exceededBy(value)) return Verdict.calm();
            double ratio = Against.ratio(value, limit);
            return new Verdict.Met(
                    level(ratio, seen.thresholds()),
                    ratio,
                    seen.factor().name() + Say.hour(seen.period().begins()) + "小时均值"
                            + Against.exceeds(value, limit, seen.factor(), reading)
                            + Against.window(seen.period().begins()),
                    List.of(),
                    null);
        }

        private static AlertLevel level(double ratio, Thresholds thresholds) {
            if (ratio >= thresholds.of(Threshold.HOUR_EXCEED_RED)) return AlertLevel.RED;
            if (ratio >= thresholds.of(Threshold.HOUR_EXCEED_ORANGE)) return AlertLevel.ORANGE;
            return ratio >= thresholds.of(Threshold.HOUR_EXCEED_YELLOW) ? AlertLevel.YELLOW : AlertLevel.BLUE;
        }

        @Override
        public Duration closeAfter(Thresholds thresholds) {
            return thresholds.hours(Threshold.HOUR_EXCEED_CLEAR_HOURS);
        }
    }

    /** 有效日均值超过限值; the level follows the number of such days among the last 30. */
    private static final class DayExceed implements ReadingRule {

        private static final int DAYS = 30;

        @Override
        public MonitoringRule rule() {
            return MonitoringRule.DAY_EXCEED;
        }

        @Override
        public ReadingKind kind() {
            return ReadingKind.DAY;
        }

        @Override
        public boolean concerns(Factor factor, Outlet outlet) {
            return factor.pollutant();
        }

        @Override
        public Verdict judge(Seen seen, Reading reading) {
            EmissionLimit limit = Against.limit(seen).orElse(null);
            Double value = Against.value(reading, seen.factor(), seen.around().outlet(), limit);
            if (limit == null || value == null || !reading.normal()) return unjudged(seen);
            double day = ChineseTime.day(seen.period().begins()).toEpochDay();
            List<Double> days = new ArrayList<>();
            for (double earlier : seen.memory()) if (earlier > day - DAYS && earlier < day) days.add(earlier);
            if (!limit.exceededBy(value)) return new Verdict.Calm(days, EpisodeEnding.RECOVERED);
            days.add(day);
            return new Verdict.Met(
                    level(days.size(), seen.thresholds()),
                    Against.ratio(value, limit),
                    seen.factor().name()
                            + ChineseTime.text(ChineseTime.day(seen.period().begins())) + "日均值"
                            + Against.exceeds(value, limit, seen.factor(), reading)
                            + "，近" + DAYS + "日第" + days.size() + "天超标"
                            + Against.window(seen.period().begins()),
                    days,
                    null);
        }

        private static AlertLevel level(int days, Thresholds thresholds) {
            if (days >= thresholds.of(Threshold.DAY_EXCEED_RED)) return AlertLevel.RED;
            if (days >= thresholds.of(Threshold.DAY_EXCEED_ORANGE)) return AlertLevel.ORANGE;
            return days >= thresholds.of(Threshold.DAY_EXCEED_YELLOW) ? AlertLevel.YELLOW : AlertLevel.BLUE;
        }
    }

    /** Between a share of the limit and the limit for hours: legal, and seldom by chance. */
    private static final class NearLimit implements ReadingRule {

        @Override
        public MonitoringRule rule() {
            return MonitoringRule.NEAR_LIMIT;
        }

        @Override
        public boolean concerns(Factor factor, Outlet outlet) {
            return factor.pollutant() && factor.averaging() != Factor.Averaging.RANGE;
        }

        @Override
        public Verdict judge(Seen seen, Reading reading) {
            EmissionLimit limit = Against.limit(seen).orElse(null);
            Double value = Against.value(reading, seen.factor(), seen.around().outlet(), limit);
            if (limit == null || limit.lowest() != null || value == null || !reading.normal()) return unjudged(seen);
            // above the limit is another rule's matter, and no recovery
            if (limit.exceededBy(value)) return new Verdict.Between(List.of());
            double share = limit.highest() > 0 ? value / limit.highest() : 0;
            if (share < seen.thresholds().of(Threshold.NEAR_LIMIT_SHARE)) return Verdict.calm();
            return new Verdict.Met(
                    AlertLevel.BLUE,
                    null,
                    seen.factor().name() + "自" + Say.moment(seen.since()) + "起连续"
                            + Say.duration(seen.running()) + "贴近限值，最近一小时为"
                            + Say.value(value, seen.factor()) + "，达到"
                            + Say.limit(limit, seen.factor(), seen.period().begins()) + "的"
                            + Say.percent(share) + "，未超标。",
                    List.of(),
                    null);
        }

        @Override
        public Duration openAfter(Thresholds thresholds, Verdict met) {
            return thresholds.hours(Threshold.NEAR_LIMIT_HOURS);
        }
    }

    /** The same value again and again while producing. */
    private static final class Constant implements ReadingRule {

        private final MonitoringRule rule;
        private final ReadingKind kind;

        Constant(MonitoringRule rule, ReadingKind kind) {
            this.rule = rule;
            this.kind = kind;
        }

        @Override
        public MonitoringRule rule() {
            return rule;
        }

        @Override
        public ReadingKind kind() {
            return kind;
        }

        @Override
        public boolean concerns(Factor factor, Outlet outlet) {
            return Factors.concentrationOrFlow(factor) || factor.code().equals(Factors.OXYGEN);
        }

        /** Remembers the first value of the run and where its period began. */
        @Override
        public Verdict judge(Seen seen, Reading reading) {
            Double value = reading.value();
            if (value == null || !reading.normal()) return unjudged(seen);
            Running running = seen.period().running(seen.around());
            if (running == Running.NO || value <= 0) return Verdict.calm();
            List<Double> first = List.of(value, (double) seen.period().begins().getEpochSecond());
            if (running == Running.UNKNOWN) return new Verdict.Between(List.of());
            List<Double> before = seen.memory();
            boolean goesOn =
                    !before.isEmpty() && (seen.unbroken() || seen.state().open() != null);
            if (!goesOn || !same(before.get(0), value, seen.factor()))
                return new Verdict.Calm(first, EpisodeEnding.RECOVERED);
            Instant since = Instant.ofEpochSecond(before.get(1).longValue());
            return new Verdict.Met(
                    AlertLevel.YELLOW,
                    null,
                    seen.factor().name() + "自" + Say.moment(since) + "起连续"
                            + Say.duration(Duration.between(since, seen.period().ends())) + "的"
                            + kind.label() + "值均为" + Say.value(value, seen.factor()) + "，期间生产设施在运行。",
                    before,
                    since);
        }

        private static boolean same(double first, double value, Factor factor) {
            // a little more than the resolution, for the error of binary fractions
            return Math.abs(first - value) <= Math.pow(10, -factor.decimals()) * 1.000001;
        }

        @Override
        public Duration openAfter(Thresholds thresholds, Verdict met) {
            return kind == ReadingKind.HOUR
                    ? thresholds.hours(Threshold.CONSTANT_HOURS)
                    : thresholds.minutes(Threshold.CONSTANT_MINUTES);
        }
    }

    /** Nothing, or less than nothing, while producing. */
    private static final class Zero implements ReadingRule {

        @Override
        public MonitoringRule rule() {
            return MonitoringRule.ZERO;
        }

        @Override
        public boolean concerns(Factor factor, Outlet outlet) {
            return Factors.concentrationOrFlow(factor)
                    && !factor.negative()
                    && factor.averaging() != Factor.Averaging.RANGE;
        }

        @Override
        public Verdict judge(Seen seen, Reading reading) {
            Double value = reading.value();
            if (value == null || !reading.normal()) return unjudged(seen);
            Running running = seen.period().running(seen.around());
            if (value > 0 || running == Running.NO) return Verdict.calm();
            if (running == Running.UNKNOWN) return new Verdict.Between(List.of());
            return new Verdict.Met(
                    AlertLevel.YELLOW,
                    null,
                    seen.factor().name() + Say.hour(seen.period().begins()) + "小时均值为"
                            + Say.value(value, seen.factor()) + "，"
                            + (value < 0 ? "为负值" : "为零值") + "，期间生产设施在运行，已持续"
                            + Say.duration(seen.running()) + "。",
                    List.of(),
                    null);
        }

        @Override
        public Duration openAfter(Thresholds thresholds, Verdict met) {
            return thresholds.hours(Threshold.ZERO_HOURS);
        }
    }

    /** Far from the median of the hours before, and by an amount that matters beside the limit. */
    private static final class Jump implements ReadingRule {

        @Override
        public MonitoringRule rule() {
            return MonitoringRule.JUMP;
        }

        @Override
        public boolean concerns(Factor factor, Outlet outlet) {
            return factor.pollutant() && factor.averaging() != Factor.Averaging.RANGE;
        }

        @Override
        public Verdict judge(Seen seen, Reading reading) {
            EmissionLimit limit = Against.limit(seen).orElse(null);
            Double value = Against.value(reading, seen.factor(), seen.around().outlet(), limit);
            if (limit == null || limit.highest() <= 0 || value == null || !reading.normal()) return unjudged(seen);
            int window = (int) Math.round(seen.thresholds().of(Threshold.JUMP_WINDOW));
            List<Double> before = seen.memory();
            List<Double> next = new ArrayList<>(before);
            next.add(value);
            if (next.size() > window) next = next.subList(next.size() - window, next.size());
            if (before.size() < Math.max(3, window / 2)) return new Verdict.Calm(next, EpisodeEnding.RECOVERED);
            double median = median(before);
            double change = Math.abs(value - median);
            double ratio = median > 0 ? change / median : Double.POSITIVE_INFINITY;
            boolean far = ratio > seen.thresholds().of(Threshold.JUMP_RATIO)
                    && change > seen.thresholds().of(Threshold.JUMP_LIMIT_SHARE) * limit.highest();
            if (!far) return new Verdict.Calm(next, EpisodeEnding.RECOVERED);
            return new Verdict.Met(
                    AlertLevel.BLUE,
                    null,
                    seen.factor().name() + Say.hour(seen.period().begins()) + "小时均值"
                            + Say.value(value, seen.factor()) + "，与前" + before.size() + "个有效小时的中位数"
                            + Say.value(median, seen.factor()) + "相比变化"
                            + (Double.isInfinite(ratio) ? "很大" : Say.number(ratio, 1) + "倍") + "，变化量相当于"
                            + Say.limit(limit, seen.factor(), seen.period().begins()) + "的"
                            + Say.percent(change / limit.highest()) + "。",
                    next,
                    null);
        }

        private static double median(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }
    }

    /** A device that says for hours that its own data are not normal. */
    private static final class FlagBad implements ReadingRule {

        /** 数据标记 of HJ 212; S is set by hand and stands for no measurement either. */
        private static final Set<String> BAD = Set.of("D", "F", "B", "T", "S");

        private static final Set<String> CARE = Set.of("C", "M");

        @Override
        public MonitoringRule rule() {
            return MonitoringRule.FLAG_BAD;
        }

        @Override
        public boolean concerns(Factor factor, Outlet outlet) {
            return Factors.concentrationOrFlow(factor) || factor.code().equals(Factors.OXYGEN);
        }

        @Override
        public boolean restsOnValues() {
            return false;
        }

        /** Remembers how many hours of the run have a flag of the graver kind. */
        @Override
        public Verdict judge(Seen seen, Reading reading) {
            if (reading.normal()) return Verdict.calm();
            String flag = String.valueOf(reading.flag()).toUpperCase(Locale.ROOT);
            boolean bad = BAD.contains(flag);
            if (!bad && !CARE.contains(flag)) return unjudged(seen);
            // stopped, and it stands: nothing is wrong with the device
            if (flag.equals("F") && seen.period().running(seen.around()) != Running.YES)
                return new Verdict.Between(List.of());
            return new Verdict.Met(
                    AlertLevel.YELLOW,
                    null,
                    seen.factor().name() + "自" + Say.moment(seen.since()) + "起连续" + Say.duration(seen.running())
                            + "数据标记异常，最近一小时为“" + flag + "”（" + words(flag) + "）。",
                    List.of(badHours(seen) + (bad ? 1 : 0)),
                    null);
        }

        private static double badHours(Seen seen) {
            return seen.state().since() != null
                            && seen.unbroken()
                            && !seen.memory().isEmpty()
                    ? seen.memory().get(0)
                    : 0;
        }

        @Override
        public Duration openAfter(Thresholds thresholds, Verdict met) {
            boolean bad = !met.memory().isEmpty() && met.memory().get(0) >= thresholds.of(Threshold.FLAG_BAD_HOURS);
            return bad ? Duration.ZERO : thresholds.hours(Threshold.FLAG_CARE_HOURS);
        }

        private static String words(String flag) {
            return switch (flag) {
                case "D" -> "监测设备故障";
                case "F" -> "停运";
                case "B" -> "与数采仪通信异常";
                case "T" -> "超出量程";
                case "S" -> "人工设定值";
                case "C" -> "校准";
                default -> "维护";
            };
        }
    }

    /** Values that cannot be true together (HJ 212 and HJ 75: 折算公式). */
    private static final class Logic implements ReadingRule {

        /** Percent of oxygen in air, as the formula has it. */
        private static final double AIR = 21;

        @Override
        public MonitoringRule rule() {
            return MonitoringRule.LOGIC;
        }

        @Override
        public boolean concerns(Factor factor, Outlet outlet) {
            return factor.code().equals(Factors.OXYGEN)
                    || factor.code().equals(Factors.flow(outlet))
                    || Against.converted(factor, outlet);
        }

        @Override
        public Verdict judge(Seen seen, Reading reading) {
            Double value = reading.value();
            if (value == null || !reading.normal()) return unjudged(seen);
            String wrong = seen.factor().code().equals(Factors.OXYGEN)
                    ? oxygen(seen, value)
                    : seen.factor().code().equals(Factors.flow(seen.around().outlet()))
                            ? flow(seen, value)
                            : conversion(seen, reading, value);
            if (wrong == null) return Verdict.calm();
            return new Verdict.Met(
                    AlertLevel.YELLOW,
                    null,
                    Say.hour(seen.period().begins()) + wrong + "，已持续" + Say.duration(seen.running()) + "。",
                    List.of(),
                    null);
        }

        private static @Nullable String oxygen(Seen seen, double value) {
            if (seen.period().running(seen.around()) != Running.YES) return null;
            double high = seen.thresholds().of(Threshold.LOGIC_OXYGEN_HIGH);
            double low = seen.thresholds().of(Threshold.LOGIC_OXYGEN_LOW);
            if (value > high) return "生产期间氧含量" + Say.value(value, seen.factor()) + "，高于" + Say.number(high, 1) + " %";
            if (value < low) return "生产期间氧含量" + Say.value(value, seen.factor()) + "，低于" + Say.number(low, 1) + " %";
            return null;
        }

        private static @Nullable String flow(Seen seen, double value) {
            if (value != 0 || seen.period().production() == Running.NO) return null;
            for (Reading other : seen.period().readings().values()) {
                Optional<Factor> factor = seen.around().factor(other.factor());
                Double concentration = other.value();
                if (factor.isPresent()
                        && factor.get().pollutant()
                        && factor.get().averaging() != Factor.Averaging.RANGE
                        && concentration != null
                        && concentration > 0
                        && other.normal())
                    return seen.factor().name() + "为0，而" + factor.get().name() + "为"
                            + Say.value(concentration, factor.get());
            }
            return null;
        }

        private static @Nullable String conversion(Seen seen, Reading reading, double value) {
            Double sent = reading.converted();
            if (sent == null) return seen.factor().name() + "未报折算浓度，无法与限值比较";
            Reading oxygen = seen.period().readings().get(Factors.OXYGEN);
            Double measured = oxygen == null || !oxygen.normal() ? null : oxygen.value();
            Double reference = seen.around().outlet().referenceOxygen();
            if (measured == null
                    || reference == null
                    || measured > seen.thresholds().of(Threshold.LOGIC_OXYGEN_HIGH)) return null;
            double expected = value * (AIR - reference) / (AIR - measured);
            double off = Math.abs(sent - expected);
            // an hour's mean of converted values is not the conversion of the means; small values differ by rounding
            if (off <= 1 || off <= seen.thresholds().of(Threshold.LOGIC_CONVERSION) * Math.abs(expected)) return null;
            return seen.factor().name() + "折算浓度" + Say.value(sent, seen.factor()) + "，按实测浓度"
                    + Say.value(value, seen.factor()) + "、氧含量" + Say.number(measured, 2) + " %和基准氧含量"
                    + Say.number(reference, 1) + " %计算应为" + Say.value(expected, seen.factor());
        }

        @Override
        public Duration openAfter(Thresholds thresholds, Verdict met) {
            return thresholds.hours(Threshold.LOGIC_HOURS);
        }
    }

    /** A pollutant that is measured and has no limit: nothing can be exceeded, and somebody has to look after the registry. */
    private static final class NoLimit implements ReadingRule {

        @Override
        public MonitoringRule rule() {
            return MonitoringRule.NO_LIMIT;
        }

        @Override
        public boolean concerns(Factor factor, Outlet outlet) {
            return factor.pollutant();
        }

        @Override
        public boolean restsOnValues() {
            return false;
        }

        @Override
        public Verdict judge(Seen seen, Reading reading) {
            LocalDate day = ChineseTime.day(seen.period().begins());
            String factor = seen.factor().code();
            if (seen.around().limit(factor, ReadingKind.HOUR, day).isPresent()
                    || seen.around().limit(factor, ReadingKind.DAY, day).isPresent()) return Verdict.calm();
            return new Verdict.Met(
                    AlertLevel.BLUE,
                    null,
                    seen.factor().name() + "自" + Say.moment(seen.since())
                            + "起有监测数据，但没有可适用的排放限值，不判定超标；请在排污许可证或排放标准限值中补充。",
                    List.of(),
                    null);
        }
    }
}
