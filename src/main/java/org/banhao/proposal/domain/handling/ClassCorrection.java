package org.banhao.proposal.domain.handling;

import java.time.Instant;
import org.banhao.base.ChineseTime;

/** 更正类别: another class than the delivered reply names, by the committee; the reply itself never changes. */
public record ClassCorrection(String resultClass, String resultClassName, String reason, String name, Instant at) {

    /** 市教育局，提案委员会更正：B（列入计划），暴晓岚，2026年…。理由：…… */
    String line(String unitName) {
        return unitName + "，提案委员会更正：" + resultClass + "（" + resultClassName + "），" + name + "，" + ChineseTime.text(at)
                + "。理由：" + reason;
    }
}
