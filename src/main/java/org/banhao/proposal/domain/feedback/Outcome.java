package org.banhao.proposal.domain.feedback;

import org.banhao.proposal.domain.Coded;

/** How a consultation ended that was held because a second reply did not satisfy either. */
public enum Outcome implements Coded {
    UNDERSTOOD("understood", "理解"),
    STILL_DISSATISFIED("stillDissatisfied", "仍不满意"),
    FOLLOW_UP("followUp", "另行跟踪");

    private final String code;
    private final String label;

    Outcome(String code, String label) {
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
