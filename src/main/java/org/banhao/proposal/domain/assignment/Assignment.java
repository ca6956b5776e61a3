package org.banhao.proposal.domain.assignment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One unit's part in handling one proposal.
 *
 * @param unitName name of the day it was planned or sent; {@code unitSystem} likewise
 * @param suggestions numbers of the proposal's suggestions it answers; empty: all of them
 * @param requirement 办理要求, written by the assigning office for this unit; may be empty
 * @param reason why this unit: the rule's sentence, or the word of who chose it
 * @param position place among the units of the case, who answers first
 * @param sentAt 交办 to this unit; null while it is only planned
 * @param clockStart from when the terms of handling count: the day it was sent, unless a ruling says otherwise; null before it was sent
 * @param answeredAt when the unit accepted, was deemed to, or a ruling settled it
 * @param answeredBy person; null when nobody answered
 * @param replacedBy row that goes on in its place; null unless {@link AssignmentState#CHANGED}
 * @param instanceId process instance in which the unit answers; null before it was sent or when it went over by succession
 */
public record Assignment(
        long id,
        String caseNumber,
        String unitId,
        String unitName,
        String unitSystem,
        AssignmentRole role,
        List<Integer> suggestions,
        String requirement,
        AssignmentState state,
        AssignmentSource source,
        String reason,
        int position,
        @Nullable Instant sentAt,
        @Nullable Instant clockStart,
        @Nullable Instant answeredAt,
        @Nullable String answeredBy,
        @Nullable String answeredByName,
        @Nullable Long replacedBy,
        @Nullable String instanceId,
        int version) {

    /** 主办 · 分办（建议1、3） */
    public String roleLine() {
        if (suggestions.isEmpty()) {
            return role.label();
        }
        StringBuilder numbers = new StringBuilder();
        suggestions.forEach(
                number -> numbers.append(numbers.isEmpty() ? "" : "、").append(number));
        return role.label() + "（建议" + numbers + "）";
    }
}
