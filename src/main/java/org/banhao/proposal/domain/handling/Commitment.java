package org.banhao.proposal.domain.handling;

import java.time.LocalDate;
import org.banhao.base.ChineseTime;
import org.jspecify.annotations.Nullable;

/**
 * 承诺事项, from a reply or agreed in a consultation.
 *
 * @param source {@code reply} · {@code consultation}
 * @param suggestion number of the suggestion; null: of none in particular
 * @param dueOn null when a consultation named no day
 * @param responsible section or unit
 * @param binding false while the reply it stands in is not delivered
 */
public record Commitment(
        long id,
        String caseNumber,
        String source,
        @Nullable Integer suggestion,
        String content,
        @Nullable LocalDate dueOn,
        String responsible,
        boolean binding) {

    /** 建议1：出台规划（2026年12月31日（周四）前，城建科） */
    public String line() {
        return (suggestion == null ? "" : "建议" + suggestion + "：") + content + "（"
                + (dueOn == null ? "未定日期" : ChineseTime.text(dueOn) + "前") + "，" + responsible + "）";
    }
}
