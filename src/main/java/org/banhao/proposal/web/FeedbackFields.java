package org.banhao.proposal.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.banhao.base.Refusal;
import org.banhao.proposal.domain.feedback.ProposerFeedback;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The fields of a feedback as a browser sends them, from the proposer's page and from the clerk's. */
final class FeedbackFields {

    static final ProposerFeedback.Typed NOTHING = new ProposerFeedback.Typed(null, null, null, null, null, null, null);

    private FeedbackFields() {}

    static ProposerFeedback.Typed typed(MultiValueMap<String, String> fields) {
        return new ProposerFeedback.Typed(
                fields.getFirst("attitude"),
                fields.getFirst("result"),
                fields.getFirst("faceToFace"),
                fields.getFirst("leaderPresent"),
                fields.getFirst("pointByPoint"),
                fields.getFirst("opinion"),
                day(fields.getFirst("signedOn")));
    }

    /** The same for showing it again: a date that is none is only left out. */
    static ProposerFeedback.Typed shown(MultiValueMap<String, String> fields) {
        return new ProposerFeedback.Typed(
                fields.getFirst("attitude"),
                fields.getFirst("result"),
                fields.getFirst("faceToFace"),
                fields.getFirst("leaderPresent"),
                fields.getFirst("pointByPoint"),
                fields.getFirst("opinion"),
                null);
    }

    static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refusal("没有这项反馈，请从列表重新进入。");
        }
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal("signedOn", "「签名日期」不是一个日期，请重新填写。");
        }
    }
}
