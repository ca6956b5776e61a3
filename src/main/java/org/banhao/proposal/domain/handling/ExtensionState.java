package org.banhao.proposal.domain.handling;

import org.banhao.proposal.domain.Coded;

/** How far a request for more time has come. */
public enum ExtensionState implements Coded {
    ASKED("asked", "待分管领导审签"),
    APPROVED("approved", "待交办部门审批"),
    NOT_ASKED("notAsked", "单位未同意"),
    GRANTED("granted", "已批准"),
    REFUSED("refused", "未获批准"),
    ENDED("ended", "已终止");

    private final String code;
    private final String label;

    ExtensionState(String code, String label) {
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
