package org.banhao.whole.year;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What will be done when; of one moment in the order it was planned. */
final class Agenda {

    /** @param act what is done; the case numbers it touched, empty when there was nothing to do any more */
    record Plan(Instant at, long order, String what, Supplier<Set<String>> act) {}

    private final PriorityQueue<Plan> plans =
            new PriorityQueue<>(Comparator.comparing(Plan::at).thenComparing(Plan::order));
    private long order;

    void plan(Instant at, String what, Supplier<Set<String>> act) {
        plans.add(new Plan(at, order++, what, act));
    }

    @Nullable
    Plan next() {
        return plans.poll();
    }
}
