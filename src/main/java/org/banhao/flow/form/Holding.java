package org.banhao.flow.form;

import java.util.List;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

/** Whom a task concerns, and who holds it: for the person signed in at the engine, inside a command. */
public final class Holding {

    private static final String COLLEAGUE = "这件待办已由同事签收，请刷新待办列表。";

    private Holding() {}

    /**
     * The open task, when the person holds it or is in one of the groups it is offered to.
     *
     * @throws NotHeld there is none, it is the task of others, or its process is suspended
     */
    public static TaskEntity concerned(CommandContext context, String taskId) {
        String me = context.getAuthenticatedUserId();
        TaskEntity task = context.getTaskManager().findTaskById(taskId);
        // the same answer as for the task of others: no telling which ids exist
        if (task == null || me == null || !concerns(context, task, me)) {
            throw NotHeld.unknown();
        }
        if (task.isSuspended()) {
            throw NotHeld.suspended();
        }
        return task;
    }

    /**
     * Signs for the task unless the person holds it already.
     *
     * @return whether it was offered and is his now
     * @throws NotHeld also when a colleague holds it
     */
    public static boolean taken(CommandContext context, TaskEntity task) {
        String me = context.getAuthenticatedUserId();
        if (me.equals(task.getAssignee())) {
            return false;
        }
        if (task.getAssignee() != null) {
            throw NotHeld.because(COLLEAGUE);
        }
        new ClaimTaskCmd(task.getId(), me).execute(context);
        return true;
    }

    /** @throws NotHeld also when the person does not hold the task */
    static void required(CommandContext context, String taskId) {
        String holder = concerned(context, taskId).getAssignee();
        if (!context.getAuthenticatedUserId().equals(holder)) {
            throw NotHeld.because(holder == null ? "请先签收这件待办。" : COLLEAGUE);
        }
    }

    private static boolean concerns(CommandContext context, TaskEntity task, String me) {
        return me.equals(task.getAssignee()) || offered(context, task);
    }

    /** To one of the person's groups. */
    public static boolean offered(CommandContext context, TaskEntity task) {
        @Nullable List<String> groups = context.getAuthentication().getGroupIds();
        return groups != null
                && task.getCandidates().stream()
                        .anyMatch(link -> link.getGroupId() != null && groups.contains(link.getGroupId()));
    }
}
