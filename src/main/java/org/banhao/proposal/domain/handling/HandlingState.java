package org.banhao.proposal.domain.handling;

import org.banhao.proposal.domain.Coded;

/** How far a unit has come with what it accepted. */
public enum HandlingState implements Coded {
    HANDLING("handling", "办理中"),
    DRAFTING("drafting", "拟稿"),
    CHECKING("checking", "核稿"),
    SIGNING("signing", "审签"),
    PREVIEWING("previewing", "交办部门预审"),
    SEALING("sealing", "用印送达"),
    DELIVERED("delivered", "答复已送达"),
    OPINION_SENT("opinionSent", "会办意见已送交"),
    ENDED("ended", "不再办理");

    private final String code;
    private final String label;

    HandlingState(String code, String label) {
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

    /** The unit still owes something. */
    public boolean open() {
        return this != DELIVERED && this != OPINION_SENT && this != ENDED;
    }
}
