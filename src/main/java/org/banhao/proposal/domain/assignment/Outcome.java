package org.banhao.proposal.domain.assignment;

import java.util.List;

/** What became of many cases in one act, each its own transaction. */
public record Outcome(int done, List<Failure> failures) {

    static final String FASTER = "别人正在办理这件提案，请刷新后重试。";
    static final String BROKEN = "系统没能办成这一件，请稍后重试；仍不成功的，请联系系统管理员。";

    public record Failure(String caseNumber, String sentence) {}
}
