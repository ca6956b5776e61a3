package org.banhao.proposal.domain.handling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A unit's request for more time.
 *
 * @param dueBefore the day it was owed when it was asked
 * @param dueWanted the day asked for
 * @param instanceId process instance {@code proposalExtension}; null only while it is being started
 */
public record Extension(
        long id,
        long handlingId,
        @Nullable String instanceId,
        String reason,
        Instant dueBefore,
        Instant dueWanted,
        String askedBy,
        String askedName,
        Instant askedAt,
        ExtensionState state,
        @Nullable String approvedName,
        @Nullable String decidedName,
        String decidedOpinion) {}
