package org.banhao.flow.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.flow.Processes;
import org.banhao.flow.ReadyAnswers;
import org.banhao.flow.Step;
import org.banhao.flow.StepRetractions;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.form.TaskFormData;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** {@link ReadyAnswers} as drafts, checked by the contract that will check them again. */
@Component
class StoredReadyAnswers implements ReadyAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final ObjectProvider<ProcessEngine> engine;
    private final ObjectProvider<StepRetractions> retractions;
    private final Acceptance acceptance;
    private final Drafts drafts;
    private final Processes processes;
    private final ObjectProvider<Audit> audit;

    StoredReadyAnswers(
            ObjectProvider<ProcessEngine> engine,
            ObjectProvider<StepRetractions> retractions,
            Acceptance acceptance,
            Drafts drafts,
            Processes processes,
            ObjectProvider<Audit> audit) {
        this.engine = engine;
        this.retractions = retractions;
        this.acceptance = acceptance;
        this.drafts = drafts;
        this.processes = processes;
        this.audit = audit;
    }

    @Override
    public List<Ready> of(String person, String step) {
        return drafts.ready(person, step);
    }

    @Override
    public void take(String taskId, String step, String person) {
        at(taskId, step, person, (context, task) -> taken(context, task));
    }

    @Override
    public void keep(String taskId, String step, String person, Map<String, Object> draft, Map<String, Object> answer) {
        Optional<String> caseNumber = at(taskId, step, person, (context, task) -> {
            taken(context, task);
            Step known = Steps.of(task);
            acceptance.check(known, form(task), answer);
            return Optional.ofNullable(known.caseNumber());
        });
        drafts.ready(person, taskId, Values.json(draft), step, caseNumber.orElse(null), Values.json(answer));
        audit.ifAvailable(a -> a.record("flow.ready", caseNumber.orElse(null), step));
    }

    @Override
    public void check(String taskId, String step, String person, Map<String, Object> answer) {
        at(taskId, step, person, (context, task) -> {
            acceptance.check(Steps.of(task), form(task), answer);
            return taskId;
        });
    }

    @Override
    public void takeBack(String taskId, String person) {
        if (isOpen(taskId)) {
            drafts.notReady(person, taskId);
        } else {
            drafts.delete(person, taskId);
        }
        audit.ifAvailable(a -> a.record("flow.notReady", null, taskId));
    }

    @Override
    public void handIn(String taskId, String step, String person) {
        String answer = drafts.readyAnswer(person, taskId, step)
                .orElseThrow(() -> new Refusal("这一件还没有录入，或者录入后又改动过，没有提交；请重新录入。"));
        // of the kind it was made ready for: a task is never of another kind later
        processes.answer(taskId, person, fields(answer));
    }

    @Override
    public Fields open(String taskId, String step, String person) {
        return at(taskId, step, person, (context, task) -> {
            Step known = Steps.of(task);
            retractions.ifAvailable(r -> r.opened(known));
            audit.ifAvailable(a -> a.record("flow.show", known.caseNumber(), known.key()));
            return fields(task, known, person);
        });
    }

    @Override
    public Fields fields(String taskId, String step, String person) {
        return at(taskId, step, person, (context, task) -> fields(task, Steps.of(task), person));
    }

    private Fields fields(TaskEntity task, Step known, String person) {
        Map<String, Object> filled = drafts.find(person, task.getId())
                .map(StoredReadyAnswers::fields)
                .orElse(Map.of());
        return acceptance.fields(known, form(task), filled);
    }

    private static TaskFormData form(TaskEntity task) {
        return task.getTaskDefinition().getTaskFormHandler().createTaskForm(task);
    }

    private boolean taken(CommandContext context, TaskEntity task) {
        boolean now = Holding.taken(context, task);
        if (now) {
            audit.ifAvailable(a ->
                    a.record("flow.claim", task.getExecution().getProcessBusinessKey(), task.getTaskDefinitionKey()));
        }
        return now;
    }

    private interface Act<T> {
        T on(CommandContext context, TaskEntity task);
    }

    /** In one command of the person, on a task that concerns him and is of that kind. */
    private <T> T at(String taskId, String step, String person, Act<T> act) {
        return AtEngine.as(
                engine.getObject(),
                person,
                () -> AtEngine.refusing(() -> command(context -> {
                    TaskEntity task = Holding.concerned(context, taskId);
                    if (!Steps.of(task).key().equals(step)) {
                        throw new Refused(new Refusal("这件待办是「" + task.getName() + "」，不能在这里一并办理；请从待办列表打开。"));
                    }
                    return act.on(context, task);
                })));
    }

    private boolean isOpen(String taskId) {
        return command(context -> context.getTaskManager().findTaskById(taskId) != null);
    }

    private <T> T command(Function<CommandContext, T> act) {
        return ((ProcessEngineConfigurationImpl) engine.getObject().getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(act::apply);
    }

    private static Map<String, Object> fields(@Nullable String json) {
        try {
            return json == null ? Map.of() : JSON.readValue(json, FIELDS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
