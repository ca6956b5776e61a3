package org.banhao.monitoring;

/**
 * 污染因子, or another thing that is measured.
 *
 * @param code HJ 524 / HJ 212: a21026
 * @param pollutant has limits; not a state such as temperature
 * @param negative may be below zero without being wrong
 * @param decimals how it is shown
 */
public record Factor(
        String code,
        String name,
        String unit,
        Kind kind,
        Averaging averaging,
        boolean pollutant,
        boolean negative,
        int decimals) {

    public enum Kind {
        GAS,
        WATER,
        PROCESS,
        POWER,
        OTHER
    }

    /** How minutes become an hour, and hours a day. */
    public enum Averaging {
        MEAN,
        /** Weighted by flow where flow is known, else as mean. */
        FLOW,
        /** A flow: its mean, and the sum of its totals. */
        SUM,
        /** Has no mean (pH): only from where to where. */
        RANGE
    }
}
