package org.banhao.proposal.domain.revisit;

import org.banhao.proposal.domain.Coded;

/** What became of one promise. */
public enum ItemResult implements Coded {
    KEPT("kept", "已兑现"),
    PARTLY("partly", "部分兑现"),
    NOT_KEPT("notKept", "未兑现"),
    LAPSED("lapsed", "不再适用");

    private final String code;
    private final String label;

    ItemResult(String code, String label) {
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
