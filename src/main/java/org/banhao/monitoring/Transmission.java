package org.banhao.monitoring;

import java.time.YearMonth;
import java.util.List;

/**
 * 传输有效率 of an outlet in a month: complete hours × valid hours. Hours in which the outlet stood by an acknowledged report
 * (停运报备) are not due. Counted up to the present hour.
 */
public record Transmission(long outletId, YearMonth month, List<OfFactor> factors) {

    /**
     * @param due hours that had to come
     * @param come hours that came, from whomever but not computed here
     * @param valid of these: flag N or none, or covered by a mark
     */
    public record OfFactor(String factor, int due, int come, int valid) {

        /** 传输率, 0 to 1; 1 when nothing was due. */
        public double transmitted() {
            return due == 0 ? 1 : Math.min(1.0, (double) come / due);
        }

        /** 有效率, 0 to 1; 1 when nothing came. */
        public double effective() {
            return come == 0 ? 1 : (double) valid / come;
        }
    }

    public Transmission {
        factors = List.copyOf(factors);
    }

    public int due() {
        return factors.stream().mapToInt(OfFactor::due).sum();
    }

    public int come() {
        return factors.stream().mapToInt(OfFactor::come).sum();
    }

    public int valid() {
        return factors.stream().mapToInt(OfFactor::valid).sum();
    }

    /** 传输率 over all factors, 0 to 1. */
    public double transmitted() {
        return new OfFactor("", due(), come(), valid()).transmitted();
    }

    /** 有效率 over all factors, 0 to 1. */
    public double effective() {
        return new OfFactor("", due(), come(), valid()).effective();
    }

    /** 传输有效率, 0 to 1; at least 0.9 is asked for. */
    public double rate() {
        return transmitted() * effective();
    }
}
