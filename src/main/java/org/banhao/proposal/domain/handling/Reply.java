package org.banhao.proposal.domain.handling;

import java.time.Instant;
import java.util.Map;
import org.banhao.proposal.domain.Consent;
import org.jspecify.annotations.Nullable;

/**
 * A reply as its rows stand. Immutable from its delivery on.
 *
 * @param draft number of the text version
 * @param resultClassName the word of the day it was drafted
 * @param items suggestion number → answer
 * @param signLevel null before the check of the draft
 * @param documentNumber 文号; null before it was sealed
 */
public record Reply(
        long handlingId,
        int draft,
        String opening,
        String resultClass,
        String resultClassName,
        Consent publicity,
        String publicityReason,
        boolean moneyRelated,
        String mainTo,
        String copyTo,
        String contactPerson,
        String contactPhone,
        @Nullable SignLevel signLevel,
        String signLevelReason,
        @Nullable String signedName,
        @Nullable Instant signedAt,
        @Nullable String documentNumber,
        @Nullable String sealedDocument,
        @Nullable Instant deliveredAt,
        Map<Integer, Item> items) {

    public record Item(String answer, String resultClass) {}

    /** A（已经解决或者采纳） */
    public String classLine() {
        return resultClass + "（" + resultClassName + "）";
    }
}
