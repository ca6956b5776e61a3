package org.banhao.proposal.domain.revisit;

import org.banhao.proposal.domain.Coded;

/** What a proposer says of the report. */
public enum ProposerWord implements Coded {
    AGREE("agree", "属实"),
    PARTLY("partly", "部分属实"),
    DISAGREE("disagree", "不属实");

    private final String code;
    private final String label;

    ProposerWord(String code, String label) {
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
