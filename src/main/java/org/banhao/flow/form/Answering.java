package org.banhao.flow.form;

import java.util.Map;
import java.util.function.Consumer;
import org.banhao.base.Refusal;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;

/** Answers given by use cases and own pages: the same contract, in one engine command. */
public final class Answering {

    private Answering() {}

    /**
     * As the person signed in at the engine.
     *
     * @param first runs in the same command, before the answer is looked at
     * @throws Refused the answer is refused
     */
    public static void answer(
            CommandExecutor executor, String taskId, Map<String, Object> values, Consumer<CommandContext> first) {
        Collisions.repeatOnce(
                () -> isOpen(executor, taskId),
                () -> executor.execute(context -> {
                    first.accept(context);
                    return context.runWithoutAuthorization(new SubmitTaskFormCmd(taskId, values, false, false));
                }));
    }

    /**
     * In the name of those who decided; the assignee is not asked.
     *
     * @throws Refused the answer is refused, or the task is gone
     */
    public static void answerFor(
            CommandExecutor executor, String taskId, String person, String decidedBy, Map<String, Object> values) {
        Steps.decidedBy(
                taskId,
                person,
                decidedBy,
                () -> Collisions.repeatOnce(
                        () -> isOpen(executor, taskId),
                        () -> executor.execute(context -> {
                            if (context.getTaskManager().findTaskById(taskId) == null) {
                                throw new Refused(new Refusal("这件待办不存在或已办结，请刷新后重试。"));
                            }
                            return context.runWithoutAuthorization(new SubmitTaskFormCmd(taskId, values, false, false));
                        })));
    }

    private static boolean isOpen(CommandExecutor executor, String taskId) {
        return executor.execute(context -> context.getTaskManager().findTaskById(taskId) != null);
    }
}
