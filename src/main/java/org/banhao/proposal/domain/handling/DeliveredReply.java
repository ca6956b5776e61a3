package org.banhao.proposal.domain.handling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply as those read it whom it was brought to.
 *
 * @param round 1, or 2 for 再次答复
 * @param caseNumber the case it was written in; of a merged proposal that is its lead
 * @param sealedDocument document of the sealed page; belongs to {@code caseNumber}
 */
public record DeliveredReply(
        long handlingId,
        int round,
        String caseNumber,
        String unitName,
        String documentNumber,
        String signedName,
        String classLine,
        String content,
        @Nullable String sealedDocument,
        List<Delivery> deliveries) {

    /** 答复：市教育局 长教函〔2026〕15号（签发人冯远山） */
    public String heading() {
        return (round > 1 ? "再次答复：" : "答复：") + unitName + " " + documentNumber + "（签发人" + signedName + "）";
    }
}
