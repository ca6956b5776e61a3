package org.banhao.proposal.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * 届次: what counts for all proposals of one session.
 *
 * @param closesAt what is handed in later is 平时提案
 * @param finalDecider {@code meeting} or {@code director}
 * @param titleLimit longest title, in characters
 * @param textLimit longest situation, longest analysis
 * @param suggestionLimit longest single suggestion
 * @param wishLimit most units a proposer may wish for
 * @param coSignWorkingDays how long co-signers have for a proposal handed in after the closing hour
 * @param publishedAt from then on no file number changes; null: numbers may be dealt again
 */
public record Session(
        String id,
        String name,
        Instant closesAt,
        String finalDecider,
        int titleLimit,
        int textLimit,
        int suggestionLimit,
        int wishLimit,
        int coSignWorkingDays,
        @Nullable Instant publishedAt) {

    public boolean published() {
        return publishedAt != null;
    }

    /** {@code plenary} 大会提案 up to and including the closing hour, else {@code interim} 平时提案. */
    public String periodAt(Instant moment) {
        return moment.isAfter(closesAt) ? "interim" : "plenary";
    }
}
