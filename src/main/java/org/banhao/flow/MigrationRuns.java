package org.banhao.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * {@link Migrations} in the background, one after the other on each node. How far one is and what came of it stand in the database, so that
 * every node can show it; a node that stops in the middle leaves it interrupted, and nothing has moved. Who may do this is asked by the caller.
 */
public interface MigrationRuns {

    /** One look takes a moment: who has said nothing for so long is not there any more. */
    Duration SILENT = Duration.ofMinutes(5);

    /**
     * @param version id of the version to leave
     * @param name of the process
     * @param instead as for {@link Migrations#plan}
     * @param trial nothing moves, what would is {@link #outcome}
     * @param cases running when it was asked for
     * @param done looks so far, of {@link #looks}
     * @param heardAt when the node that does it said how far it is
     * @param moved how many cases go on with the latest version; null: none, or not yet
     * @param failure why it was not done, as a sentence; null: it was, or goes on
     */
    record Run(
            long id,
            String version,
            String name,
            int fromVersion,
            int toVersion,
            Map<String, String> instead,
            boolean trial,
            int cases,
            int done,
            int looks,
            Instant askedAt,
            String askedBy,
            Instant heardAt,
            @Nullable Instant endedAt,
            @Nullable Integer moved,
            Migrations.@Nullable Plan outcome,
            @Nullable String failure) {

        public boolean running(Instant now) {
            return endedAt == null && heardAt.plus(SILENT).isAfter(now);
        }

        /** Each case is tried before the first one moves. */
        public boolean trying() {
            return trial || done < cases;
        }
    }

    /**
     * Comes back at once; not within a transaction. It is done in the name of the present actor.
     *
     * @param version id of the version to leave
     * @param instead step of that version → step of the latest one, where they are not called the same
     * @param trial only tried
     * @return its number
     * @throws Refusal nothing runs on that version, or it is being done at this moment
     */
    long start(String version, Map<String, String> instead, boolean trial);

    /** Latest first, at most twenty, of everybody. */
    List<Run> latest();

    /** @throws Refusal there is none, or it was forgotten */
    Run one(long id);
}
