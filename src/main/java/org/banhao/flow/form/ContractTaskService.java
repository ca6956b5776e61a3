package org.banhao.flow.form;

import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.variable.VariableMap;

/** {@code complete} goes the way of {@code submit-form}: there is no second way in. */
final class ContractTaskService extends TaskServiceImpl {

    @Override
    public void complete(String taskId, Map<String, Object> variables) {
        submit(commandExecutor, taskId, new SubmitTaskFormCmd(taskId, variables, false, false));
    }

    @Override
    public VariableMap completeWithVariablesInReturn(
            String taskId, Map<String, Object> variables, boolean deserializeValues) {
        return submit(commandExecutor, taskId, new SubmitTaskFormCmd(taskId, variables, true, deserializeValues));
    }

    /** Delegation is not used, and resolving would write any variable past the contract. */
    @Override
    public void resolveTask(String taskId) {
        throw new BadUserRequestException("本系统不使用委派，请由签收人提交表单。");
    }

    @Override
    public void resolveTask(String taskId, Map<String, Object> taskVariables) {
        resolveTask(taskId);
    }

    static VariableMap submit(CommandExecutor executor, String taskId, Command<VariableMap> answer) {
        return Collisions.repeatOnce(
                () -> executor.execute(context -> context.getTaskManager().findTaskById(taskId) != null),
                () -> executor.execute(answer));
    }
}
