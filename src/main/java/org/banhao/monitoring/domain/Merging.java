package org.banhao.monitoring.domain;

import java.util.Objects;
import org.banhao.monitoring.Reading;
import org.jspecify.annotations.Nullable;

/** What becomes of two readings of one device, kind, factor and time. */
final class Merging {

    private static final int MOST_CHANGES = 9999;

    private Merging() {}

    /**
     * A higher source takes the place of a lower one, and never the other way round. Of one source the later one counts; what it does
     * not say stays, since one period may come in several packets.
     *
     * @return {@code old} itself when nothing changes
     */
    static Reading merge(Reading old, Reading fresh) {
        int rank = fresh.source().compareTo(old.source());
        if (rank < 0) return old;
        boolean other = rank > 0;
        Reading merged = new Reading(
                old.deviceId(),
                old.kind(),
                old.factor(),
                old.time(),
                newer(old.value(), fresh.value(), other),
                newer(old.lowest(), fresh.lowest(), other),
                newer(old.highest(), fresh.highest(), other),
                newer(old.total(), fresh.total(), other),
                newer(old.converted(), fresh.converted(), other),
                newer(old.convertedLowest(), fresh.convertedLowest(), other),
                newer(old.convertedHighest(), fresh.convertedHighest(), other),
                newer(old.flag(), fresh.flag(), other),
                fresh.source(),
                fresh.frame(),
                fresh.arrivedAt(),
                fresh.late(),
                Math.min(MOST_CHANGES, old.changes() + (other || replaces(old, fresh) ? 1 : 0)));
        return !other && same(old, merged) ? old : merged;
    }

    /** Whether they say the same, whoever says it. */
    static boolean same(Reading one, Reading two) {
        return Objects.equals(one.value(), two.value())
                && Objects.equals(one.lowest(), two.lowest())
                && Objects.equals(one.highest(), two.highest())
                && Objects.equals(one.total(), two.total())
                && Objects.equals(one.converted(), two.converted())
                && Objects.equals(one.convertedLowest(), two.convertedLowest())
                && Objects.equals(one.convertedHighest(), two.convertedHighest())
                && Objects.equals(one.flag(), two.flag());
    }

    private static <T> @Nullable T newer(@Nullable T old, @Nullable T fresh, boolean other) {
        return fresh != null || other ? fresh : old;
    }

    /** Something that was said is said otherwise now; what is merely added is no change. */
    private static boolean replaces(Reading old, Reading fresh) {
        return differs(old.value(), fresh.value())
                || differs(old.lowest(), fresh.lowest())
                || differs(old.highest(), fresh.highest())
                || differs(old.total(), fresh.total())
                || differs(old.converted(), fresh.converted())
                || differs(old.convertedLowest(), fresh.convertedLowest())
                || differs(old.convertedHighest(), fresh.convertedHighest())
                || differs(old.flag(), fresh.flag());
    }

    private static boolean differs(@Nullable Object old, @Nullable Object fresh) {
        return old != null && fresh != null && !old.equals(fresh);
    }
}
