package org.banhao.proposal.process;

import org.banhao.flow.ModelBean;
import org.banhao.proposal.domain.feedback.Feedbacks;
import org.springframework.stereotype.Component;

/** What models ask about the feedback of one proposer: {@code ${feedbacks.person(feedback)}}. Public for expressions. */
@Component
@ModelBean("feedbacks")
public class FeedbacksForModels {

    private final Feedbacks feedbacks;

    FeedbacksForModels(Feedbacks feedbacks) {
        this.feedbacks = feedbacks;
    }

    /** Who is asked, by name. */
    public String person(Long feedback) {
        return feedbacks.person(feedback);
    }

    /** It is about a second reply. */
    public boolean again(Long feedback) {
        return feedbacks.again(feedback);
    }
}
