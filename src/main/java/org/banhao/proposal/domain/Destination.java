package org.banhao.proposal.domain;

/** Where a proposal goes that becomes something else. */
public enum Destination implements Coded {
    SUGGESTION("suggestion", "意见建议"),
    PUBLIC_OPINION("publicOpinion", "社情民意信息"),
    REFERENCE("reference", "参阅件");

    private final String code;
    private final String label;

    Destination(String code, String label) {
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
