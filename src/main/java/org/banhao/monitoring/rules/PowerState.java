package org.banhao.monitoring.rules;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an outlet's equipment; stored whole, so that a condition of ten minutes goes on through a restart.
 *
 * @param until up to when it was judged; null: nothing was heard yet
 * @param points the last reading of each equipment
 */
public record PowerState(@Nullable Instant until, Map<Long, Point> points, RuleState link, RuleState stop) {

    public static final PowerState NONE = new PowerState(null, Map.of(), RuleState.NONE, RuleState.NONE);

    public PowerState {
        // absent where they were stored empty
        points = Map.copyOf(Objects.requireNonNullElse(points, Map.<Long, Point>of()));
        link = Objects.requireNonNullElse(link, RuleState.NONE);
        stop = Objects.requireNonNullElse(stop, RuleState.NONE);
    }

    /** @param power kW */
    public record Point(Instant at, double power) {}
}
