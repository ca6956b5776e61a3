package org.banhao.proposal.domain.solicitation;

import org.banhao.proposal.domain.Category;
import org.jspecify.annotations.Nullable;

/**
 * 参考选题 of a session.
 *
 * @param number 1, 2, 3 … within the session
 * @param source who recommended it: 市发展和改革委员会, 提案线索
 * @param category null: of none in particular
 */
public record Topic(
        long id,
        String sessionId,
        int number,
        String title,
        String source,
        @Nullable Category category,
        String note) {

    /** 12. 加速“公园经济”发展 */
    public String line() {
        return number + ". " + title;
    }

    public String categoryName() {
        return category == null ? "" : category.label();
    }
}
