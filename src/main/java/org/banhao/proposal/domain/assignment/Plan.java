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
 * @param leaderInstruction 领导批示 on the case; empty: none
 * @param contactName 联系人 in the assigning office; empty before 交办 and for cases assigned before there was one
 * @param signedOffAt 签定: the office has agreed on the units; null while it has not, or when they changed since
 * @param sentAt 交办; null before
 */
public record Plan(
        String caseNumber,
        String instanceId,
        String office,
        String requirement,
        String leaderInstruction,
        String contactName,
        String contactPhone,
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

    /** 侯望，0355-0000000; empty: nobody is named */
    public String contactLine() {
        return contactName + (contactPhone.isEmpty() ? "" : "，" + contactPhone);
    }

    public boolean sent() {
        return sentAt != null;
    }
}
