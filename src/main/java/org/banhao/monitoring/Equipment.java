package org.banhao.monitoring;

import org.jspecify.annotations.Nullable;

/**
 * Production or treatment equipment of an outlet, watched by the power it draws.
 *
 * @param meterId device whose readings tell the power; null: none
 * @param factor of the meter's readings what makes its power ({@link PowerFormula}); null: {@code power}
 * @param workingFrom kW, from which on it works
 * @param standingBelow kW, below which it stands; between the two it idles
 */
public record Equipment(
        long id,
        long outletId,
        String name,
        boolean treatment,
        @Nullable Long meterId,
        @Nullable String factor,
        double workingFrom,
        double standingBelow,
        boolean active) {

    /** What a reading of its meter says. */
    public enum State {
        WORKING("运行"),
        IDLE("待机"),
        STANDING("停机");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** @param power kW */
    public State state(double power) {
        if (power >= workingFrom) return State.WORKING;
        return power < standingBelow ? State.STANDING : State.IDLE;
    }

    /** Under which codes its meter tells its power. */
    public PowerFormula formula() {
        return PowerFormula.of(factor == null ? "power" : factor);
    }
}
