package org.banhao.proposal.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * 届次: what counts for all proposals of one session.
 *
 * @param closesAt what is handed in later is 平时提案
 * @param finalDecider {@code meeting} or {@code director}
 * @param titleLimit longest title, in characters
 * @param textLimit longest situation, longest analysis
 * @param suggestionLimit longest single suggestion
 * @param wishLimit most units a proposer may wish for
 * @param coSignLeastDays working days that co-signers have at least, when a proposal is handed in shortly before the closing hour;
 *     0: nobody signs after the closing hour
 * @param mergedFiled 并案 count as filed, beside the proposal they were merged into; false: that one alone counts
 * @param publishedAt from then on no file number changes; null: numbers may be dealt again
 * @param mock 模拟届次: practice, never the current one, counted nowhere; handed in until the closing hour by its organisers only
 * @param mockClosedAt of a mock session: from then on nothing is handed in; null: open
 */
public record Session(
        String id,
        String name,
        Instant closesAt,
        String finalDecider,
        int titleLimit,
        int textLimit,
        int suggestionLimit,
        int wishLimit,
        int coSignLeastDays,
        boolean mergedFiled,
        @Nullable Instant publishedAt,
        boolean mock,
        @Nullable Instant mockClosedAt) {

    public boolean published() {
        return publishedAt != null;
    }

    /** {@code plenary} 大会提案 up to and including the closing hour, else {@code interim} 平时提案. */
    public String periodAt(Instant moment) {
        return moment.isAfter(closesAt) ? "interim" : "plenary";
    }

    /** Of a mock session: whether something may be written and handed in now. */
    public boolean mockOpenAt(Instant moment) {
        return mock && mockClosedAt == null && !moment.isAfter(closesAt);
    }

    /** How long co-signers have, for who writes and for who sets it. */
    public String signingRule() {
        String least = coSignLeastDays == 0 ? "" : "，临近截止提交的至少留" + coSignLeastDays + "个工作日";
        return "大会提案以提交时刻为准；联名人、召集人确认到提案截止时间为止" + least + "。截止以后提交的平时提案，按联名确认的办理时限计算。";
    }
}
