package org.banhao.proposal.domain;

/** How the handling unit may best talk to the proposer. */
public enum ContactWay implements Coded {
    PHONE("phone", "电话"),
    MEETING("meeting", "面谈"),
    WRITTEN("written", "书面"),
    MESSAGE("message", "短信或微信"),
    FORUM("forum", "座谈会");

    private final String code;
    private final String label;

    ContactWay(String code, String label) {
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
