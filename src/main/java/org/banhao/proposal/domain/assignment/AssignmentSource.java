package org.banhao.proposal.domain.assignment;

import org.banhao.proposal.domain.Coded;

/** Where the choice of a unit comes from. */
public enum AssignmentSource implements Coded {
    COMMITTEE("committee", "提案委建议"),
    RULE("rule", "职责规则"),
    WISH("wish", "提案者意愿"),
    OFFICE("office", "交办部门核定"),
    RULING("ruling", "裁定"),
    SUCCESSION("succession", "职责划转");

    private final String code;
    private final String label;

    AssignmentSource(String code, String label) {
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
