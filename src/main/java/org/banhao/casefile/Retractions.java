package org.banhao.casefile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.banhao.base.Refusal;
import org.banhao.flow.Footprint;
import org.jspecify.annotations.Nullable;

/** 撤回: who answered a step takes it back within some minutes, while nobody has gone on from it. Calls join the caller's transaction. */
public interface Retractions {

    /**
     * What the person did within the time, newest first.
     *
     * @param why it cannot be retracted as a sentence; null: as far as is known it can, which is looked at again when he does
     */
    record Recent(
            String id,
            String caseNumber,
            String title,
            String name,
            Instant at,
            Instant until,
            @Nullable String why) {

        /** The same, which cannot be retracted. */
        public Recent because(String sentence) {
            return new Recent(id, caseNumber, title, name, at, until, sentence);
        }
    }

    /** Of many only the newest are looked at closely; that of others something has changed is found when they are retracted. */
    List<Recent> recent(String personId);

    /** How long an act of today can be retracted: {@link RetractionWindows}. */
    Duration window();

    /** Those that can be retracted as far as is known; newest first. */
    default List<Recent> retractable(String personId) {
        return recent(personId).stream().filter(one -> one.why() == null).toList();
    }

    /** The same in one case. */
    List<Recent> retractable(String personId, String caseNumber);

    /**
     * Puts everything back: rows, deadlines, processes. The same person has the step again, with his answer as draft.
     *
     * @param personId who did it, for himself or in another's place
     * @return the case, and the task that waits again; null when it was no step
     * @throws Refusal not his, too late, somebody has opened, taken or answered what followed, or it cannot be retracted at all
     */
    Retracted retract(String id, String personId);

    record Retracted(
            String caseNumber, String name, @Nullable String taskId) {}

    /** A page of our own shows the form of an open task with its content: as when Tasklist is served it. Harmless for other tasks. */
    void opened(String taskId, String personId);

    /** A person is about to do something that is no step and can be retracted like one: called before it, in its transaction. */
    void begins(Act act);

    /**
     * @param name in words, as in 撤回「…」
     * @param toldAs how the retraction is told in the timeline, as a beginning
     */
    record Act(String caseNumber, String name, String person, Footprint footprint, String toldAs) {}

    /** What is being done in this case in the present transaction and can be retracted afterwards. */
    Optional<Pending> pending(String caseNumber);

    /** @param until nothing that follows from it leaves the house earlier */
    record Pending(String id, Instant until) {}
}
