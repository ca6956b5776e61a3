package org.banhao.calendar;

import java.util.List;

/** How the date of a deadline changed. Reads only. */
public interface DeadlineHistory {

    /** Oldest first; empty when it never moved. */
    List<DeadlineChange> changes(long deadlineId);
}
