package org.banhao.casefile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step that waits for somebody. */
public record OpenStep(
        String taskId,
        String process,
        String task,
        String name,
        @Nullable String assignee,
        List<String> groups,
        @Nullable Instant due,
        Instant created,
        String caseNumber,
        String title,
        String instanceId) {

    /** The same step under another name. */
    public OpenStep named(String otherName) {
        return new OpenStep(
                taskId, process, task, otherName, assignee, groups, due, created, caseNumber, title, instanceId);
    }
}
