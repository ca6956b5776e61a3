package org.banhao.proposal.domain.assignment;

import org.banhao.proposal.domain.Coded;

/** What a unit is in a case. Lead, sole and separate units answer the proposer; a co-handling unit gives its opinion to the lead. */
public enum AssignmentRole implements Coded {
    LEAD("lead", "主办"),
    CO("co", "会办"),
    SEPARATE("separate", "分办"),
    SOLE("sole", "独办");

    private final String code;
    private final String label;

    AssignmentRole(String code, String label) {
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

    /** The unit owes the proposer a reply of its own. */
    public boolean answers() {
        return this != CO;
    }
}
