package org.banhao.proposal.domain.selection;

import java.time.Instant;
import java.util.List;
import org.banhao.base.ChineseTime;
import org.banhao.casefile.Meeting;
import org.jspecify.annotations.Nullable;

/**
 * 重点督办选题 with the proposals it stands for.
 *
 * @param passed 党组会议 that agreed; null when none was asked
 * @param decided 主席会议 that decided; null while it is open
 * @param chair person id of the 督办主席, {@code official} of the 领办领导; null before the decision, the latter also when nobody leads
 * @param endedReason why it was dropped or revoked; empty while it was not
 * @param cases case numbers, in the order they were named
 */
public record KeyTopic(
        long id,
        String sessionId,
        String name,
        String reason,
        TopicState state,
        String nominatedName,
        Instant nominatedAt,
        @Nullable Meeting passed,
        @Nullable Meeting decided,
        String decisionNote,
        @Nullable String chair,
        @Nullable String chairName,
        @Nullable String official,
        @Nullable String officialName,
        String endedReason,
        @Nullable String endedName,
        List<String> cases,
        int version) {

    /** 十四届市政协第四十二次主席会议（2026年4月2日（周四））确定; empty while nobody decided */
    public String decidedLine() {
        return decided == null ? "" : decided.name() + "（" + ChineseTime.text(decided.heldOn()) + "）";
    }

    /** The same of the meeting before. */
    public String passedLine() {
        return passed == null ? "" : passed.name() + "（" + ChineseTime.text(passed.heldOn()) + "）";
    }
}
