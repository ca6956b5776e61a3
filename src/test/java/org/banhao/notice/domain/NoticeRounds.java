package org.banhao.notice.domain;

import org.banhao.testing.Whole;

/** The rounds of this module by hand, for tests elsewhere that move time themselves. */
public final class NoticeRounds {

    private NoticeRounds() {}

    /** @return how many deadlines told somebody */
    public static int remind(Whole whole) {
        return whole.bean(ReminderSweep.class).sweep();
    }

    /** @return how many people got a digest */
    public static int digest(Whole whole) {
        return whole.bean(DigestSweep.class).sweep();
    }

    /** Until nothing is due any more. @return how many messages were tried */
    public static int deliver(Whole whole) {
        int all = 0;
        for (int tried = 1; tried > 0; all += tried)
            tried = whole.bean(OutboxSweep.class).deliverDue();
        return all;
    }
}
