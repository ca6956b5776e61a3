package org.banhao.flow;

import java.util.List;
import java.util.Map;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Takes cases that run on an older version of a model over to its latest, in the thread that asks; {@link MigrationRuns} does it in the
 * background. Nothing moves by itself when a version is deployed: running
 * cases go on as they began until somebody takes them over. Each process moves by itself; what it called stays on its own version.
 *
 * <p>Task, holder, candidates, due date, half-filled forms and timers stay as they are; name, explanation and form of an open step are
 * those of the latest version. Who may do this is asked by the caller.
 */
public interface Migrations {

    /**
     * A version that is not the latest and has running cases.
     *
     * @param id of the version, for the calls below
     * @param process id of the process in the model
     * @param name as people know it
     * @param running instances, resting ones included
     */
    record Behind(
            String id,
            String process,
            String name,
            int version,
            @Nullable String versionTag,
            int latestVersion,
            @Nullable String latestVersionTag,
            int running) {}

    /**
     * Where cases wait today and where they would wait.
     *
     * @param toStep null: the latest version has no such step and none was named in its place
     * @param waiting instances that wait here
     * @param places steps of the latest version that are of the same kind and could be named, by name
     */
    record Move(
            String fromStep,
            String fromName,
            @Nullable String toStep,
            @Nullable String toName,
            int waiting,
            List<Place> places) {}

    /** A step of the latest version. */
    record Place(String step, String name) {}

    /** @param why one Chinese sentence without a stop at its end */
    record Hindrance(String instanceId, String caseNumber, String why) {}

    /** @param cannot those that would be refused, tried one by one */
    record Plan(Behind from, List<Move> moves, List<Hindrance> cannot) {}

    /** Hears before each look at a case how many are done, of how many. What it throws ends the whole, and nothing has moved. */
    interface Progress {

        Progress UNHEARD = (done, of) -> {};

        void at(int done, int of);
    }

    /** By name of the process, then by version. */
    List<Behind> behind();

    /**
     * What a migration would do, found out by trying each case and taking it back. Not inside a transaction: each try has its own.
     *
     * @param version id of the version to leave
     * @param instead step of that version → step of the latest one, where they are not called the same
     * @throws Refusal there is no such version, nothing runs on it, or {@code instead} does not fit the models
     */
    Plan plan(String version, Map<String, String> instead, Progress progress);

    /**
     * Takes over every running case of the version, or none; one that ends meanwhile is left out. Not inside a transaction: it has its own. Recorded for each case.
     *
     * @return how many
     * @throws Refusal as for a plan, or some cannot: each is named with the reason
     * @throws Overtaken one of them was worked on at this moment
     */
    int migrate(String version, Map<String, String> instead, Progress progress);
}
