package org.banhao.proposal.domain;

/** How the proposer looked into the matter. */
public enum ResearchForm implements Coded {
    FIELD("field", "实地调研"),
    FORUM("forum", "座谈"),
    VISIT("visit", "走访群众"),
    INSPECTION("inspection", "视察考察"),
    SURVEY("survey", "问卷"),
    STUDY("study", "课题研究");

    private final String code;
    private final String label;

    ResearchForm(String code, String label) {
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
