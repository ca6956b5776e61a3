package org.banhao.flow.web;

import org.banhao.base.Audit;
import org.banhao.flow.form.Holding;
import org.banhao.flow.form.NotHeld;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
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
            if (Holding.taken(context, task)) {
                record("flow.claim", task);
            }
        });
    }

    @Nullable
    Problem unclaim(String taskId) {
        return run(taskId, (context, task, me) -> {
            if (!me.equals(task.getAssignee())) {
                throw NotHeld.because("这件待办不在您手中，请刷新待办列表。");
            }
            // the group that stands in for him is none he could give it back to
            if (!Holding.offered(context, task)) {
                throw NotHeld.because("这件待办只交给您一人，不能取消签收；确需他人办理的，请联系管理员。");
            }
            new ClaimTaskCmd(taskId, null).execute(context);
            record("flow.unclaim", task);
        });
    }

    private interface Act {
        void on(CommandContext context, TaskEntity task, String me);
    }

    private @Nullable Problem run(String taskId, Act act) {
        try {
            ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                    .getCommandExecutorTxRequired()
                    .execute(context -> {
                        TaskEntity task = Holding.concerned(context, taskId);
                        act.on(context, task, context.getAuthenticatedUserId());
                        return null;
                    });
            return null;
        } catch (NotHeld no) {
            return Problem.of(no);
        } catch (AuthorizationException outsider) {
            return Problem.of(NotHeld.unknown());
        } catch (OptimisticLockingException slower) {
            return Problem.FASTER;
        }
    }

    private void record(String action, TaskEntity task) {
        String caseNumber = task.getExecution().getProcessBusinessKey();
        audit.ifAvailable(a -> a.record(action, caseNumber, task.getTaskDefinitionKey()));
    }
}
