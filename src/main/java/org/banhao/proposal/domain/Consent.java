package org.banhao.proposal.domain;

/** What of the proposal may be published; state secrets are never entered at all. */
public enum Consent implements Coded {
    FULL("full", "主动公开"),
    TITLE_ONLY("titleOnly", "仅公开案由"),
    INTERNAL("internal", "内部");

    private final String code;
    private final String label;

    Consent(String code, String label) {
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
