package org.banhao.proposal.domain.handling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one unit does with a proposal it has accepted.
 *
 * @param assignmentId the assignment it carries out; another one after the unit's work went over to a successor
 * @param unitName name of the day
 * @param instanceId process instance {@code proposalHandling}; null only while it is being started
 * @param section 承办科室; empty before it was forwarded
 * @param round 1, or 2 for 再次办理; the first row stays as it was
 * @param roundReason why it is handled again, {@code roundOrderedBy} whose word that is; empty in the first round
 * @param instruction 批办意见, may be empty; {@code instructedBy} says whose
 */
public record Handling(
        long id,
        long assignmentId,
        String caseNumber,
        String unitId,
        String unitName,
        @Nullable String instanceId,
        HandlingState state,
        String section,
        String instruction,
        String instructedBy,
        String handlingNote,
        Instant startedAt,
        @Nullable Instant endedAt,
        int version,
        int round,
        String roundReason,
        String roundOrderedBy) {

    /** 再次办理: a second reply stands beside the first. */
    public boolean again() {
        return round > 1;
    }
}
