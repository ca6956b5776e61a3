package org.banhao.flow;

import org.jspecify.annotations.Nullable;

/**
 * A step of a process as the rest of the house sees it: no engine type in it.
 *
 * @param task id of the user task in the model; null at the start of a process
 * @param person who answers or looks; null when nobody is signed in (timers, use cases)
 * @param forWhom in whose place; null for oneself
 */
public record Step(
        String process,
        @Nullable String task,
        @Nullable String taskId,
        String definitionId,
        @Nullable String instanceId,
        @Nullable String caseNumber,
        @Nullable String person,
        @Nullable String forWhom) {

    /** {@code proposalReview/userTask_firstReview}, {@code proposalReview/start}: how providers and use cases are found. */
    public String key() {
        return process + "/" + (task == null ? "start" : task);
    }
}
