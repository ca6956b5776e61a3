package org.banhao.proposal.domain.feedback;

import org.banhao.proposal.domain.Coded;

/** How content one is; attitude (办理态度) and result (办理结果) are rated apart. Source: 征询意见表 of most cities. */
public enum Rating implements Coded {
    SATISFIED("satisfied", "满意"),
    BASICALLY_SATISFIED("basicallySatisfied", "基本满意"),
    DISSATISFIED("dissatisfied", "不满意");

    private final String code;
    private final String label;

    Rating(String code, String label) {
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
