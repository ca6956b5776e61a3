package org.banhao.proposal.domain;

/** Optional marks of the review: hits the point, of value, can be done. */
public enum Quality implements Coded {
    HIGH("high", "好"),
    MIDDLE("middle", "较好"),
    LOW("low", "一般");

    private final String code;
    private final String label;

    Quality(String code, String label) {
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
