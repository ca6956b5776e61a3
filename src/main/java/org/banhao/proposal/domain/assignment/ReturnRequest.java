package org.banhao.proposal.domain.assignment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A unit asks that the case be taken from it, and what was ruled.
 *
 * @param number 1, 2, 3 … among all requests in the case
 * @param basis which duty (三定职责) speaks against it
 * @param documentId the page signed by the head of the unit
 * @param rulingUnit unit that takes over or is added; null when the ruling keeps
 * @param rulingRole what an added unit is; null otherwise
 * @param recount whether the terms of handling start anew; null before the ruling
 */
public record ReturnRequest(
        long id,
        long assignmentId,
        int number,
        String reason,
        String basis,
        String suggestedUnit,
        String suggestedUnitName,
        String documentId,
        String requestedByName,
        Instant requestedAt,
        @Nullable Ruling ruling,
        @Nullable String rulingUnit,
        @Nullable AssignmentRole rulingRole,
        @Nullable String rulingReason,
        @Nullable Boolean recount,
        @Nullable String ruledByName,
        @Nullable Instant ruledAt) {}
