package org.banhao.casefile;

import java.time.Instant;
import java.util.List;
import org.banhao.base.StandingIn.Absent;
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

    /** Whether it is done in that person's place: he or nobody holds it, and it is work of a group of his that is lent. */
    public boolean lentBy(Absent absent) {
        return (assignee == null || assignee.equals(absent.id()))
                && groups.stream().anyMatch(absent.groups()::contains);
    }

    /** The same step under another name. */
    public OpenStep named(String otherName) {
        return new OpenStep(
                taskId, process, task, otherName, assignee, groups, due, created, caseNumber, title, instanceId);
    }
}
