package org.banhao.flow.form;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.banhao.flow.Step;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

/** Engine tasks and starts as steps. Only inside an engine command. */
public final class Steps {

    /** A task being answered in the name of others. */
    private record Decided(String taskId, String person, String by) {}

    private static final ThreadLocal<Deque<Decided>> DECIDED = ThreadLocal.withInitial(ArrayDeque::new);

    private Steps() {}

    /** The task as a step; {@code person} is the one signed in at the engine, who stands in for an absent one, or who records what others decided. */
    public static Step of(TaskEntity task) {
        Decided decided = decided(task.getId());
        return new Step(
                task.getProcessDefinition().getKey(),
                task.getTaskDefinitionKey(),
                task.getId(),
                task.getProcessDefinitionId(),
                task.getProcessInstanceId(),
                caseNumber(task.getExecution()),
                decided == null ? person() : decided.person(),
                decided == null ? inPlaceOf() : decided.by());
    }

    /** Whose rights count at the engine: the absent person's when somebody stands in for him. */
    static @Nullable String signedIn() {
        return Context.getCommandContext().getAuthenticatedUserId();
    }

    /** Who is signed in at the engine, or who stands in for him. */
    private static @Nullable String person() {
        return Context.getCommandContext().getAuthentication() instanceof ActingFor acting
                ? acting.person()
                : signedIn();
    }

    private static @Nullable String inPlaceOf() {
        return Context.getCommandContext().getAuthentication() instanceof ActingFor absent ? absent.getUserId() : null;
    }

    static Step start(ProcessDefinitionEntity definition, @Nullable String instanceId) {
        String person = Context.getCommandContext().getAuthenticatedUserId();
        // no case number yet: a business key that came with the call is the caller's text
        return new Step(definition.getKey(), null, null, definition.getId(), instanceId, null, person, null);
    }

    /** Is this task being answered by a use case that names who decided? Then the assignee is not asked. */
    static boolean isDecidedByOthers(TaskEntity task) {
        return decided(task.getId()) != null;
    }

    /** While {@code act} runs, an answer to this task, and every event of it, is by that person in the name of others. */
    static <T> T decidedBy(String taskId, String person, String by, Supplier<T> act) {
        Deque<Decided> stack = DECIDED.get();
        stack.push(new Decided(taskId, person, by));
        try {
            return act.get();
        } finally {
            stack.pop();
            if (stack.isEmpty()) {
                DECIDED.remove();
            }
        }
    }

    private static @Nullable Decided decided(String taskId) {
        for (Decided one : DECIDED.get()) {
            if (one.taskId().equals(taskId)) {
                return one;
            }
        }
        return null;
    }

    /** The business key; of a called instance that got none, that of its caller. */
    private static @Nullable String caseNumber(ExecutionEntity execution) {
        ExecutionEntity at = execution;
        while (true) {
            String key = at.getProcessBusinessKey();
            if (key != null) {
                return key;
            }
            ExecutionEntity caller = at.getProcessInstance().getSuperExecution();
            if (caller == null) {
                return null;
            }
            at = caller;
        }
    }
}
