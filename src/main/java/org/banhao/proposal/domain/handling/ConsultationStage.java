package org.banhao.proposal.domain.handling;

import org.banhao.proposal.domain.Coded;

/** 三协商: before, during and after handling. */
public enum ConsultationStage implements Coded {
    BEFORE("before", "办前"),
    DURING("during", "办中"),
    AFTER("after", "办后");

    private final String code;
    private final String label;

    ConsultationStage(String code, String label) {
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
