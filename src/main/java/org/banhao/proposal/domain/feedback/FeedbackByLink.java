package org.banhao.proposal.domain.feedback;

import java.time.Instant;
import java.util.Optional;
import org.banhao.notice.LinkedAct;
import org.banhao.proposal.domain.Proposals;
import org.banhao.proposal.domain.handling.UnitHandling;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 反馈 by a one-time link. The notice leaves with the reply, before anybody is asked: so it names the handling, not the question. */
@Component
@Transactional(readOnly = true)
public class FeedbackByLink implements LinkedAct {

    public static final String KIND = UnitHandling.FEEDBACK;

    private final Feedbacks feedbacks;
    private final Proposals proposals;

    FeedbackByLink(Feedbacks feedbacks, Proposals proposals) {
        this.feedbacks = feedbacks;
        this.proposals = proposals;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** @param subject id of the handling whose reply it is about */
    public Optional<Feedback> asked(String caseNumber, String subject, String personId) {
        return feedbacks.own(caseNumber, personId).stream()
                .filter(row -> String.valueOf(row.handlingId()).equals(subject))
                .findFirst();
    }

    @Override
    public Optional<Instant> due(String caseNumber, String subject, String personId) {
        return asked(caseNumber, subject, personId)
                .filter(row -> row.state() == FeedbackState.OPEN)
                .filter(row -> !proposals.get(row.caseNumber()).collective() || !feedbacks.gone(row))
                .flatMap(feedbacks::due);
    }

    @Override
    public Optional<Decided> decided(String caseNumber, String subject, String personId) {
        return asked(caseNumber, subject, personId).flatMap(FeedbackByLink::decided);
    }

    private static Optional<Decided> decided(Feedback row) {
        Feedback.Given given = row.given();
        return given == null ? Optional.empty() : Optional.of(new Decided("已反馈：" + given.ratingLine(), given.at()));
    }
}
