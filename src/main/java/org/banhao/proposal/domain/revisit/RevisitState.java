package org.banhao.proposal.domain.revisit;

import org.banhao.proposal.domain.Coded;

/** Where a look-back stands. */
public enum RevisitState implements Coded {
    REPORTING("reporting", "承办单位报告中"),
    CHECKING("checking", "核查中"),
    ESCALATING("escalating", "决定怎样督促"),
    DONE("done", "已完成");

    private final String code;
    private final String label;

    RevisitState(String code, String label) {
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
