package org.banhao.proposal.domain.feedback;

import org.banhao.proposal.domain.Coded;

/** How a feedback came in. */
public enum FeedbackWay implements Coded {
    ONLINE("online", "线上"),
    PAPER("paper", "纸质"),
    TELEPHONE("telephone", "电话");

    private final String code;
    private final String label;

    FeedbackWay(String code, String label) {
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
