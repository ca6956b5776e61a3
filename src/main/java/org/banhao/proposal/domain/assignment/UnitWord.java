package org.banhao.proposal.domain.assignment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A unit's word before 交办.
 *
 * @param agrees null while it has not answered
 * @param otherUnit unit it names instead; null unless it disagrees
 * @param closedAt the case went on before the unit answered
 */
public record UnitWord(
        long id,
        String caseNumber,
        String unitId,
        String unitName,
        String askedByName,
        Instant askedAt,
        @Nullable Boolean agrees,
        @Nullable String otherUnit,
        @Nullable String otherUnitName,
        String reason,
        @Nullable String answeredByName,
        @Nullable Instant answeredAt,
        @Nullable Instant closedAt) {

    public boolean waiting() {
        return answeredAt == null && closedAt == null;
    }

    /** 市教育局：同意 · 市教育局：建议改由市卫生健康委员会承办（理由） · 市教育局：尚未答复 */
    public String line() {
        if (agrees == null) {
            return unitName + "：" + (closedAt == null ? "尚未答复" : "未答复");
        }
        return unitName + "："
                + (agrees ? "同意" : "建议改由" + otherUnitName + "承办")
                + (reason.isEmpty() ? "" : "（" + reason + "）");
    }
}
