package org.banhao.monitoring.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeriodsTest {

    private static final Instant HOUR = Station.at("2026-03-26T09:00:00");
    private static final Map<String, Factor> FACTORS = Map.of(
            "w01018", factor("w01018", Factor.Averaging.FLOW),
            "w01001", factor("w01001", Factor.Averaging.RANGE),
            "w00000", factor("w00000", Factor.Averaging.SUM));

    @Test
    void aQuarterOfAnHourOfFaultLeavesFlueGasNormal() {
        // 45 of 60 minutes
        Reading hour = gas("N", "N", "N", "N", "N", "N", "N", "N", "N", "D", "D", "D");
        assertThat(hour.flag()).isEqualTo("N");
        assertThat(hour.value()).as("faulty ones are not counted").isEqualTo(5.0);
    }

    @Test
    void lessThanFortyFiveMinutesAreAFault() {
        assertThat(gas("N", "N", "N", "N", "N", "N", "N", "N", "D", "D", "D", "D")
                        .flag())
                .isEqualTo("D");
        assertThat(gas("N", "N", "N", "N", "N", "N", "N", "N").flag()).isEqualTo("D");
    }

    @Test
    void anHourOfStandstillIsStandstill() {
        assertThat(gas("F", "F", "F", "F", "F", "F", "F", "F", "F", "F", "F", "F")
                        .flag())
                .isEqualTo("F");
        assertThat(gas("F", "F", "F").flag()).isEqualTo("D");
    }

    @Test
    void ofSewageAnyAbnormalInputMakesTheHourAbnormal() {
        List<Reading> inputs = new ArrayList<>();
        for (int i = 0; i < 12; i++) inputs.add(minute("w01018", i * 5, 10.0, i == 3 ? "M" : "N"));
        assertThat(one(Periods.of(inputs, ReadingKind.HOUR, HOUR, Outlet.Kind.WATER, 5, FACTORS, HOUR))
                        .flag())
                .isEqualTo("D");
        inputs.set(3, minute("w01018", 15, 10.0, "N"));
        assertThat(one(Periods.of(inputs, ReadingKind.HOUR, HOUR, Outlet.Kind.WATER, 5, FACTORS, HOUR))
                        .flag())
                .isEqualTo("N");
    }

    @Test
    void concentrationsOfSewageAreWeightedByFlow() {
        List<Reading> inputs = List.of(
                minute("w01018", 0, 10.0, "N"), minute("w01018", 30, 40.0, "N"),
                minute("w00000", 0, 1.0, "N"), minute("w00000", 30, 3.0, "N"));
        Reading weighted = Periods.of(inputs, ReadingKind.HOUR, HOUR, Outlet.Kind.WATER, 30, FACTORS, HOUR)
                .get(1);
        assertThat(Objects.requireNonNull(weighted.value())).isCloseTo(32.5, within(1e-9));
        // without all flows as it is
        Reading plain =
                one(Periods.of(inputs.subList(0, 2), ReadingKind.HOUR, HOUR, Outlet.Kind.WATER, 30, FACTORS, HOUR));
        assertThat(plain.value()).isEqualTo(25.0);
    }

    @Test
    void acidityHasNoMeanButARange() {
        Reading acidity = one(Periods.of(
                List.of(minute("w01001", 0, 6.5, "N"), minute("w01001", 30, 8.5, "N")),
                ReadingKind.HOUR,
                HOUR,
                Outlet.Kind.WATER,
                30,
                FACTORS,
                HOUR));
        assertThat(acidity.value()).isNull();
        assertThat(acidity.lowest()).isEqualTo(6.5);
        assertThat(acidity.highest()).isEqualTo(8.5);
    }

    @Test
    void aPacketWithoutFlagsAsIn2005IsNormal() {
        List<Reading> inputs = new ArrayList<>();
        for (int i = 0; i < 12; i++) inputs.add(minute("a21026", i * 5, 5.0, null));
        assertThat(one(Periods.of(inputs, ReadingKind.HOUR, HOUR, Outlet.Kind.GAS, 5, Map.of(), HOUR))
                        .flag())
                .isEqualTo("N");
    }

    private static Reading gas(String... flags) {
        List<Reading> inputs = new ArrayList<>();
        for (int i = 0; i < flags.length; i++) {
            inputs.add(minute("a21026", i * 5, flags[i].equals("N") ? 5.0 : 500.0, flags[i]));
        }
        return one(Periods.of(inputs, ReadingKind.HOUR, HOUR, Outlet.Kind.GAS, 5, Map.of(), HOUR));
    }

    private static Reading one(List<Reading> readings) {
        assertThat(readings).hasSize(1);
        return readings.get(0);
    }

    private static Reading minute(String factor, int minute, double value, @Nullable String flag) {
        return new Reading(
                1,
                ReadingKind.MINUTE,
                factor,
                HOUR.plusSeconds(60L * minute),
                value,
                null,
                null,
                null,
                null,
                null,
                null,
                flag,
                Reading.Source.DEVICE,
                null,
                HOUR,
                false,
                0);
    }

    private static Factor factor(String code, Factor.Averaging averaging) {
        return new Factor(code, code, "", Factor.Kind.WATER, averaging, true, false, 2);
    }
}
