package org.banhao.proposal.domain.assignment;

import org.banhao.proposal.domain.Coded;

/** What the leaders of the assigning offices rule on a request to return; the codes stand in the form and at the gateway. */
public enum Ruling implements Coded {
    KEEP("keep", "维持"),
    CHANGE("change", "改办"),
    ADD("add", "增办");

    private final String code;
    private final String label;

    Ruling(String code, String label) {
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
