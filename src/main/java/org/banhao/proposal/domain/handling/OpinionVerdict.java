package org.banhao.proposal.domain.handling;

import org.banhao.proposal.domain.Coded;

/** What was decided about a draft. */
public enum OpinionVerdict implements Coded {
    PASS("pass", "通过"),
    RETURN("return", "退回修改"),
    SIGN("sign", "签发"),
    TO_HEAD("toHead", "报主要负责人"),
    NOTE("note", "说明");

    private final String code;
    private final String label;

    OpinionVerdict(String code, String label) {
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
