package org.banhao.proposal.domain.feedback;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks each night who of those asked has left the term meanwhile, each in a transaction of its own; with two nodes the second finds it done.
 * Reminders are the ladder's.
 */
@Component
public class FeedbackSweep {

    private final FeedbackRows rows;
    private final FeedbackLife life;

    FeedbackSweep(FeedbackRows rows, FeedbackLife life) {
        this.rows = rows;
        this.life = life;
    }

    @Scheduled(cron = "0 20 4 * * *", zone = "Asia/Shanghai")
    public void daily() {
        rows.open().forEach(row -> life.leaver(row.id()));
    }
}
