package org.banhao.proposal.domain.assignment;

import org.banhao.proposal.domain.Coded;

/** How far one unit's assignment has come. */
public enum AssignmentState implements Coded {
    SUGGESTED("suggested", "推荐"),
    NOT_CHOSEN("notChosen", "未采用"),
    PLANNED("planned", "拟交办"),
    SENT("sent", "待签收"),
    ACCEPTED("accepted", "已签收"),
    DEEMED_ACCEPTED("deemedAccepted", "逾期视为接受"),
    RETURN_REQUESTED("returnRequested", "申请退回，待裁定"),
    KEPT("kept", "裁定维持"),
    CHANGED("changed", "已改由其他单位办理"),
    WITHDRAWN("withdrawn", "提案已撤回");

    private final String code;
    private final String label;

    AssignmentState(String code, String label) {
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

    /** The unit has taken it on, of itself, by silence or by ruling: handling runs. */
    public boolean accepted() {
        return this == ACCEPTED || this == DEEMED_ACCEPTED || this == KEPT;
    }

    /** The unit was told and has not taken it on yet; it is responsible all the same. */
    public boolean outstanding() {
        return this == SENT || this == RETURN_REQUESTED;
    }

    /** The unit takes part: told, and not released from it. */
    public boolean holds() {
        return accepted() || outstanding();
    }
}
