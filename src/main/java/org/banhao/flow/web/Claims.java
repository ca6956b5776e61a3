package org.banhao.flow.web;

import java.util.List;
import org.banhao.base.Audit;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Claiming and giving back, always for the caller. The engine's own claim takes any user id from the body (assigns a stranger, and
 * with none takes the task away from a colleague); its unclaim asks for a right that would let him hand it to anybody.
 *
 * <p>For the person signed in at the engine, in one command: the task is read and written under one revision, so of two clerks one
 * wins and the other is told.
 */
@Component
class Claims {

    private static final Problem NOT_YOURS = new Problem(404, "NotFound", "任务不存在，或不归您办理。", null);

    private final ProcessEngine engine;
    private final ObjectProvider<Audit> audit;

    Claims(ProcessEngine engine, ObjectProvider<Audit> audit) {
        this.engine = engine;
        this.audit = audit;
    }

    /** @return null when it is done (or was so already) */
    @Nullable
    Problem claim(String taskId) {
        return run(taskId, (context, task, me) -> {
            if (me.equals(task.getAssignee())) {
                return null;
            }
            if (task.getAssignee() != null) {
                return refused("同事已签收此任务，请刷新待办列表。");
            }
            new ClaimTaskCmd(taskId, me).execute(context);
            record("flow.claim", task);
            return null;
        });
    }

    @Nullable
    Problem unclaim(String taskId) {
        return run(taskId, (context, task, me) -> {
            if (!me.equals(task.getAssignee())) {
                return refused("此任务不在您手中，请刷新待办列表。");
            }
            // the group that stands in for him is none he could give it back to
            if (!offered(context, task)) {
                return refused("此任务只交给您一人，不能退回待办；确需他人办理的，请联系管理员。");
            }
            new ClaimTaskCmd(taskId, null).execute(context);
            record("flow.unclaim", task);
            return null;
        });
    }

    /** @return null when the caller holds the task and may submit its form */
    @Nullable
    Problem maySubmit(String taskId) {
        return run(
                taskId,
                (context, task, me) -> me.equals(task.getAssignee())
                        ? null
                        : refused(task.getAssignee() == null ? "请先签收此任务。" : "同事已签收此任务，请刷新待办列表。"));
    }

    private interface Act {
        @Nullable
        Problem on(CommandContext context, TaskEntity task, String me);
    }

    private @Nullable Problem run(String taskId, Act act) {
        try {
            return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                    .getCommandExecutorTxRequired()
                    .execute(context -> {
                        String me = context.getAuthenticatedUserId();
                        TaskEntity task = context.getTaskManager().findTaskById(taskId);
                        // the same answer as for the task of others: no telling which ids exist
                        if (task == null || me == null || !concerns(context, task, me)) {
                            return NOT_YOURS;
                        }
                        if (task.isSuspended()) {
                            return Problem.SUSPENDED;
                        }
                        return act.on(context, task, me);
                    });
        } catch (AuthorizationException outsider) {
            return NOT_YOURS;
        } catch (OptimisticLockingException slower) {
            return Problem.FASTER;
        }
    }

    private static boolean concerns(CommandContext context, TaskEntity task, String me) {
        return me.equals(task.getAssignee()) || offered(context, task);
    }

    /** To one of the caller's groups. */
    private static boolean offered(CommandContext context, TaskEntity task) {
        List<String> groups = context.getAuthentication().getGroupIds();
        return groups != null
                && task.getCandidates().stream()
                        .map(IdentityLink::getGroupId)
                        .anyMatch(group -> group != null && groups.contains(group));
    }

    private void record(String action, TaskEntity task) {
        String caseNumber = task.getExecution().getProcessBusinessKey();
        audit.ifAvailable(a -> a.record(action, caseNumber, task.getTaskDefinitionKey()));
    }

    private static Problem refused(String sentence) {
        return new Problem(409, "Refusal", sentence, null);
    }
}
