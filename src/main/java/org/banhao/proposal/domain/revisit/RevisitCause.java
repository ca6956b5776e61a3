package org.banhao.proposal.domain.revisit;

import org.banhao.proposal.domain.Coded;

/** Why a reply is looked at again. */
public enum RevisitCause implements Coded {
    COMMITMENT("commitment", "承诺到期"),
    ROUND("round", "年度回头看"),
    DISSATISFIED("dissatisfied", "提案者两次不满意"),
    NEXT("next", "上次回头看定的日期");

    private final String code;
    private final String label;

    RevisitCause(String code, String label) {
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
