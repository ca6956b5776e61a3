package org.banhao.proposal.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One conclusion of one level of review; append-only.
 *
 * @param level {@code first} · {@code second} · {@code final}
 * @param units suggested units, the first one leads
 * @param decidedBy reviewer, or the meeting in whose name it was recorded
 */
public record Review(
        String caseNumber,
        int round,
        String level,
        Verdict verdict,
        @Nullable String ground,
        @Nullable Destination destination,
        List<Defect> defects,
        @Nullable Category category,
        String opinion,
        @Nullable String leadCase,
        List<String> units,
        @Nullable String qualityAccurate,
        @Nullable String qualityValuable,
        @Nullable String qualityFeasible,
        boolean keyCandidate,
        @Nullable String contactMode,
        @Nullable LocalDate contactDate,
        @Nullable Long meetingId,
        @Nullable Integer agendaNumber,
        @Nullable String recusal,
        String reviewer,
        String reviewerName,
        String decidedBy,
        Instant at) {}
