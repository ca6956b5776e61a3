package org.banhao.proposal.domain;

/** Who may propose as a body; the codes are those of people.Member.kind. */
public enum CollectiveKind implements Coded {
    PARTY("party", "党派"),
    ORGANIZATION("organization", "人民团体"),
    COMMITTEE("committee", "专门委员会"),
    SECTOR("sector", "界别"),
    GROUP("group", "委员小组");

    private final String code;
    private final String label;

    CollectiveKind(String code, String label) {
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
