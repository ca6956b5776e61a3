package org.banhao.proposal.domain.handling;

import org.banhao.proposal.domain.Coded;

/** At which level something was said about a draft. */
public enum OpinionStep implements Coded {
    COLLATE("collate", "汇总会办意见"),
    CONTACT("contact", "联系情况说明"),
    CHECK("check", "核稿"),
    DEPUTY("deputy", "分管领导审签"),
    HEAD("head", "主要负责人签发"),
    PREVIEW("preview", "交办部门预审"),
    DELIVER("deliver", "用印与送达"),
    CO_DEPUTY("coDeputy", "会办意见审签");

    private final String code;
    private final String label;

    OpinionStep(String code, String label) {
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
