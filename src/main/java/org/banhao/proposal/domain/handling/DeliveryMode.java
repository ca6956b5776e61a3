package org.banhao.proposal.domain.handling;

import org.banhao.proposal.domain.Coded;

/** How a reply reached the one who proposed. Source: practice of cities, 当面答复 with a signed receipt. */
public enum DeliveryMode implements Coded {
    IN_PERSON("inPerson", "当面"),
    MAIL("mail", "邮寄"),
    ONLINE("online", "线上");

    private final String code;
    private final String label;

    DeliveryMode(String code, String label) {
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
