package org.banhao.proposal.domain.handling;

import org.banhao.proposal.domain.Coded;

/** What somebody who proposes says of an entry he stands in. */
public enum ConsultationVerdict implements Coded {
    /** It is his own entry. */
    ENTERED("entered", "本人登记"),
    CONFIRMED("confirmed", "与实际相符"),
    /** Does not count as a contact with him. */
    DISPUTED("disputed", "与实际不符");

    private final String code;
    private final String label;

    ConsultationVerdict(String code, String label) {
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
