package org.banhao.flow;

import java.util.Map;

/** What processes and their steps are called. Reads only. */
public interface StepNames {

    /**
     * Of the latest models: {@code proposalReview} → 提案审查, {@code proposalReview/userTask_firstReview} as in {@link Step#key()}, and
     * {@code userTask_firstReview} alone → 初审提案.
     */
    Map<String, String> all();
}
