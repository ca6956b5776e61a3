package org.banhao.proposal.domain;

/** Whether and how the reviewer spoke with the proposer. */
public enum ContactMode implements Coded {
    NONE("none", "未沟通"),
    PHONE("phone", "电话"),
    MEETING("meeting", "面谈"),
    MESSAGE("message", "短信或微信"),
    LETTER("letter", "书信");

    private final String code;
    private final String label;

    ContactMode(String code, String label) {
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
