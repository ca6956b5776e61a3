package org.banhao.proposal.domain.feedback;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks each night who of those asked has left the term meanwhile, each in a transaction of its own; with two nodes the second finds it done.
 * A case that rests is left alone. Reminders are the ladder's.
 */
@Component
public class FeedbackSweep {

    private static final Logger LOG = LoggerFactory.getLogger(FeedbackSweep.class);

    private final FeedbackRows rows;
    private final Feedbacks feedbacks;
    private final FeedbackLife life;
    private final OpenSteps steps;

    FeedbackSweep(FeedbackRows rows, Feedbacks feedbacks, FeedbackLife life, OpenSteps steps) {
        this.rows = rows;
        this.feedbacks = feedbacks;
        this.life = life;
        this.steps = steps;
    }

    @Scheduled(cron = "0 20 4 * * *", zone = "Asia/Shanghai")
    public void daily() {
        Set<String> waiting = steps.all().stream()
                .filter(step -> step.process().equals(FeedbackLife.PROCESS))
                .map(OpenStep::instanceId)
                .collect(Collectors.toSet());
        List<Feedback> asked = rows.open().stream()
                .filter(row -> row.instanceId() != null && waiting.contains(row.instanceId()))
                .toList();
        for (Feedback row : feedbacks.gone(asked)) {
            try {
                life.leaver(row.id());
            } catch (RuntimeException e) {
                // one that cannot be looked at must not keep the others waiting
                LOG.error("Feedback {} of {} was not looked at", row.id(), row.caseNumber(), e);
            }
        }
    }
}
