package org.banhao.flow.form;

import org.banhao.base.Refusal;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.RuntimeServiceImpl;
import org.camunda.bpm.engine.impl.cmd.GetDeployedProcessDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessInstanceWithVariablesImpl;
import org.camunda.bpm.engine.runtime.ProcessInstanceWithVariables;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A process with a start form is started by that form only, and a person starts nothing else. Use cases start by
 * {@link org.banhao.flow.Processes#start}, which does not pass here.
 */
final class ContractRuntimeService extends RuntimeServiceImpl {

    @Override
    public ProcessInstantiationBuilder createProcessInstanceById(String processDefinitionId) {
        return new Builder(commandExecutor, processDefinitionId, null);
    }

    @Override
    public ProcessInstantiationBuilder createProcessInstanceByKey(String processDefinitionKey) {
        return new Builder(commandExecutor, null, processDefinitionKey);
    }

    private static final class Builder extends ProcessInstantiationBuilderImpl {

        Builder(CommandExecutor executor, @Nullable String id, @Nullable String key) {
            super(executor);
            processDefinitionId = id;
            processDefinitionKey = key;
        }

        @Override
        public ProcessInstanceWithVariables executeWithVariablesInReturn(
                boolean skipListeners, boolean skipIoMappings) {
            boolean instructed =
                    !modificationBuilder.getModificationOperations().isEmpty();
            return commandExecutor.execute(context -> {
                ProcessDefinitionEntity definition = new GetDeployedProcessDefinitionCmd(this, false).execute(context);
                // getHasStartFormKey is false for a formRef
                boolean form = definition.getStartFormDefinition() != null
                        && definition.getStartFormDefinition().getCamundaFormDefinitionKey() != null;
                if (form && !instructed) {
                    return byForm(context, definition);
                }
                if (context.getAuthenticatedUserId() != null) {
                    throw new Refused(new Refusal("「" + definition.getName() + "」不能这样启动，请从系统中相应的页面开始。"));
                }
                return super.executeWithVariablesInReturn(skipListeners, skipIoMappings);
            });
        }

        private ProcessInstanceWithVariables byForm(CommandContext context, ProcessDefinitionEntity definition) {
            ExecutionEntity instance =
                    (ExecutionEntity) new SubmitStartFormCmd(definition.getId(), null, getVariables()).execute(context);
            return new ProcessInstanceWithVariablesImpl(instance, instance.getVariablesTyped(false));
        }
    }
}
