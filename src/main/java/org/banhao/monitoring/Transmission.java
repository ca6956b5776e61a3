package org.banhao.monitoring;

import java.time.LocalDate;
import java.util.List;

/**
 * 传输有效率 of an outlet in a span of days: complete hours × valid hours. Hours in which the outlet stood by an acknowledged report
 * (停运报备) are not due. Counted up to the present hour.
 *
 * @param first day of China
 * @param last included
 */
public record Transmission(long outletId, LocalDate first, LocalDate last, List<OfFactor> factors) {

    /** What is asked for, of {@link #rate}. */
    public static final double ASKED = 0.9;

    /**
     * @param due hours that had to come
     * @param come hours that came, from whomever but not computed here
     * @param valid of these: flag N or none, or covered by a mark
     * @param marked of the valid ones: covered by a statutory mark set in time
     */
    public record OfFactor(String factor, int due, int come, int valid, int marked) {

        /** 缺失. */
        public int missing() {
            return due - come;
        }

        /** 无效: came with another flag or without a value, and nobody marked it. */
        public int invalid() {
            return come - valid;
        }

        /** 传输率, 0 to 1; 1 when nothing was due. */
        public double transmitted() {
            return due == 0 ? 1 : Math.min(1.0, (double) come / due);
        }

        /** 传输有效率, 0 to 1. */
        public double rate() {
            return transmitted() * effective();
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

    public int marked() {
        return factors.stream().mapToInt(OfFactor::marked).sum();
    }

    /** 传输率 over all factors, 0 to 1. */
    public double transmitted() {
        return whole().transmitted();
    }

    /** 有效率 over all factors, 0 to 1. */
    public double effective() {
        return whole().effective();
    }

    /** All factors together. */
    public OfFactor whole() {
        return new OfFactor("", due(), come(), valid(), marked());
    }

    /** 传输有效率, 0 to 1; at least 0.9 is asked for. */
    public double rate() {
        return whole().rate();
    }

    /** Less than is asked for. */
    public boolean low() {
        return due() > 0 && rate() < ASKED;
    }
}
