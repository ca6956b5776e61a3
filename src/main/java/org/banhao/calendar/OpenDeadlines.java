package org.banhao.calendar;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What is owed at this moment over all cases, for those who remind. Reads only. */
public interface OpenDeadlines {

    /** Open rows due before that moment, overdue ones too; by due date. One statement. */
    List<Deadline> dueBefore(Instant until);

    /** Rows of these instances whose time has passed without the act, marked {@code lapsed}: nobody is pressed for it. One statement. */
    List<Deadline> lapsed(Collection<String> instanceIds);
}
