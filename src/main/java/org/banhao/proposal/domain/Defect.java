package org.banhao.proposal.domain;

/** What a returned proposal lacks. */
public enum Defect implements Coded {
    SIGNATURE("signature", "缺签名或盖章"),
    SEVERAL_MATTERS("severalMatters", "一案多事，请拆分"),
    NO_ANALYSIS("noAnalysis", "缺情况或分析"),
    NO_SUGGESTION("noSuggestion", "建议不具体"),
    ELIGIBILITY("eligibility", "提案者资格不符"),
    OTHER("other", "其他，见意见");

    private final String code;
    private final String label;

    Defect(String code, String label) {
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
