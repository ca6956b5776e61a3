package org.banhao.proposal.domain.assignment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What counts for the whole of a case while it is assigned.
 *
 * @param instanceId process instance that waits for the choice and then for the units
 * @param office group of the assigning office in charge
 * @param requirement 办理要求 for all units
 * @param passedOnReason why the other office passed it on; empty when it was not passed on
 * @param signedOffAt 签定: the office has agreed on the units; null while it has not, or when they changed since
 * @param sentAt 交办; null before
 */
public record Plan(
        String caseNumber,
        String instanceId,
        String office,
        String requirement,
        String passedOnReason,
        @Nullable Instant signedOffAt,
        @Nullable String signedOffName,
        @Nullable Instant sentAt,
        @Nullable String sentByName,
        int version) {

    /** The assigning office in charge as letters name it: 市政府办公室. */
    public String officeName() {
        return UnitBook.officeName(office);
    }

    public boolean sent() {
        return sentAt != null;
    }
}
