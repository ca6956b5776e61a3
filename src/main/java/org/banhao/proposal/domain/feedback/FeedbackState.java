package org.banhao.proposal.domain.feedback;

import org.banhao.proposal.domain.Coded;

/** How far one person's feedback on one reply has come. Silence is a mark on it, not a state: an answer is taken all the same. */
public enum FeedbackState implements Coded {
    OPEN("open", "待反馈"),
    GIVEN("given", "已反馈"),
    NOT_NEEDED("notNeeded", "不再需要反馈");

    private final String code;
    private final String label;

    FeedbackState(String code, String label) {
        this.code = code;
        this.label = label;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String label() {
        return label;
    }
}
