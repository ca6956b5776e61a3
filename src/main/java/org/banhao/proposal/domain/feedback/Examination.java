package org.banhao.proposal.domain.feedback;

import org.banhao.proposal.domain.Coded;

/** What the committee concludes from a dissatisfied feedback on a first reply. */
public enum Examination implements Coded {
    REHANDLE("rehandle", "再次办理"),
    LEAVE("leave", "不再办理");

    private final String code;
    private final String label;

    Examination(String code, String label) {
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
