package org.banhao.proposal.domain.solicitation;

import org.banhao.proposal.domain.Coded;

/** Where the solicitation of a session stands; also the status of its case. */
public enum SolicitationState implements Coded {
    PREPARING("preparing", "拟定选题和通知"),
    APPROVING("approving", "通知待审签"),
    CALLING("calling", "征集中"),
    CLOSED("closed", "已截止，待汇总"),
    SUMMARIZED("summarized", "已汇总");

    private final String code;
    private final String label;

    SolicitationState(String code, String label) {
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

    /** The call has gone out: everybody may see the topics. */
    public boolean called() {
        return this == CALLING || this == CLOSED || this == SUMMARIZED;
    }
}
