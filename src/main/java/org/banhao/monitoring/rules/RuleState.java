package org.banhao.monitoring.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a rule keeps of what it has seen of one subject; all of it is stored, so that a restart changes nothing.
 *
 * @param until end of what was judged last; null: nothing yet
 * @param since from when on the condition is met without a break; null: it is not
 * @param calmSince from when on an open finding's closing condition is met; null: it is not
 * @param memory the rule's own figures: values of the window, days, a first value
 * @param open the finding that goes on; null: none
 * @param held thresholds by which the open finding was opened; it is judged by them until it ends
 */
public record RuleState(
        @Nullable Instant until,
        @Nullable Instant since,
        @Nullable Instant calmSince,
        List<Double> memory,
        @Nullable Finding open,
        @Nullable Map<Threshold, Double> held) {

    public static final RuleState NONE = new RuleState(null, null, null, List.of(), null, null);

    public RuleState {
        // absent where it was stored empty
        memory = Objects.requireNonNullElse(memory, List.<Double>of());
        memory = List.copyOf(memory);
        if (held != null) held = Map.copyOf(held);
    }
}
