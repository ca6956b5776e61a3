package org.banhao.monitoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.banhao.monitoring.rules.Yard.FAN;
import static org.banhao.monitoring.rules.Yard.FLOW;
import static org.banhao.monitoring.rules.Yard.NITROGEN;
import static org.banhao.monitoring.rules.Yard.OXYGEN;
import static org.banhao.monitoring.rules.Yard.PUMP;
import static org.banhao.monitoring.rules.Yard.SULPHUR;
import static org.banhao.monitoring.rules.Yard.hour;
import static org.banhao.monitoring.rules.Yard.minute;
import static org.banhao.monitoring.rules.Yard.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.MonitoringDevice;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** For every rule what must alert, and beside it what must not. */
class RulesTest {

    private final Yard yard = new Yard();

    @Nested
    class HourExceed {

        @Test
        void aValidHourAboveTheLimitIsAFindingThatExplainsItself() {
            yard.hour(8, SULPHUR, 52.3);
            Finding finding = yard.only(MonitoringRule.HOUR_EXCEED);
            assertThat(finding.level()).isEqualTo(AlertLevel.BLUE);
            assertThat(finding.ratio()).isCloseTo(0.046, org.assertj.core.data.Offset.offset(1e-9));
            assertThat(finding.sentence())
                    .isEqualTo("二氧化硫2026年3月26日 08时至09时小时均值（折算）52.3 mg/m³，超过限值50 mg/m³"
                            + "（排污许可证，91140000DEMO001P）0.05倍；数据标记期至2026年3月27日 12:00（周五），期满前不作为立案依据。");
            assertThat(finding.countsFrom()).isEqualTo(Yard.at("2026-03-27T12:00"));
        }

