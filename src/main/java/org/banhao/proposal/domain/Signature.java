package org.banhao.proposal.domain;

import java.time.Instant;

/**
 * Somebody who proposes.
 *
 * @param role {@code first} or {@code co}
 * @param state {@code chosen} in a draft · {@code invited} · {@code confirmed} · {@code declined} · {@code dropped} at the
 *     deadline · {@code recalled} by the first proposer
 * @param how {@code online}, or {@code paper}: a clerk read it from the scan
 */
public record Signature(
        int position,
        String memberId,
        String personId,
        String name,
        String role,
        String state,
        String how,
        Instant at) {

    public boolean invited() {
        return state.equals("invited");
    }

    public boolean confirmed() {
        return state.equals("confirmed");
    }

    public String stateName() {
        return switch (state) {
            case "chosen" -> "尚未邀请";
            case "invited" -> "等待确认";
            case "confirmed" -> how.equals("paper") ? "已签名（纸质）" : "已确认";
            case "declined" -> "已谢绝";
            case "dropped" -> "逾期未确认，已不列入";
            case "recalled" -> "邀请已撤回";
            default -> state;
        };
    }
}
