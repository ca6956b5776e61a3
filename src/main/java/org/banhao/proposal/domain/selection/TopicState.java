package org.banhao.proposal.domain.selection;

import org.banhao.proposal.domain.Coded;

/** Where a key topic stands. */
public enum TopicState implements Coded {
    CANDIDATE("candidate", "候选"),
    PASSED("passed", "党组会议已同意"),
    SELECTED("selected", "已确定为重点"),
    DECLINED("declined", "会议未列入"),
    DROPPED("dropped", "不再作为候选"),
    REVOKED("revoked", "已撤销");

    private final String code;
    private final String label;

    TopicState(String code, String label) {
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

    /** A meeting has still to say something. */
    public boolean open() {
        return this == CANDIDATE || this == PASSED;
    }
}
