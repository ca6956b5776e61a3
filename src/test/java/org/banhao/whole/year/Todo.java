package org.banhao.whole.year;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step that waits, as it stands in the table of open steps.
 *
 * @param row id of the assignment, handling, feedback, extension or look-back whose instance it is; 0: the proposal's own
 */
record Todo(
        String id,
        String process,
        String task,
        String number,
        @Nullable String assignee,
        List<String> groups,
        @Nullable Instant due,
        Instant created,
        String instance,
        boolean rests,
        long row) {

    String name() {
        return task.substring("userTask_".length());
    }
}
