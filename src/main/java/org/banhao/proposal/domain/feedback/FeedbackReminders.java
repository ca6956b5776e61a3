package org.banhao.proposal.domain.feedback;

import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks at every open feedback each morning, each in a transaction of its own; with two nodes the second finds them done. A case that
 * rests is left alone.
 */
@Component
public class FeedbackReminders {

    private static final Logger LOG = LoggerFactory.getLogger(FeedbackReminders.class);

    private final FeedbackRows rows;
    private final FeedbackLife life;
    private final OpenSteps steps;

    FeedbackReminders(FeedbackRows rows, FeedbackLife life, OpenSteps steps) {
        this.rows = rows;
        this.life = life;
        this.steps = steps;
    }

    @Scheduled(cron = "0 30 8 * * *", zone = "Asia/Shanghai")
    public void daily() {
        Set<String> waiting = steps.all().stream()
                .filter(step -> step.process().equals(FeedbackLife.PROCESS))
                .map(OpenStep::instanceId)
                .collect(Collectors.toSet());
        for (Feedback row : rows.open()) {
            if (row.instanceId() == null || !waiting.contains(row.instanceId())) {
                continue;
            }
            try {
                life.daily(row.id());
            } catch (RuntimeException e) {
                // one that cannot be looked at must not keep the others waiting
                LOG.error("Feedback {} of {} was not looked at", row.id(), row.caseNumber(), e);
            }
        }
    }
}
