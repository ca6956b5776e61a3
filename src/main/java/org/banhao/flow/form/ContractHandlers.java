package org.banhao.flow.form;

import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.flow.Step;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.form.StartFormData;
import org.camunda.bpm.engine.form.TaskFormData;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.form.handler.StartFormHandler;
import org.camunda.bpm.engine.impl.form.handler.TaskFormHandler;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;

/**
 * Puts the contract in place of the engine's form handlers. A <em>post</em> parse listener: the start form handler exists by then,
 * and nobody wraps ours afterwards. The engine's own handlers are kept for what they know of the form, but never asked to submit:
 * they would make every field a variable.
 */
final class ContractHandlers extends AbstractBpmnParseListener {

    private final Acceptance acceptance;

    ContractHandlers(Acceptance acceptance) {
        this.acceptance = acceptance;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition definition = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        definition.setTaskFormHandler(new TaskHandler(definition.getTaskFormHandler(), acceptance));
    }

    @Override
    public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        if (scope instanceof ProcessDefinitionEntity definition
                && definition.getStartFormHandler() != null
                && !(definition.getStartFormHandler() instanceof StartHandler)) {
            definition.setStartFormHandler(new StartHandler(definition.getStartFormHandler(), acceptance));
        }
    }

    private record TaskHandler(TaskFormHandler stock, Acceptance acceptance) implements TaskFormHandler {

        @Override
        public void parseConfiguration(
                Element element, DeploymentEntity deployment, ProcessDefinitionEntity definition, BpmnParse parse) {
            stock.parseConfiguration(element, deployment, definition, parse);
        }

        @Override
        public TaskFormData createTaskForm(TaskEntity task) {
            return stock.createTaskForm(task);
        }

        @Override
        public void submitFormVariables(VariableMap raw, VariableScope scope) {
            TaskEntity task = (TaskEntity) scope;
            Step step = Steps.of(task);
            // the engine itself lets any candidate answer a task that a colleague holds
            String person = Steps.signedIn();
            if (person != null && !Steps.isDecidedByOthers(task) && !person.equals(task.getAssignee())) {
                throw new Refused(
                        new Refusal(task.getAssignee() == null ? "请先签收这件待办，再提交。" : "这件待办已由同事签收，您不能提交；请刷新待办列表。"));
            }
            // read before the use case waits for anybody: a colleague who answers first must be seen as having
            // overtaken this one
            ExecutionEntity execution = task.getExecution();
            if (!task.getTaskDefinitionKey().equals(execution.getActivityId())) {
                throw new OptimisticLockingException(
                        "the execution of task " + task.getId() + " has already left its step");
            }
            Map<String, Object> routing =
                    acceptance.accept(step, stock.createTaskForm(task), raw).routing();
            if (!routing.isEmpty()) {
                // the scope that encloses the task: a repetition, a sub-process or the process; never by climbing
                enclosing(execution).setVariablesLocal(routing);
            }
        }

        /** Of the process itself nothing more is read; to find another scope the engine reads all executions of the instance. */
        private static VariableScope enclosing(ExecutionEntity execution) {
            ScopeImpl scope = execution.getActivity().getFlowScope();
            return execution.isProcessInstanceExecution() && scope == execution.getProcessDefinition()
                    ? execution
                    : execution.findExecutionForFlowScope(scope);
        }
    }

    private record StartHandler(StartFormHandler stock, Acceptance acceptance) implements StartFormHandler {

        @Override
        public void parseConfiguration(
                Element element, DeploymentEntity deployment, ProcessDefinitionEntity definition, BpmnParse parse) {
            stock.parseConfiguration(element, deployment, definition, parse);
        }

        @Override
        public StartFormData createStartFormData(ProcessDefinitionEntity definition) {
            return stock.createStartFormData(definition);
        }

        @Override
        public void submitFormVariables(VariableMap raw, VariableScope scope) {
            ExecutionEntity execution = (ExecutionEntity) scope;
            ProcessDefinitionEntity definition = execution.getProcessDefinition();
            Step step = Steps.start(definition, execution.getProcessInstanceId());
            Acceptance.Accepted accepted = acceptance.accept(step, stock.createStartFormData(definition), raw);
            // also when there is none: a key that came with the call is not ours
            execution.setProcessBusinessKey(accepted.caseNumber());
            execution.setVariablesLocal(accepted.routing());
        }
    }
}
