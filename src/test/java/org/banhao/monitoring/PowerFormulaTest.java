package org.banhao.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerFormulaTest {

    private static final Instant EIGHT = Instant.parse("2026-03-26T00:00:00Z");

    @Test
    void oneCodeIsThePowerItself() {
        assertThat(PowerFormula.of("power").drawn(List.of(reading("power", 0, 41.5), reading("other", 0, 1.0))))
                .containsExactly(new PowerFormula.Drawn(EIGHT, 41.5));
    }

    @Test
    void phasesAreAddedWhenAllOfThemAreThere() {
        PowerFormula formula = PowerFormula.of("d20705 + d20805＋d20905");
        assertThat(formula).hasToString("d20705+d20805+d20905");
        assertThat(formula.drawn(List.of(
                        reading("d20705", 0, 10.0),
                        reading("d20905", 0, 12.0),
                        reading("d20805", 0, 11.0),
                        reading("d20705", 60, 10.0),
                        reading("d20805", 60, 11.0),
                        reading("d20905", 60, null))))
                .as("of the second moment one phase is missing")
                .containsExactly(new PowerFormula.Drawn(EIGHT, 33));
    }

    @Test
    void voltageTimesCurrentIsInKilowatts() {
        assertThat(PowerFormula.of("d20105*d20405+d20205×d20505")
                        .drawn(List.of(
                                reading("d20105", 0, 220.0),
                                reading("d20405", 0, 50.0),
                                reading("d20205", 0, 200.0),
                                reading("d20505", 0, 10.0))))
                .containsExactly(new PowerFormula.Drawn(EIGHT, 13));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "+", "d20105+", "d20105*d20405*d20505", "d20105 d20205", "功率", "a+a+a+a+a+a+a+a+a+a+a+a+a"})
    void whatNamesNoCodesIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PowerFormula.of(text));
    }

    private static Reading reading(String factor, int seconds, @Nullable Double value) {
        Instant at = EIGHT.plusSeconds(seconds);
        return new Reading(
                1,
                ReadingKind.REALTIME,
                factor,
                at,
                value,
                null,
                null,
                null,
                null,
                null,
                null,
                "N",
                Reading.Source.DEVICE,
                null,
                at,
                false,
                0);
    }
}
