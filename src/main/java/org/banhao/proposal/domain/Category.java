package org.banhao.proposal.domain;

/** The five fields of building; by content, not by department. */
public enum Category implements Coded {
    ECONOMY("economy", "经济建设"),
    POLITICS("politics", "政治建设"),
    CULTURE("culture", "文化建设"),
    SOCIETY("society", "社会建设"),
    ECOLOGY("ecology", "生态文明建设");

    private final String code;
    private final String label;

    Category(String code, String label) {
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
