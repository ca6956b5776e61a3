package org.banhao.flow.web;

import java.util.Map;
import org.banhao.base.Audit;
import org.banhao.flow.Answer;
import org.banhao.flow.Step;
import org.banhao.flow.form.StepRegistry;
import org.banhao.flow.form.Steps;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether an answer that is about to be handed in could not be taken back afterwards: only then a person is asked whether he is sure.
 * Tells nothing of the task, and nothing of one that is not there.
 */
@RestController
class FinalAnswers {

    private final ProcessEngine engine;
    private final StepRegistry registry;
    private final Audit audit;

    FinalAnswers(ProcessEngine engine, StepRegistry registry, Audit audit) {
        this.engine = engine;
        this.registry = registry;
        this.audit = audit;
    }

    @PostMapping(path = "/api/steps/{taskId}/final", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Boolean> isFinal(@PathVariable String taskId, @RequestBody Map<String, Object> values) {
        Step step = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> {
                    TaskEntity task = context.getTaskManager().findTaskById(taskId);
                    return task == null ? null : Steps.of(task);
                });
        boolean ends = step != null && registry.isFinal(step, new Answer(values));
        audit.record("flow.askFinal", step == null ? null : step.caseNumber(), ends ? "不能撤回" : "可以撤回");
        return Map.of("final", ends);
    }
}
