package org.banhao.proposal.domain.feedback;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks at every open feedback each morning, each in a transaction of its own; with two nodes the second finds them done. */
@Component
public class FeedbackReminders {

    private final FeedbackRows rows;
    private final FeedbackLife life;

    FeedbackReminders(FeedbackRows rows, FeedbackLife life) {
        this.rows = rows;
        this.life = life;
    }

    @Scheduled(cron = "0 30 8 * * *", zone = "Asia/Shanghai")
    public void daily() {
        rows.open().forEach(row -> life.daily(row.id()));
    }
}
