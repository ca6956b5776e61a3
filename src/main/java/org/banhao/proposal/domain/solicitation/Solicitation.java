package org.banhao.proposal.domain.solicitation;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * 征集 of one session.
 *
 * @param caseNumber {@code ZJ-2026-000001}
 * @param instanceId null only while the process is being started
 * @param closedMembers members in office when it closed; null before
 * @param closedParticipants those of them who had proposed or co-signed then; null before
 * @param denominator number of members set by hand for 参与率; null: those in office
 * @param remindedOn day of the last reminder
 */
public record Solicitation(
        String sessionId,
        String caseNumber,
        @Nullable String instanceId,
        SolicitationState state,
        String callText,
        String callOpinion,
        @Nullable Instant calledAt,
        @Nullable String calledName,
        @Nullable Instant closedAt,
        @Nullable Integer closedMembers,
        @Nullable Integer closedParticipants,
        @Nullable Integer denominator,
        String denominatorNote,
        String summaryText,
        @Nullable LocalDate remindedOn,
        int version) {}
