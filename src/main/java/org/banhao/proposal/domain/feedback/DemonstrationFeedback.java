package org.banhao.proposal.domain.feedback;

import java.util.Map;
import java.util.Objects;
import org.banhao.people.Person;
import org.banhao.people.Roles;
import org.banhao.proposal.domain.DemonstrationFiled;
import org.banhao.proposal.domain.DemonstrationHands;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** In the demonstration one proposer is not content with his reply, and the committee has the case handled once more. */
@Component
class DemonstrationFeedback {

    private final DemonstrationHands hands;
    private final FeedbackRows rows;
    private final ProposerFeedback feedback;

    DemonstrationFeedback(DemonstrationHands hands, FeedbackRows rows, ProposerFeedback feedback) {
        this.hands = hands;
        this.rows = rows;
        this.feedback = feedback;
    }

    /** After the reply, which is delivered by the stage before. */
    @EventListener
    @Order(2)
    void filed(DemonstrationFiled filed) {
        if (!filed.stage().equals("handledAgain")) return;
        DemonstrationFiled.Words words = Objects.requireNonNull(
                filed.words().get(filed.units().get(0)), filed.units().get(0));
        Feedback asked = rows.ofCase(filed.number()).get(0);
        Person proposer = hands.person(asked.personId());
        DemonstrationHands.as(proposer, () -> {
            feedback.give(
                    asked.id(),
                    new ProposerFeedback.Typed(
                            "satisfied", "dissatisfied", "yes", "no", "yes", words.dissatisfied(), null),
                    proposer.id());
            return asked;
        });
        hands.answer(
                filed.number(),
                Roles.PROPOSAL_CLERK,
                Map.of("examination", "rehandle", "examinationNote", Objects.requireNonNull(words.again())));
    }
}
