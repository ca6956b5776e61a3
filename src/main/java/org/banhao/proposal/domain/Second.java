package org.banhao.proposal.domain;

import java.time.Instant;
import java.util.List;
import org.banhao.base.ChineseTime;

/**
 * 附议: a member stands behind a proposal of others. He is no proposer.
 *
 * @param name of the member on that day
 */
public record Second(String memberId, String personId, String name, Instant at) {

    /** 郜清远，2026年1月12日（周一） */
    public String line() {
        return name + "，" + ChineseTime.text(ChineseTime.day(at));
    }

    /** What the case says of it in one line. */
    static String summary(Proposal proposal, List<Second> all) {
        if (!all.isEmpty()) {
            return "同意其他委员附议，已有" + all.size() + "位委员附议";
        }
        return proposal.consent() == Consent.INTERNAL ? "同意其他委员附议；内部提案不向其他委员列出" : "同意其他委员附议";
    }
}
