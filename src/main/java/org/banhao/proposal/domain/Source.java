package org.banhao.proposal.domain;

/** Where the proposal comes from. */
public enum Source implements Coded {
    OWN("own", "本人调研思考"),
    CLUE("clue", "提案线索"),
    TOPIC("topic", "提案参考选题"),
    PUBLIC_OPINION("publicOpinion", "社情民意信息"),
    SPEECH("speech", "大会发言"),
    REPORT("report", "调研报告"),
    DISCUSSION("discussion", "有事来商量");

    private final String code;
    private final String label;

    Source(String code, String label) {
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
