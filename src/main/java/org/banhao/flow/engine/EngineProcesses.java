package org.banhao.flow.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.flow.Processes;
import org.banhao.flow.events.StepEvents;
import org.banhao.flow.form.Answering;
import org.banhao.flow.form.AtEngine;
import org.banhao.flow.form.Refused;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.ProcessInstanceQueryImpl;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.MessageEventReceivedCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * {@link Processes} on the engine. Use cases act with the engine's authorization off: what a person may do has been decided by the
 * use case, or is decided here by assignee and candidate groups.
 */
@Component
class EngineProcesses implements Processes {

    private static final String NOT_YOURS = "这件待办不存在、已办结，或不归您办理，请刷新待办列表。";

    private final ObjectProvider<ProcessEngine> engine;
    private final ObjectProvider<Audit> audit;
    private final StepEvents events;
    private final EnginePositions positions;

    EngineProcesses(
            ObjectProvider<ProcessEngine> engine,
            ObjectProvider<Audit> audit,
            StepEvents events,
            EnginePositions positions) {
        this.engine = engine;
        this.events = events;
        this.audit = audit;
        this.positions = positions;
    }

    @Override
    public String start(String process, String caseNumber, Map<String, Object> routing) {
        String instance = trusted(context -> {
            // what begins while the case rests would not rest with it
            if (new ProcessInstanceQueryImpl(executor())
                            .processInstanceBusinessKey(caseNumber)
                            .suspended()
                            .count()
                    > 0) {
                throw new Refused(new Refusal(AtEngine.SUSPENDED));
            }
            return ProcessInstantiationBuilderImpl.createProcessInstanceByKey(executor(), process)
                    .businessKey(caseNumber)
                    .setVariables(new HashMap<>(routing))
                    .execute()
                    .getProcessInstanceId();
        });
        positions.started(instance);
        audit.ifAvailable(a -> a.record("flow.start", caseNumber, process));
        return instance;
    }

    @Override
    public void answer(String taskId, String person, Map<String, Object> values) {
        AtEngine.as(
                engine.getObject(),
                person,
                () -> AtEngine.refusing(() -> {
                    Answering.answer(executor(), taskId, values, context -> {
                        TaskEntity task = context.getTaskManager().findTaskById(taskId);
                        if (task == null) {
                            throw new Refused(new Refusal(NOT_YOURS));
                        }
                        if (task.getAssignee() == null && isCandidate(task, context)) {
                            new ClaimTaskCmd(taskId, person).execute(context);
                        }
                        if (!person.equals(task.getAssignee())) {
                            boolean colleague = task.getAssignee() != null && isCandidate(task, context);
                            throw new Refused(new Refusal(colleague ? "这件待办已由同事签收，您不能提交；请刷新待办列表。" : NOT_YOURS));
                        }
                    });
                    return taskId;
                }));
    }

    @Override
    public void answerFor(String taskId, String person, String decidedBy, Map<String, Object> values) {
        AtEngine.refusing(() -> {
            Answering.answerFor(executor(), taskId, person, decidedBy, values);
            return taskId;
        });
    }

    @Override
    public boolean tell(String instanceId, String message, Map<String, Object> routing) {
        return trusted(context -> {
            ExecutionEntity instance = context.getExecutionManager().findExecutionById(instanceId);
            if (instance == null) {
                return false;
            }
            positions.moves(instance);
            List<EventSubscriptionEntity> waiting = new ArrayList<>();
            waiting(instance, message, waiting);
            boolean told = false;
            for (EventSubscriptionEntity subscription : waiting) {
                // the first one told may have ended the others
                if (!context.getDbEntityManager().isDeleted(subscription)) {
                    new MessageEventReceivedCmd(message, subscription.getExecutionId(), new HashMap<>(routing))
                            .execute(context);
                    told = true;
                }
            }
            return told;
        });
    }

    /** In memory, from the instance down: what was started in this very command is not in the database yet. */
    private static void waiting(ExecutionEntity execution, String message, List<EventSubscriptionEntity> found) {
        for (EventSubscriptionEntity subscription : execution.getEventSubscriptions()) {
            if ("message".equals(subscription.getEventType()) && message.equals(subscription.getEventName())) {
                found.add(subscription);
            }
        }
        execution.getExecutions().forEach(child -> waiting(child, message, found));
    }

