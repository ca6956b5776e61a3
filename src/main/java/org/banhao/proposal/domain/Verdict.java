package org.banhao.proposal.domain;

/** What a level of review concludes; the same codes stand in the forms and at the gateways. */
public enum Verdict implements Coded {
    FILE("file", "立案"),
    MERGE("merge", "并案"),
    CONVERT("convert", "转为意见建议"),
    NOT_FILE("notFile", "不予立案"),
    RETURN("return", "退回修改");

    private final String code;
    private final String label;

    Verdict(String code, String label) {
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