        @Test
        void anHourAtTheLimitIsNone() {
            yard.hour(8, SULPHUR, 50);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void anHourThatTheDeviceItselfCallsFaultyIsNone() {
            yard.hour(8, SULPHUR, 90, "D");
            assertThat(yard.rules()).doesNotContain(MonitoringRule.HOUR_EXCEED);
        }

        @Test
        void aMarkedHourIsNone() {
            yard.mark(null, 8, 9, true, "校准");
            yard.hour(8, SULPHUR, 90);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void anHourOfAReportedStopIsNone() {
            yard.stop(hour(6), hour(12));
            yard.hour(8, SULPHUR, 90);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void onlyTheConvertedValueIsComparedWhereLimitsAreMeantForIt() {
            yard.hour(8, reading(ReadingKind.HOUR, SULPHUR, hour(8), 90.0, null, "N"));
            assertThat(yard.rules()).doesNotContain(MonitoringRule.HOUR_EXCEED);
            yard.hour(9, reading(ReadingKind.HOUR, SULPHUR, hour(9), 40.0, 60.0, "N"));
            assertThat(yard.rules()).contains(MonitoringRule.HOUR_EXCEED);
        }

        @Test
        void minutesAndRealtimeValuesAreNeverCompared() {
            yard.period(
                    ReadingKind.MINUTE,
                    hour(8),
                    Duration.ofMinutes(10),
                    reading(ReadingKind.MINUTE, SULPHUR, hour(8), 500.0, 500.0, "N"));
            yard.period(
                    ReadingKind.REALTIME,
                    hour(8),
                    Duration.ZERO,
                    reading(ReadingKind.REALTIME, SULPHUR, hour(8), 500.0, 500.0, "N"));
            assertThat(yard.found).isEmpty();
        }

        @Test
        void itEndsAfterTwoHoursWithinTheLimitAndNotAfterOne() {
            yard.hour(8, SULPHUR, 60);
            yard.hour(9, SULPHUR, 20);
            assertThat(yard.only(MonitoringRule.HOUR_EXCEED).endedAt()).isNull();
            yard.hour(10, SULPHUR, 20);
            Finding finding = yard.only(MonitoringRule.HOUR_EXCEED);
            assertThat(finding.endedAt()).isEqualTo(hour(9));
            assertThat(finding.ending()).isEqualTo(EpisodeEnding.RECOVERED);
        }

        @Test
        void twiceTheLimitIsRedAndTheWorstHourIsToldOf() {
            yard.hour(8, SULPHUR, 61);
            assertThat(yard.only(MonitoringRule.HOUR_EXCEED).level()).isEqualTo(AlertLevel.YELLOW);
            yard.hour(9, SULPHUR, 100);
            yard.hour(10, SULPHUR, 55);
            Finding finding = yard.only(MonitoringRule.HOUR_EXCEED);
            assertThat(finding.level()).isEqualTo(AlertLevel.RED);
            assertThat(finding.sentence()).contains("09时至10时", "100 mg/m³");
            assertThat(finding.seconds()).isEqualTo(3 * 3600);
        }

        @Test
        void theLimitOfTheDayOnWhichTheHourBeginsHoldsAndANewOneIsSaid() {
            yard.limit(SULPHUR, ReadingKind.HOUR, null, 35, "2026-03-27");
            yard.hour(23, SULPHUR, 40);
            assertThat(yard.rules()).doesNotContain(MonitoringRule.HOUR_EXCEED);
            yard.hour(24, SULPHUR, 40);
            assertThat(yard.only(MonitoringRule.HOUR_EXCEED).sentence()).contains("限值35", "自当日起执行，按时段开始时有效的限值判定");
        }

        @Test
        void ofPhTheWorseEndOfTheHourCounts() {
            yard.outlet =
                    new Outlet(7, 3, "西池示例污水处理（演示）", "DW001", "总排口", Outlet.Kind.WATER, null, null, null, null, true);
            yard.limit("w01001", ReadingKind.HOUR, 6.0, 9, "2020-01-01");
            Reading range = new Reading(
                    11,
                    ReadingKind.HOUR,
                    "w01001",
                    hour(8),
                    null,
                    5.1,
                    7.2,
                    null,
                    null,
                    null,
                    null,
                    "N",
                    Reading.Source.DEVICE,
                    null,
                    hour(9),
                    false,
                    0);
            yard.hour(8, range);
            assertThat(yard.only(MonitoringRule.HOUR_EXCEED).sentence()).contains("5.1，低于限值6—9");
        }
    }

    @Nested
    class StartsAndStops {

        @Test
        void aColdStartTakesNitrogenOutOfJudgingForFourHoursAndNoLonger() {
            yard.mark(null, 6, 14, false, "冷态启动");
            yard.hour(9, NITROGEN, 300);
            assertThat(yard.found).isEmpty();
            yard.hour(10, NITROGEN, 300);
            assertThat(yard.only(MonitoringRule.HOUR_EXCEED).beganAt()).isEqualTo(hour(10));
        }

        @Test
        void theWindowOfNitrogenSaysNothingOfSulphur() {
            yard.mark(null, 6, 14, false, "冷态启动");
            yard.hour(7, SULPHUR, 300);
            assertThat(yard.rules()).contains(MonitoringRule.HOUR_EXCEED);
        }

        @Test
        void stoppingABoilerCountsForOneHour() {
            yard.mark(null, 6, 14, false, "停炉");
            yard.hour(6, NITROGEN, 300);
            assertThat(yard.found).isEmpty();
            yard.hour(7, NITROGEN, 300);
            assertThat(yard.rules()).contains(MonitoringRule.HOUR_EXCEED);
        }

        @Test
        void anotherConditionCountsAsLongAsItIsMarked() {
            yard.mark(null, 6, 14, false, "校准");
            yard.hour(13, NITROGEN, 300);
            assertThat(yard.found).isEmpty();
            yard.hour(14, NITROGEN, 300);
            assertThat(yard.rules()).contains(MonitoringRule.HOUR_EXCEED);
        }
    }

    @Nested
    class DayExceed {

        @Test
        void theLevelFollowsTheDaysOfTheLastThirty() {
            List<AlertLevel> levels = new ArrayList<>();
            for (int day = 0; day < 12; day++) {
                yard.day(day, day % 2 == 0 ? 60 : 20);
                if (day % 2 == 0) levels.add(latest().level());
            }
            assertThat(levels)
                    .containsExactly(
                            AlertLevel.BLUE,
                            AlertLevel.YELLOW,
                            AlertLevel.YELLOW,
                            AlertLevel.ORANGE,
                            AlertLevel.ORANGE,
                            AlertLevel.RED);
            assertThat(latest().sentence()).contains("日均值", "近30日第6天超标");
        }

        @Test
        void daysOlderThanThirtyDoNotCount() {
            yard.day(0, 60);
            yard.day(30, 60);
            assertThat(latest().level()).isEqualTo(AlertLevel.BLUE);
            yard.day(31, 60);
            assertThat(latest().level()).isEqualTo(AlertLevel.YELLOW);
        }

        @Test
        void aDayWithinTheLimitIsNone() {
            yard.day(0, 50);
            assertThat(yard.found).isEmpty();
        }

        private Finding latest() {
            return new ArrayList<>(yard.found.values()).get(yard.found.size() - 1);
        }
    }

    @Nested
    class NearLimit {

        @Test
        void fourHoursCloseBelowTheLimitAreAFinding() {
            for (int hour = 8; hour < 12; hour++) yard.hour(hour, SULPHUR, 46);
            Finding finding = yard.only(MonitoringRule.NEAR_LIMIT);
            assertThat(finding.beganAt()).isEqualTo(hour(8));
            assertThat(finding.sentence()).contains("连续4小时贴近限值", "92%", "未超标");
        }

        @Test
        void threeHoursAreNone() {
            for (int hour = 8; hour < 11; hour++) yard.hour(hour, SULPHUR, 46);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void anHourThatIsMissingBreaksTheRun() {
            for (int hour : new int[] {8, 9, 11, 12}) yard.hour(hour, SULPHUR, 46);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void itEndsBelowTheShare() {
            for (int hour = 8; hour < 12; hour++) yard.hour(hour, SULPHUR, 46 + hour * 0.1);
            yard.hour(12, SULPHUR, 44);
            assertThat(yard.only(MonitoringRule.NEAR_LIMIT).endedAt()).isEqualTo(hour(12));
        }
    }

    @Nested
    class Constant {

        @Test
        void sixHoursOfTheSameValueWhileProducingAreAFinding() {
            for (int hour = 8; hour < 14; hour++) yard.hour(hour, SULPHUR, 20);
            Finding finding = yard.only(MonitoringRule.CONSTANT_HOUR);
            assertThat(finding.beganAt()).isEqualTo(hour(8));
            assertThat(finding.sentence()).contains("连续6小时的小时值均为20 mg/m³");
        }

        @Test
        void fiveHoursAreNone() {
            for (int hour = 8; hour < 13; hour++) yard.hour(hour, SULPHUR, 20);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void valuesThatDifferByMoreThanTheResolutionAreNone() {
            for (int hour = 8; hour < 20; hour++) yard.hour(hour, SULPHUR, 20 + hour % 2 * 0.02);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void withoutProductionTheyAreNone() {
            yard.production = Period.Running.NO;
            for (int hour = 8; hour < 20; hour++) yard.hour(hour, SULPHUR, 20);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void thirtyMinutesOfTheSameMinuteValueAreAFindingAndTwentyNone() {
            for (int minute = 0; minute < 20; minute += 10) minuteOf(minute);
            assertThat(yard.found).isEmpty();
            minuteOf(20);
            assertThat(yard.only(MonitoringRule.CONSTANT_MINUTE).sentence()).contains("连续30分钟的分钟值");
        }

        private void minuteOf(int minute) {
            yard.period(
                    ReadingKind.MINUTE,
                    minute(minute),
                    Duration.ofMinutes(10),
                    reading(ReadingKind.MINUTE, SULPHUR, minute(minute), 20.0, 20.0, "N"));
        }
    }

    @Nested
    class Zero {

        @Test
        void anHourOfNothingWhileProducingIsAFinding() {
            yard.hour(8, SULPHUR, 0);
            assertThat(yard.only(MonitoringRule.ZERO).sentence()).contains("为零值", "生产设施在运行");
        }

        @Test
        void anHourBelowNothingIsAFinding() {
            yard.hour(8, SULPHUR, -1.2);
            assertThat(yard.only(MonitoringRule.ZERO).sentence()).contains("-1.2 mg/m³", "为负值");
        }

        @Test
        void pressureMayBeNegative() {
            yard.hour(8, "a01013", -0.3);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void withoutProductionItIsNone() {
            yard.production = Period.Running.NO;
            yard.hour(8, SULPHUR, 0);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void whereNoMeterTellsTheFlowDoes() {
            yard.production = Period.Running.UNKNOWN;
            yard.hour(8, SULPHUR, 0);
            assertThat(yard.found).isEmpty();
            yard.hour(
                    9,
                    reading(ReadingKind.HOUR, SULPHUR, hour(9), 0.0, 0.0, "N"),
                    reading(ReadingKind.HOUR, FLOW, hour(9), 3.0, null, "N"));
            assertThat(yard.rules()).contains(MonitoringRule.ZERO);
        }
    }

    @Nested
    class Jump {

        @Test
        void farFromTheMedianOfTheHoursBeforeIsAFinding() {
            for (int hour = 0; hour < 8; hour++) yard.hour(hour, SULPHUR, 10 + hour * 0.1);
            yard.hour(8, SULPHUR, 35);
            assertThat(yard.only(MonitoringRule.JUMP).sentence()).contains("中位数10.35 mg/m³", "2.4倍");
        }

        @Test
        void aLittleMoreIsNone() {
            for (int hour = 0; hour < 8; hour++) yard.hour(hour, SULPHUR, 10 + hour * 0.1);
            yard.hour(8, SULPHUR, 30);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void aManifoldOfNextToNothingIsNone() {
            for (int hour = 0; hour < 8; hour++) yard.hour(hour, SULPHUR, 1 + hour * 0.1);
            yard.hour(8, SULPHUR, 9);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void withoutEnoughHoursBeforeItIsNone() {
            yard.hour(0, SULPHUR, 10);
            yard.hour(1, SULPHUR, 49);
            assertThat(yard.rules()).doesNotContain(MonitoringRule.JUMP);
        }
    }

    @Nested
    class FlagBad {

        @Test
        void fourHoursOfAFaultAreAFindingAndThreeNone() {
            for (int hour = 8; hour < 11; hour++) yard.hour(hour, SULPHUR, 20, "D");
            assertThat(yard.found).isEmpty();
            yard.hour(11, SULPHUR, 20, "D");
            assertThat(yard.only(MonitoringRule.FLAG_BAD).sentence()).contains("连续4小时", "“D”（监测设备故障）");
        }

        @Test
        void calibratingMayTakeEightHoursAndNoMore() {
            for (int hour = 8; hour < 15; hour++) yard.hour(hour, SULPHUR, 20, "C");
            assertThat(yard.found).isEmpty();
            yard.hour(15, SULPHUR, 20, "C");
            assertThat(yard.rules()).contains(MonitoringRule.FLAG_BAD);
        }

        @Test
        void stoppedIsHonestWhereProductionStands() {
            yard.production = Period.Running.NO;
            for (int hour = 8; hour < 20; hour++) yard.hour(hour, SULPHUR, 0, "F");
            assertThat(yard.found).isEmpty();
            yard.production = Period.Running.YES;
            for (int hour = 20; hour < 24; hour++) yard.hour(hour, SULPHUR, 0, "F");
            assertThat(yard.rules()).contains(MonitoringRule.FLAG_BAD);
        }
    }

    @Nested
    class Logic {

        @Test
        void theOxygenOfAirWhileProducingIsAFindingAfterTwoHours() {
            yard.hour(8, OXYGEN, 20.5);
            assertThat(yard.found).isEmpty();
            yard.hour(9, OXYGEN, 20.4);
            assertThat(yard.only(MonitoringRule.LOGIC).sentence()).contains("氧含量20.4 %，高于19 %");
        }

        @Test
        void withoutProductionItIsNone() {
            yard.production = Period.Running.NO;
            for (int hour = 8; hour < 12; hour++) yard.hour(hour, OXYGEN, 20.5 + hour * 0.1);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void noFlowAndAConcentrationContradictEachOther() {
            for (int hour = 8; hour < 10; hour++)
                yard.hour(
                        hour,
                        reading(ReadingKind.HOUR, SULPHUR, hour(hour), 12.0 + hour, 12.0 + hour, "N"),
                        reading(ReadingKind.HOUR, FLOW, hour(hour), 0.0, null, "N"));
            assertThat(yard.only(MonitoringRule.LOGIC).sentence()).contains("废气流量为0，而二氧化硫为21 mg/m³");
        }

        @Test
        void aConvertedValueThatTheFormulaDoesNotGiveIsAFinding() {
            for (int hour = 8; hour < 10; hour++) converted(hour, 20);
            // 20 × (21 − 3.5) ÷ (21 − 11) = 35
            assertThat(yard.only(MonitoringRule.LOGIC).sentence()).contains("折算浓度20 mg/m³", "计算应为35 mg/m³");
        }

        @Test
        void oneThatIsNearlyWhatTheFormulaGivesIsNone() {
            for (int hour = 8; hour < 12; hour++) converted(hour, 36 + hour * 0.2);
            assertThat(yard.found).isEmpty();
        }

        private void converted(int hour, double converted) {
            yard.hour(
                    hour,
                    reading(ReadingKind.HOUR, SULPHUR, hour(hour), 20.0, converted, "N"),
                    reading(ReadingKind.HOUR, OXYGEN, hour(hour), 11.0, null, "N"));
        }
    }

    @Nested
    class NoLimit {

        @Test
        void aPollutantWithoutALimitIsNeverExceededAndIsTold() {
            yard.limits.removeIf(limit -> limit.factor().equals(SULPHUR));
            yard.hour(8, SULPHUR, 5000);
            assertThat(yard.rules()).containsExactly(MonitoringRule.NO_LIMIT);
            assertThat(yard.only(MonitoringRule.NO_LIMIT).sentence()).contains("没有可适用的排放限值");
        }

        @Test
        void itEndsWhenTheLimitIsEntered() {
            yard.limits.removeIf(limit -> limit.factor().equals(SULPHUR));
            yard.hour(8, SULPHUR, 20);
            yard.limit(SULPHUR, ReadingKind.HOUR, null, 50, "2026-03-01");
            yard.hour(9, SULPHUR, 21);
            assertThat(yard.only(MonitoringRule.NO_LIMIT).endedAt()).isEqualTo(hour(9));
        }

        @Test
        void temperatureNeedsNone() {
            yard.hour(8, OXYGEN, 8);
            assertThat(yard.found).isEmpty();
        }
    }

    @Nested
    class Missing {

        @Test
        void anHourThatHasNotComeTwentyMinutesAfterItsEndIsAFinding() {
            yard.due(8, null);
            assertThat(yard.only(MonitoringRule.MISSING).sentence()).contains("08时至09时", "20分钟后仍未收到：二氧化硫");
        }

        @Test
        void oneThatCameNineteenMinutesAfterIsNone() {
            yard.due(8, 19);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void whatComesLateEndsItAsLateData() {
            yard.due(8, 95);
            yard.due(9, 40);
            yard.due(10, 1);
            Finding finding = yard.only(MonitoringRule.MISSING);
            assertThat(finding.ending()).isEqualTo(EpisodeEnding.LATE_DATA);
            assertThat(finding.endedAt()).isEqualTo(hour(10));
        }

        @Test
        void whatNeverComesEndsItAsRecovered() {
            yard.due(8, null);
            yard.due(9, 1);
            assertThat(yard.only(MonitoringRule.MISSING).ending()).isEqualTo(EpisodeEnding.RECOVERED);
        }

        @Test
        void nothingIsDueInAReportedStop() {
            yard.stop(hour(7), hour(20));
            yard.due(8, null);
            assertThat(yard.found).isEmpty();
        }
    }

    @Nested
    class Offline {

        private final MonitoringDevice logger =
                new MonitoringDevice(11, 7, "DEMO0001", "数采仪", false, 120, 10, LocalDate.parse("2026-01-01"), null);

        @Test
        void threeIntervalsOfSilenceAreNotTooManyAndMoreAre() {
            assertThat(Silence.judge(null, logger, minute(0), minute(6), yard)).isEmpty();
            Optional<Finding> finding = Silence.judge(null, logger, minute(0), minute(7), yard);
            assertThat(finding).hasValueSatisfying(one -> {
                assertThat(one.beganAt()).isEqualTo(minute(0));
                assertThat(one.sentence()).contains("数采仪（DEMO0001）", "超过6分钟");
            });
        }

        @Test
        void anyPacketEndsIt() {
            Finding open =
                    Silence.judge(null, logger, minute(0), minute(7), yard).orElseThrow();
            assertThat(Silence.judge(open, logger, minute(0), minute(60), yard)).isEmpty();
            assertThat(Silence.judge(open, logger, minute(61), minute(62), yard))
                    .hasValueSatisfying(one -> assertThat(one.endedAt()).isEqualTo(minute(61)));
        }

        @Test
        void aReportedStopIsNoSilenceAndItsTimeDoesNotCount() {
            yard.stop(minute(10), minute(100));
            assertThat(Silence.judge(null, logger, minute(9), minute(50), yard)).isEmpty();
            assertThat(Silence.judge(null, logger, minute(9), minute(105), yard))
                    .isEmpty();
            assertThat(Silence.judge(null, logger, minute(9), minute(107), yard))
                    .hasValueSatisfying(one -> assertThat(one.beganAt()).isEqualTo(minute(100)));
        }
    }

    @Nested
    class PowerLink {

        @Test
        void productionWithoutTreatmentForTenMinutesIsAFindingAndForNineNone() {
            runs(0, 9, 40, 0.2);
            assertThat(yard.found).isEmpty();
            runs(10, 10, 40, 0.2);
            Finding finding = yard.only(MonitoringRule.POWER_LINK);
            assertThat(finding.beganAt()).isEqualTo(minute(0));
            assertThat(finding.level()).isEqualTo(AlertLevel.ORANGE);
            assertThat(finding.sentence())
                    .isEqualTo("自2026年3月26日 00:00（周四）起已超过10分钟，生产设施在运行（引风机 40 kW，运行阈值10 kW），"
                            + "治污设施未运行（脱硫循环泵 0.2 kW，运行阈值5 kW）。");
        }

        @Test
        void theClockCompletesTheConditionWithoutAnotherReading() {
            yard.draws(FAN, 0, 40);
            yard.draws(PUMP, 0, 0.2);
            yard.clock(9);
            assertThat(yard.found).isEmpty();
            yard.clock(10);
            assertThat(yard.rules()).containsExactly(MonitoringRule.POWER_LINK);
        }

        @Test
        void fromAMeterThatIsSilentNothingFollows() {
            yard.thresholds = new ThresholdBook(List.of(new ThresholdRow(
                    1, Threshold.POWER_LINK_MINUTES, null, null, 30, Yard.at("2026-01-01T00:00"), null)));
            yard.draws(FAN, 0, 40);
            yard.draws(PUMP, 0, 0.2);
            yard.clock(600);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void anHourOfItIsRed() {
            runs(0, 60, 40, 0.2);
            assertThat(yard.only(MonitoringRule.POWER_LINK).level()).isEqualTo(AlertLevel.RED);
        }

        @Test
        void fiveMinutesTogetherEndIt() {
            runs(0, 20, 40, 0.2);
            runs(21, 26, 40, 20);
            assertThat(yard.only(MonitoringRule.POWER_LINK).endedAt()).isEqualTo(minute(21));
        }

        /** A real false alarm: treatment drew nothing from two to nine in the night, and so did production. */
        @Test
        void treatmentThatRestsAtNightTogetherWithProductionIsNone() {
            for (int minute = 0; minute < 720; minute += 5) {
                boolean night = minute >= 120 && minute < 540;
                yard.draws(FAN, minute, night ? 0.3 : 40);
                yard.draws(PUMP, minute, night ? 0.1 : 20);
            }
            assertThat(yard.found).isEmpty();
        }

        /** A real case: a mine's waste water plant stood for days while production went on; a collapsed slope had cut its cable. */
        @Test
        void treatmentThatStandsForDaysWhileProductionGoesOnIsOneFinding() {
            for (int minute = 0; minute < 4 * 1440; minute += 15) {
                yard.draws(FAN, minute, 180);
                yard.draws(PUMP, minute, minute < 600 ? 20 : 0);
            }
            Finding finding = yard.only(MonitoringRule.POWER_LINK);
            assertThat(finding.beganAt()).isEqualTo(minute(600));
            assertThat(finding.endedAt()).isNull();
            assertThat(finding.level()).isEqualTo(AlertLevel.RED);
        }

        private void runs(int from, int until, double fan, double pump) {
            for (int minute = from; minute <= until; minute++) {
                yard.draws(FAN, minute, fan);
                yard.draws(PUMP, minute, pump);
            }
        }
    }

    @Nested
    class StopNotStopped {

        @Test
        void moreThanAnOrderAllowsForHalfAnHourIsRed() {
            yard.orders.add(new ProductionOrder(1, 7, minute(0), minute(1440), 20, "重污染天气橙色预警"));
            for (int minute = 0; minute <= 30; minute += 10) draws(minute, 40);
            Finding finding = yard.only(MonitoringRule.STOP_NOT_STOPPED);
            assertThat(finding.level()).isEqualTo(AlertLevel.RED);
            assertThat(finding.ratio()).isEqualTo(1);
            assertThat(finding.sentence()).contains("重污染天气橙色预警要求", "不超过20 kW，实际40 kW");
        }

        @Test
        void asMuchAsAllowedIsNone() {
            yard.orders.add(new ProductionOrder(1, 7, minute(0), minute(1440), 40, "重污染天气橙色预警"));
            for (int minute = 0; minute <= 300; minute += 10) draws(minute, 40);
            assertThat(yard.found).isEmpty();
        }

        @Test
        void productionInAReportedStopIsAFindingOfThisRuleAndOfNoOther() {
            yard.stop(minute(0), minute(1440));
            for (int minute = 0; minute <= 60; minute += 10) {
                yard.draws(FAN, minute, 40);
                yard.draws(PUMP, minute, 0);
            }
            assertThat(yard.rules()).containsExactly(MonitoringRule.STOP_NOT_STOPPED);
            assertThat(yard.only(MonitoringRule.STOP_NOT_STOPPED).sentence()).contains("停运报备期间", "引风机 40 kW");
        }

        @Test
        void theEndOfTheOrderEndsIt() {
            yard.orders.add(new ProductionOrder(1, 7, minute(0), minute(60), 20, "限产决定"));
            for (int minute = 0; minute <= 90; minute += 10) draws(minute, 40);
            assertThat(yard.only(MonitoringRule.STOP_NOT_STOPPED).endedAt()).isEqualTo(minute(60));
        }

        private void draws(int minute, double fan) {
            yard.draws(FAN, minute, fan);
            yard.draws(PUMP, minute, 20);
        }
    }

    @Nested
    class Thresholds {

        @Test
        void theRowOfTheOutletWeighsMoreThanThatOfItsKindAndThatMoreThanTheOneForAll() {
            Instant from = Yard.at("2026-01-01T00:00");
            ThresholdRow all = new ThresholdRow(1, Threshold.NEAR_LIMIT_HOURS, null, null, 5, from, null);
            ThresholdRow gas = new ThresholdRow(2, Threshold.NEAR_LIMIT_HOURS, Outlet.Kind.GAS, null, 6, from, null);
            ThresholdRow water =
                    new ThresholdRow(3, Threshold.NEAR_LIMIT_HOURS, Outlet.Kind.WATER, null, 9, from, null);
            ThresholdRow own = new ThresholdRow(4, Threshold.NEAR_LIMIT_HOURS, null, 7L, 7, hour(0), hour(10));
            assertThat(at(List.of(), 1)).isEqualTo(4);
            assertThat(at(List.of(all), 1)).isEqualTo(5);
            assertThat(at(List.of(gas, water, all), 1)).isEqualTo(6);
            assertThat(at(List.of(own, gas, all), 1)).isEqualTo(7);
            assertThat(at(List.of(own, gas, all), 10)).isEqualTo(6);
        }

        private double at(List<ThresholdRow> rows, int hour) {
            return new ThresholdBook(rows).at(Threshold.NEAR_LIMIT_HOURS, yard.outlet, hour(hour));
        }

        @Test
        void raisingAThresholdDoesNotEndAnOpenFinding() {
            yard.thresholds = new ThresholdBook(
                    List.of(new ThresholdRow(1, Threshold.NEAR_LIMIT_SHARE, null, null, 0.98, hour(13), null)));
            for (int hour = 8; hour < 12; hour++) yard.hour(hour, SULPHUR, 46 + hour * 0.1);
            for (int hour = 12; hour < 16; hour++) yard.hour(hour, SULPHUR, 45.5 + hour * 0.1);
            assertThat(yard.only(MonitoringRule.NEAR_LIMIT).endedAt()).isNull();
            yard.hour(16, SULPHUR, 20);
            for (int hour = 17; hour < 24; hour++) yard.hour(hour, SULPHUR, 46 + hour * 0.05);
            assertThat(yard.only(MonitoringRule.NEAR_LIMIT).endedAt()).isEqualTo(hour(16));
        }
    }

    @Nested
    class WhateverComes {

        /** Random hours; what the clock asks in between, and how a run is cut into calls, changes nothing. */
        @Test
        void askingTheClockMoreOftenChangesNothing() {
            for (int seed = 0; seed < 40; seed++) {
                Yard calm = new Yard();
                Yard asked = new Yard();
                Random random = new Random(seed);
                for (int minute = 0; minute < 600; minute += 1 + random.nextInt(20)) {
                    long equipment = random.nextInt(3) == 0 ? FAN : PUMP;
                    double power = random.nextInt(3) == 0 ? 0 : 40;
                    calm.draws(equipment, minute, power);
                    for (int i = 0; i < random.nextInt(4); i++)
                        asked.power = PowerJudging.advance(
                                asked.power, minute(minute).minusSeconds(random.nextInt(900)), asked, asked::found);
                    asked.draws(equipment, minute, power);
                }
                assertThat(asked.found.values())
                        .as("seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(calm.found.values());
            }
        }

        @Test
        void findingsOfOneRuleAndFactorNeverOverlap() {
            for (int seed = 0; seed < 40; seed++) {
                Yard one = new Yard();
                Random random = new Random(seed);
                for (int hour = 0; hour < 300; hour++) {
                    if (random.nextInt(12) == 0) continue;
                    String flag = random.nextInt(10) == 0 ? "D" : "N";
                    double value = random.nextInt(3) == 0 ? 0 : 44 + random.nextInt(12);
                    one.hour(hour, SULPHUR, value, flag);
                }
                Map<RuleKey, Instant> ends = new java.util.HashMap<>();
                for (Finding finding : one.found.values()) {
                    RuleKey key = new RuleKey(finding.rule(), finding.subject());
                    Instant before = ends.get(key);
                    if (before != null) assertThat(finding.beganAt()).isAfterOrEqualTo(before);
                    Instant ended = finding.endedAt();
                    ends.put(key, ended == null ? Instant.MAX : ended);
                    if (ended != null) assertThat(ended).isAfterOrEqualTo(finding.lastAt());
                }
                assertThat(one.found).isNotEmpty();
            }
        }
    }
}
