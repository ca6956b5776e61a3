package org.banhao.flow.form;

import java.util.Collection;
import java.util.Map;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.flow.Step;
import org.banhao.flow.StepRetractions;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.springframework.beans.factory.ObjectProvider;

/** What a form shows comes from the step's provider, never from process variables; also in a start form. */
final class ContractFormService extends FormServiceImpl {

    private final StepRegistry registry;
    private final ObjectProvider<Audit> audit;
    private final ObjectProvider<StepRetractions> retractions;

    ContractFormService(
            StepRegistry registry, ObjectProvider<Audit> audit, ObjectProvider<StepRetractions> retractions) {
        this.registry = registry;
        this.audit = audit;
        this.retractions = retractions;
    }

    @Override
    public VariableMap getTaskFormVariables(String taskId, Collection<String> formVariables, boolean deserialize) {
        return commandExecutor.execute(context -> {
            TaskEntity task = context.getTaskManager().findTaskById(taskId);
            if (task == null) {
                throw new NullValueException("这件待办不存在或已办结，请刷新待办列表。");
            }
            context.getProcessEngineConfiguration()
                    .getCommandCheckers()
                    .forEach(checker -> checker.checkReadTaskVariable(task));
            return shown(Steps.of(task), formVariables);
        });
    }

    @Override
    public VariableMap getStartFormVariables(
            String processDefinitionId, Collection<String> formVariables, boolean deserialize) {
        return commandExecutor.execute(context -> {
            ProcessDefinitionEntity definition = context.getProcessEngineConfiguration()
                    .getDeploymentCache()
                    .findDeployedProcessDefinitionById(processDefinitionId);
            context.getProcessEngineConfiguration()
                    .getCommandCheckers()
                    .forEach(checker -> checker.checkReadProcessDefinition(definition));
            return shown(Steps.start(definition, null), formVariables);
        });
    }

    private VariableMap shown(Step step, Collection<String> names) {
        try {
            if (step.task() != null) {
                retractions.ifAvailable(r -> r.opened(step));
            }
            VariableMap variables = Values.shown(registry.shown(step), names);
            audit.ifAvailable(a -> a.record("flow.show", step.caseNumber(), step.key()));
            return variables;
        } catch (Refusal refusal) {
            throw new Refused(refusal);
        }
    }

    /** @throws NotHeld a person submits what he does not hold */
    @Override
    public void submitTaskForm(String taskId, Map<String, Object> properties) {
        submit(taskId, properties, false, false);
    }

    /** @throws NotHeld a person submits what he does not hold */
    @Override
    public VariableMap submitTaskFormWithVariablesInReturn(
            String taskId, Map<String, Object> properties, boolean deserializeValues) {
        return submit(taskId, properties, true, deserializeValues);
    }

    /**
     * Who holds the task is asked in the command that completes it: one transaction, and nobody slips in between. To hold it is
     * more than the engine's right to work on it, which its holder was given when he took it: that is not asked for again, and
     * putting the question together would take longer than all the rest of the command.
     */
    private VariableMap submit(String taskId, Map<String, Object> values, boolean returned, boolean deserialize) {
        SubmitTaskFormCmd answer = new SubmitTaskFormCmd(taskId, values, returned, deserialize);
        return ContractTaskService.submit(commandExecutor, taskId, context -> {
            if (context.getAuthentication() == null) {
                return answer.execute(context);
            }
            Holding.required(context, taskId);
            return context.runWithoutAuthorization(answer);
        });
    }
}
