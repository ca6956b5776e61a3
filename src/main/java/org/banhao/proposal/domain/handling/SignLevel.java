package org.banhao.proposal.domain.handling;

import org.banhao.proposal.domain.Coded;

/** Who signs a reply; decided by the table {@code replySignOff}. */
public enum SignLevel implements Coded {
    DEPUTY("deputy", "分管领导签发"),
    HEAD("head", "主要负责人签发");

    private final String code;
    private final String label;

    SignLevel(String code, String label) {
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
