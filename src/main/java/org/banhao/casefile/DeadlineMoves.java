package org.banhao.casefile;

import java.time.Instant;
import org.banhao.base.Refusal;

/** The one use case that moves a deadline: row, task and timer together, with a line in the timeline. */
public interface DeadlineMoves {

    /** @throws Refusal the row is not open, or the reason is missing */
    void move(long deadlineId, Instant due, String reason);

    /** After a holiday year was added: every open deadline that changes, in one transaction. @return how many */
    int recompute(int year);
}
