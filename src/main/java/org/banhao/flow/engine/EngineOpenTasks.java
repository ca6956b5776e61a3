package org.banhao.flow.engine;

import java.util.List;
import org.banhao.flow.OpenTasks;
import org.banhao.flow.StepEvent.StepOffered;
import org.banhao.flow.events.StepEvents;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** {@link OpenTasks} in one command, with the engine's authorization off. */
@Component
class EngineOpenTasks implements OpenTasks {

    private final ObjectProvider<ProcessEngine> engine;

    EngineOpenTasks(ObjectProvider<ProcessEngine> engine) {
        this.engine = engine;
    }

    @Override
    public List<StepOffered> all() {
        return ((ProcessEngineConfigurationImpl) engine.getObject().getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(() -> {
                    List<Task> tasks = context.getProcessEngineConfiguration()
                            .getTaskService()
                            .createTaskQuery()
                            .list();
                    return tasks.stream()
                            .filter(task -> task.getProcessInstanceId() != null)
                            .map(task -> StepEvents.state((TaskEntity) task, false))
                            .toList();
                }));
    }
}
