package org.banhao.proposal.domain;

import org.banhao.casefile.CaseRow;

/** States of a proposal: the codes and words of the case row. A plan (拟…) is advice until the final decision. */
public enum Status implements Coded {
    DRAFT("draft", "草稿"),
    DISCARDED("discarded", "草稿已删除"),
    COLLECTING("collecting", "收集联名"),
    FIRST_REVIEW("firstReview", "审查中（初审）"),
    SECOND_REVIEW("secondReview", "审查中（复审）"),
    PLAN_FILE("planFile", "拟立案"),
    PLAN_MERGE("planMerge", "拟并案"),
    PLAN_CONVERT("planConvert", "拟转为意见建议"),
    PLAN_NOT_FILE("planNotFile", "拟不予立案"),
    RETURNED("returned", "退回修改"),
    AWAITING_NUMBER("awaitingNumber", "已决定立案，待编号"),
    FILED("filed", "已立案"),
    ASSIGNED("assigned", "已交办，待承办单位签收"),
    HANDLING("handling", "办理中"),
    REPLIED("replied", "已答复"),
    SECOND_HANDLING("secondHandling", "再次办理中"),
    CLOSED("closed", "已办结"),
    MERGED("merged", "已并案"),
    CONVERTED("converted", "已转为意见建议"),
    NOT_FILED("notFiled", "不予立案"),
    WITHDRAWN("withdrawn", "已撤回");

    private final String code;
    private final String label;

    Status(String code, String label) {
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

    /** Of a proposal's case row, which holds no other codes. */
    public static Status of(CaseRow row) {
        return Coded.get(Status.class, row.status());
    }

    /** All units that owe a reply have given it, be it once or twice: no way leads back before it. */
    public boolean answered() {
        return this == REPLIED || this == SECOND_HANDLING || this == CLOSED;
    }

    /** 交办 has taken place: units were told. */
    public boolean assigned() {
        return this == ASSIGNED || this == HANDLING || answered();
    }

    /** The word for those who propose: what reviewers plan is not told before the final decision. */
    public String toldName() {
        return switch (this) {
            case PLAN_FILE, PLAN_MERGE, PLAN_CONVERT, PLAN_NOT_FILE -> "审查中（终审）";
            default -> label;
        };
    }
}