    @Override
    public void cancel(String instanceId, String reason) {
        String caseNumber = trusted(context -> {
            ExecutionEntity instance = context.getExecutionManager().findExecutionById(instanceId);
            if (instance == null || !instance.isProcessInstanceExecution()) {
                return null;
            }
            positions.moves(instance);
            String number = instance.getProcessBusinessKey();
            new DeleteProcessInstanceCmd(instanceId, reason, false, true, true, false, true).execute(context);
            return number == null ? "" : number;
        });
        if (caseNumber != null) {
            audit.ifAvailable(a -> a.record("flow.cancel", caseNumber.isEmpty() ? null : caseNumber, reason));
        }
    }

    @Override
    public void suspend(String caseNumber) {
        rest(caseNumber, true);
    }

    @Override
    public void resume(String caseNumber) {
        rest(caseNumber, false);
    }

    /**
     * The engine changes the state by bulk statements, which no loaded entity and no task listener hears of: so the tasks are read and
     * told in a command of their own, after those statements were written.
     */
    private void rest(String caseNumber, boolean suspended) {
        Set<String> instances = trusted(context -> {
            Set<String> found = new LinkedHashSet<>();
            instances().processInstanceBusinessKey(caseNumber).list().forEach(i -> withCalled(i.getId(), found));
            for (String id : found) {
                if (suspended) runtime().suspendProcessInstanceById(id);
                else runtime().activateProcessInstanceById(id);
            }
            return found;
        });
        trusted(context -> {
            for (String id : instances) {
                context.getTaskManager().findTasksByProcessInstanceId(id).forEach(events::offeredAgain);
            }
            return instances;
        });
        audit.ifAvailable(
                a -> a.record(suspended ? "flow.suspend" : "flow.resume", caseNumber, instances.size() + " 个流程"));
    }

    private void withCalled(String instanceId, Set<String> found) {
        if (!found.add(instanceId)) return;
        instances().superProcessInstanceId(instanceId).list().forEach(called -> withCalled(called.getId(), found));
    }

    private RuntimeService runtime() {
        return engine.getObject().getRuntimeService();
    }

    private ProcessInstanceQuery instances() {
        return runtime().createProcessInstanceQuery();
    }

    @Override
    public void moveDue(String instanceId, String activity, Instant due) {
        String caseNumber = trusted(context -> {
            ExecutionEntity instance = context.getExecutionManager().findExecutionById(instanceId);
            if (instance == null) {
                return null;
            }
            for (TaskEntity task : tasks(context, instanceId, activity)) {
                moveDue(context, task, Date.from(due));
            }
            for (JobEntity job : context.getJobManager().findJobsByProcessInstanceId(instanceId)) {
                if (job instanceof TimerEntity timer && activity.equals(timer.getActivityId())) {
                    timer.setDuedate(Date.from(due));
                }
            }
            String number = instance.getProcessBusinessKey();
            return number == null ? "" : number;
        });
        if (caseNumber != null) {
            audit.ifAvailable(
                    a -> a.record("flow.moveDue", caseNumber.isEmpty() ? null : caseNumber, activity + " → " + due));
        }
    }

    /** Timers on the task's border that stand for the same obligation: those at the task's own due date. */
    private static void moveDue(CommandContext context, TaskEntity task, Date due) {
        Date before = task.getDueDate();
        ActivityImpl activity = task.getExecution().getActivity();
        for (JobEntity job : context.getJobManager().findJobsByProcessInstanceId(task.getProcessInstanceId())) {
            if (!(job instanceof TimerEntity timer)
                    || timer.getRepeat() != null
                    || !task.getExecutionId().equals(timer.getExecutionId())) {
                continue;
            }
            ActivityImpl event = task.getProcessDefinition().findActivity(timer.getActivityId());
            boolean onBorder = event != null && activity.equals(event.getEventScope());
            if (onBorder && (before == null || sameSecond(before, timer.getDuedate()))) {
                timer.setDuedate(due);
            }
        }
        task.setDueDate(due);
        task.triggerUpdateEvent();
    }

    private static boolean sameSecond(Date a, @Nullable Date b) {
        return b != null && a.getTime() / 1000 == b.getTime() / 1000;
    }

