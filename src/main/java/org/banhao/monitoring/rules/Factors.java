package org.banhao.monitoring.rules;

import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Outlet;

/** Codes of HJ 524 that rules know by name. */
final class Factors {

    static final String OXYGEN = "a19001";
    static final String GAS_FLOW = "a00000";
    static final String WATER_FLOW = "w00000";

    private Factors() {}

    static String flow(Outlet outlet) {
        return outlet.kind() == Outlet.Kind.WATER ? WATER_FLOW : GAS_FLOW;
    }

    static boolean concentrationOrFlow(Factor factor) {
        return factor.pollutant() || factor.averaging() == Factor.Averaging.SUM;
    }
}
