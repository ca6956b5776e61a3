package org.banhao.flow.engine;

import java.util.HashMap;
import java.util.Map;
import org.banhao.flow.StepNames;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** {@link StepNames} from the engine's cache of deployed models, with the engine's authorization off. */
@Component
class EngineStepNames implements StepNames {

    private final ObjectProvider<ProcessEngine> engine;

    EngineStepNames(ObjectProvider<ProcessEngine> engine) {
        this.engine = engine;
    }

    @Override
    public Map<String, String> all() {
        return ((ProcessEngineConfigurationImpl) engine.getObject().getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(() -> {
                    ProcessEngineConfigurationImpl settings = context.getProcessEngineConfiguration();
                    Map<String, String> names = new HashMap<>();
                    for (ProcessDefinition one : settings.getRepositoryService()
                            .createProcessDefinitionQuery()
                            .latestVersion()
                            .list()) {
                        ProcessDefinitionEntity model =
                                settings.getDeploymentCache().findDeployedProcessDefinitionById(one.getId());
                        if (model.getName() != null) {
                            names.put(model.getKey(), model.getName());
                            names.put(model.getKey() + "/start", "发起" + model.getName());
                        }
                        steps(model.getKey(), model, names);
                    }
                    return names;
                }));
    }

    private static void steps(String process, ScopeImpl scope, Map<String, String> names) {
        for (ActivityImpl activity : scope.getActivities()) {
            if (activity.getProperty("name") instanceof String name && !name.isBlank()) {
                names.put(process + "/" + activity.getId(), name.strip());
                names.put(activity.getId(), name.strip());
            }
            steps(process, activity, names);
        }
    }
}