    @Override
    public @Nullable String openTask(String instanceId, String task) {
        return trusted(context -> {
            List<TaskEntity> found = new ArrayList<>();
            below(context, instanceId, task, found);
            return found.stream()
                    .min(Comparator.comparing(TaskEntity::getCreateTime).thenComparing(TaskEntity::getId))
                    .map(TaskEntity::getId)
                    .orElse(null);
        });
    }

    private static void below(CommandContext context, String instanceId, String key, List<TaskEntity> found) {
        found.addAll(tasks(context, instanceId, key));
        context.getProcessEngineConfiguration()
                .getRuntimeService()
                .createProcessInstanceQuery()
                .superProcessInstanceId(instanceId)
                .list()
                .forEach(called -> below(context, called.getId(), key, found));
    }

    private static List<TaskEntity> tasks(CommandContext context, String instanceId, String key) {
        return context.getTaskManager().findTasksByProcessInstanceId(instanceId).stream()
                .filter(task -> key.equals(task.getTaskDefinitionKey()))
                .toList();
    }

    @Override
    public void reoffer(String instanceId, Map<String, String> groups) {
        String caseNumber = trusted(context -> {
            ExecutionEntity instance = context.getExecutionManager().findExecutionById(instanceId);
            if (instance == null) {
                return null;
            }
            for (TaskEntity task : context.getTaskManager().findTasksByProcessInstanceId(instanceId)) {
                reoffer(task, groups);
            }
            String number = instance.getProcessBusinessKey();
            return number == null ? "" : number;
        });
        if (caseNumber != null) {
            audit.ifAvailable(
                    a -> a.record("flow.reoffer", caseNumber.isEmpty() ? null : caseNumber, groups.toString()));
        }
    }

    private static void reoffer(TaskEntity task, Map<String, String> groups) {
        List<String> before = new ArrayList<>();
        for (IdentityLink link : task.getCandidates()) {
            if (link.getGroupId() != null && groups.containsKey(link.getGroupId())) {
                before.add(link.getGroupId());
            }
        }
        if (before.isEmpty()) {
            return;
        }
        for (String group : before) {
            task.deleteCandidateGroup(group);
            task.addCandidateGroup(groups.get(group));
        }
        task.setAssignee(null);
        task.triggerUpdateEvent();
    }

    @Override
    public void release(String taskId) {
        String caseNumber = trusted(context -> {
            TaskEntity task = context.getTaskManager().findTaskById(taskId);
            if (task == null || task.getAssignee() == null) {
                return null;
            }
            new ClaimTaskCmd(taskId, null).execute(context);
            String number = task.getExecution().getProcessBusinessKey();
            return number == null ? "" : number;
        });
        if (caseNumber != null) {
            audit.ifAvailable(a -> a.record("flow.release", caseNumber.isEmpty() ? null : caseNumber, taskId));
        }
    }

    @Override
    public void handOver(String taskId, String person) {
        String caseNumber = trusted(context -> {
            TaskEntity task = context.getTaskManager().findTaskById(taskId);
            if (task == null || person.equals(task.getAssignee())) {
                return null;
            }
            new AssignTaskCmd(taskId, person).execute(context);
            String number = task.getExecution().getProcessBusinessKey();
            return number == null ? "" : number;
        });
        if (caseNumber != null) {
            audit.ifAvailable(
                    a -> a.record("flow.handOver", caseNumber.isEmpty() ? null : caseNumber, taskId + " → " + person));
        }
    }

    private static boolean isCandidate(TaskEntity task, CommandContext context) {
        List<String> mine = context.getAuthentication().getGroupIds();
        for (IdentityLink link : task.getCandidates()) {
            if (link.getGroupId() != null && mine.contains(link.getGroupId())) {
                return true;
            }
        }
        return false;
    }

    private CommandExecutor executor() {
        return ((ProcessEngineConfigurationImpl) engine.getObject().getProcessEngineConfiguration())
                .getCommandExecutorTxRequired();
    }

    private interface Act<T> {
        @Nullable
        T on(CommandContext context);
    }

    private <T> T trusted(Act<T> act) {
        return AtEngine.refusing(() -> executor().execute(context -> {
            Callable<T> call = () -> act.on(context);
            return context.runWithoutAuthorization(call);
        }));
    }
}
