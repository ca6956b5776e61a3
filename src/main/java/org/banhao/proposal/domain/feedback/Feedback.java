package org.banhao.proposal.domain.feedback;

import java.time.Instant;
import java.time.LocalDate;
import org.banhao.base.ChineseTime;
import org.jspecify.annotations.Nullable;

/**
 * One person who proposes and one reply that was brought to him.
 *
 * @param handlingId the handling whose reply it is about
 * @param caseNumber the person's own case, which may be a merged one
 * @param personId who is asked; of an organisation the contact of today
 * @param name of the person, or of the organisation with its contact
 * @param round 1, or 2 for the second reply
 * @param instanceId process instance {@code proposalFeedback}; null when nobody had to be asked
 * @param silentAt the term passed without a word; never means satisfied. Taken back by a paper or a call of the term that was entered later
 * @param endedReason why it is not needed any more; empty otherwise
 * @param given what was said; null before
 * @param examination of a dissatisfied feedback on a first reply; null before, and otherwise
 * @param outcome of the consultation after a dissatisfied feedback on a second reply; null before, and otherwise
 */
public record Feedback(
        long id,
        long handlingId,
        String caseNumber,
        String personId,
        String name,
        int round,
        @Nullable String instanceId,
        FeedbackState state,
        Instant askedAt,
        @Nullable Instant silentAt,
        String endedReason,
        @Nullable Given given,
        @Nullable Examination examination,
        String examinationNote,
        @Nullable String examinedName,
        @Nullable Outcome outcome,
        String outcomeNote,
        @Nullable String outcomeName) {

    /**
     * @param leaderPresent null unless they met face to face
     * @param enteredBy the proposer himself, or the clerk who entered it for him
     * @param scanDocument of the paper; null otherwise
     */
    public record Given(
            Rating attitude,
            Rating result,
            boolean faceToFace,
            @Nullable Boolean leaderPresent,
            boolean pointByPoint,
            String opinion,
            LocalDate signedOn,
            FeedbackWay way,
            String enteredBy,
            String enteredName,
            @Nullable String scanDocument,
            Instant at) {

        /** 办理态度满意，办理结果不满意；有面商（单位领导参加）；逐条答复 */
        String ratingLine() {
            String met = faceToFace ? "有面商" + (Boolean.TRUE.equals(leaderPresent) ? "（单位领导参加）" : "（单位领导未参加）") : "没有面商";
            return "办理态度" + attitude.label() + "，办理结果" + result.label() + "；" + met + "；"
                    + (pointByPoint ? "逐条答复" : "没有逐条答复");
        }
    }

    /** Said, or not owed: silence counts as settled once its term has passed; dissatisfaction when the committee has dealt with it. */
    boolean settled() {
        return switch (state) {
            case NOT_NEEDED -> true;
            case OPEN -> silentAt != null;
            case GIVEN -> !dissatisfied() || examination != null || outcome != null;
        };
    }

    boolean dissatisfied() {
        return given != null && given.result() == Rating.DISSATISFIED;
    }

    /** 未反馈 stays 未反馈, also when a second reply has made the first question pointless. */
    public String stateLine() {
        return switch (state) {
            case OPEN -> silentAt == null ? state.label() : "未反馈";
            case GIVEN -> silentAt == null ? state.label() : "已反馈（逾期）";
            case NOT_NEEDED -> silentAt == null ? state.label() + "：" + endedReason : "未反馈";
        };
    }

    /** Everything, for those who deal with it. */
    String line(String unitName) {
        StringBuilder line = new StringBuilder()
                .append(name)
                .append("对")
                .append(unitName)
                .append(round > 1 ? "再次答复：" : "答复：")
                .append(stateLine());
        if (given != null) {
            line.append("。").append(given.ratingLine()).append("。");
            if (!given.opinion().isEmpty()) {
                line.append("\n意见：").append(given.opinion());
            }
            line.append("\n")
                    .append(ChineseTime.text(given.signedOn()))
                    .append("，")
                    .append(given.way().label());
            if (given.way() != FeedbackWay.ONLINE) {
                line.append("，")
                        .append(given.enteredName())
                        .append("代")
                        .append(name)
                        .append("录入");
            }
        }
        if (examination != null) {
            line.append("\n核实：")
                    .append(examination.label())
                    .append("，")
                    .append(examinedName)
                    .append("。")
                    .append(examinationNote);
        }
        if (outcome != null) {
            line.append("\n会商结果：")
                    .append(outcome.label())
                    .append("，")
                    .append(outcomeName)
                    .append("登记。")
                    .append(outcomeNote);
        }
        return line.toString();
    }
}
