package org.banhao.monitoring.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;

/** One row of the catalogue that judges periods of readings, factor by factor. Raw realtime values are judged by none. */
interface ReadingRule {

    MonitoringRule rule();

    /** MINUTE, HOUR or DAY. */
    default ReadingKind kind() {
        return ReadingKind.HOUR;
    }

    boolean concerns(Factor factor, Outlet outlet);

    /** @param reading of the factor in that period: valid or not, but covered neither by a mark nor by a reported stop */
    Verdict judge(Seen seen, Reading reading);

    /**
     * How long the condition has to be met without a break; zero: one period is enough.
     *
     * @param met what was said of the period that may open a finding
     */
    default Duration openAfter(Thresholds thresholds, Verdict met) {
        return Duration.ZERO;
    }

    /** One more calm period is enough where this is zero. */
    default Duration closeAfter(Thresholds thresholds) {
        return Duration.ZERO;
    }

    /** Whether a reading that is marked by the rules of marks is left out; those about the marks themselves look at all. */
    default boolean restsOnValues() {
        return true;
    }

    /** One factor in one period, and what the rule knew before. */
    record Seen(Period period, Factor factor, RuleState state, Thresholds thresholds, Surroundings around) {

        List<Double> memory() {
            return state.memory();
        }

        /** Begin of the run that is under way if this period meets the condition. */
        Instant since() {
            return state.since() != null && unbroken() ? state.since() : period.begins();
        }

        /** Whether the period follows the one before without a gap. */
        boolean unbroken() {
            Instant until = state.until();
            return until != null && !period.begins().isAfter(until);
        }

        Duration running() {
            return Duration.between(since(), period.ends());
        }
    }
}
