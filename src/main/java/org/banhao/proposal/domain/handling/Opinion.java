package org.banhao.proposal.domain.handling;

import java.time.Instant;
import org.banhao.base.ChineseTime;
import org.jspecify.annotations.Nullable;

/**
 * What one level said about a draft.
 *
 * @param draft text version it is about; 0 where there is none
 * @param proposedClass 办理结果类别 the assigning office would give; null unless it proposed one
 */
public record Opinion(
        OpinionStep step,
        int draft,
        OpinionVerdict verdict,
        String opinion,
        @Nullable String proposedClass,
        String person,
        String name,
        Instant at) {

    /** 核稿（第1稿）：退回修改，牛莉，2026年3月26日 18:00（周四）。第二条没有时限 */
    public String line() {
        String of = draft == 0 ? "" : "（第" + draft + "稿）";
        String wish = proposedClass == null ? "" : "，建议办理结果改为" + proposedClass;
        String words = opinion.isEmpty() ? "" : "。" + opinion;
        return step.label() + of + "：" + verdict.label() + wish + "，" + name + "，" + ChineseTime.text(at) + words;
    }
}
