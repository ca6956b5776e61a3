package org.banhao.proposal.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an organisation stands behind its proposal.
 *
 * @param documentId scan of the sealed page
 * @param convenerPerson who confirms for a sector or group
 * @param state {@code chosen} · {@code invited} · {@code confirmed} · {@code declined} · {@code lapsed}
 */
public record Seal(
        @Nullable String documentId,
        @Nullable String convenerPerson,
        @Nullable String convenerName,
        String state,
        Instant at) {

    public boolean invited() {
        return state.equals("invited");
    }

    public boolean confirmed() {
        return state.equals("confirmed");
    }
}
