package org.banhao.flow;

import java.util.Map;
import java.util.Set;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/** Where processes stand, and putting them back there. Every call joins the caller's transaction, and there must be one. */
public interface Positions {

    /**
     * Notes where the instance stands now; until the transaction ends also where any other instance, with all that it called or was called
     * by, stood before {@link Processes} tells or cancels it, and what it starts. Watches of one transaction all hear the same: it answers
     * retractable steps of one case only, for otherwise what belongs to one case would be put back with the other.
     *
     * @param instanceId null: only what {@link Processes} will do
     */
    Watch watch(@Nullable String instanceId);

    /** What was noted so far. */
    interface Watch {
        /** Opaque text, for {@link #putBack}; null: what happened since cannot be put back, a called instance has ended by itself. */
        @Nullable
        String noted();

        /** Nothing more is noted. */
        void ends();
    }

    /**
     * Ends what was started since and puts every instance back to where it stood: what waits there since is cancelled, what waited is
     * offered again, variables are as they were. An instance that has ended begins anew under another id.
     *
     * @return old id → new id of those that began anew
     * @throws Refusal somebody was faster, or the case rests
     */
    Map<String, String> putBack(String noted);

    /** Ids of all instances that {@link #putBack} would touch. */
    Set<String> instances(String noted);

    /**
     * The task waits for the same person as before, with his answer as his draft.
     *
     * @param holder null: for its groups
     * @param person whose draft it is
     * @return id of the task that waits there now, or null
     */
    @Nullable
    String handBack(String instanceId, String task, @Nullable String holder, String person, String answer);
}
