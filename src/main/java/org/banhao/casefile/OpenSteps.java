package org.banhao.casefile;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The steps that wait; written in the engine's transaction, read by lists and pages. */
public interface OpenSteps {

    List<OpenStep> ofCase(String number);

    /** Those of the case that somebody can do now: none while it rests. */
    default List<OpenStep> active(String number) {
        return ofCase(number);
    }

    /** Whether nobody can do that step now, because its case rests; nobody else's hand reaches it either. */
    default boolean rests(String number, String taskId) {
        return active(number).stream().noneMatch(step -> step.taskId().equals(taskId));
    }

    /** Those a person holds. */
    List<OpenStep> heldBy(String personId);

    /**
     * Every step that waits and whose case does not rest, over all cases but mocks ({@link CaseFiles#MOCK}), which press nobody; oldest
     * first. For those who remind, not for lists.
     */
    List<OpenStep> all();

    /** Those of {@link #all} that are due before that moment, the most urgent first; at most so many. */
    default List<OpenStep> dueBefore(Instant moment, int most) {
        return all().stream()
                .filter(step -> step.due() != null && step.due().isBefore(moment))
                .sorted(Comparator.comparing(OpenStep::due))
                .limit(most)
                .toList();
    }

    /** All waiting steps of one kind, for batches; oldest first. */
    List<OpenStep> waiting(String process, String task);
}
