package org.banhao.proposal.domain.handling;

import java.time.LocalDate;
import java.util.List;
import org.banhao.proposal.domain.Consent;
import org.jspecify.annotations.Nullable;

/**
 * A reply as the handler drafts it. Not checked yet.
 *
 * @param items in the order of the suggestions the unit answers
 * @param resultClass code of the whole reply
 * @param moneyRelated its answers dispose of money
 * @param note what was changed since the last draft
 */
public record ReplyContent(
        String opening,
        List<Item> items,
        String resultClass,
        Consent publicity,
        String publicityReason,
        boolean moneyRelated,
        List<Promise> promises,
        String mainTo,
        String copyTo,
        String contactPerson,
        String contactPhone,
        String note) {

    /** @param resultClass code for this suggestion alone */
    public record Item(String answer, String resultClass) {}

    /** @param suggestion number it belongs to; null: to none in particular */
    public record Promise(
            String content,
            LocalDate dueOn,
            String section,
            @Nullable Integer suggestion) {}
}
