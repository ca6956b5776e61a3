package org.banhao.casefile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lists show of a case besides its row, and what it is found by. Only what everybody knows who reads the case; texts as of now,
 * in words.
 *
 * @param proposer whose case it is: 卫林书等3人; empty when nobody's
 * @param category 类别 in words
 * @param period 大会提案 or 平时提案, or the like
 * @param supervision who leads and supervises it; empty when nobody does
 * @param names of people and organisations it is found by, also by their letters
 * @param texts it is found by
 * @param units in their order
 */
public record CaseFacts(
        String proposer,
        @Nullable String category,
        @Nullable String period,
        String supervision,
        List<String> names,
        List<String> texts,
        List<UnitPart> units) {

    /**
     * One unit's part in a case.
     *
     * @param unitName of the day it was asked
     * @param order of the unit in protocol
     * @param role 主办
     * @param state how far it has come: 办理中
     * @param instanceId instance whose waiting step carries the date it owes; null: it owes none
     * @param sent when it was asked
     * @param answered when it gave its answer; null: not yet
     * @param owes whether an answer of its own is waited for, or was
     * @param resultClass code of the answer's class, with {@code resultClassName}; null: there is none
     * @param presentClass 现办理结果 in words; empty: the answer's own
     * @param lookBack 回头看 in words; empty: none
     */
    public record UnitPart(
            String unitId,
            String unitName,
            int order,
            String role,
            String state,
            @Nullable String instanceId,
            @Nullable Instant sent,
            @Nullable Instant answered,
            boolean owes,
            @Nullable String resultClass,
            @Nullable String resultClassName,
            String presentClass,
            String lookBack) {}
}
