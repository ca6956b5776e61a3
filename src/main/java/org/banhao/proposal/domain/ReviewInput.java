package org.banhao.proposal.domain;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reviewer or a meeting said, as codes of the form; the use case checks what the form cannot. */
public record ReviewInput(
        String verdict,
        @Nullable String leadCase,
        @Nullable String ground,
        @Nullable String destination,
        List<String> defects,
        @Nullable String opinion,
        @Nullable String category,
        List<String> units,
        @Nullable String qualityAccurate,
        @Nullable String qualityValuable,
        @Nullable String qualityFeasible,
        boolean keyCandidate,
        @Nullable String contactMode,
        @Nullable LocalDate contactDate,
        @Nullable String meeting,
        @Nullable Integer agendaNumber,
        @Nullable String recusal) {}
