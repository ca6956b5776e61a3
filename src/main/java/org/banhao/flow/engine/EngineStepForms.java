package org.banhao.flow.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.banhao.flow.StepForms;
import org.banhao.flow.form.Drafts;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** {@link StepForms} from the engine's definitions and rights, and from the drafts. */
@Component
class EngineStepForms implements StepForms {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectProvider<ProcessEngine> engine;
    private final Drafts drafts;

    EngineStepForms(ObjectProvider<ProcessEngine> engine, Drafts drafts) {
        this.engine = engine;
        this.drafts = drafts;
    }

    @Override
    public boolean mayStart(String process, String person, List<String> groups) {
        ProcessEngine running = engine.getObject();
        boolean startable = ((ProcessEngineConfigurationImpl) running.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> {
                    ProcessDefinitionEntity definition =
                            context.getProcessDefinitionManager().findLatestProcessDefinitionByKey(process);
                    return definition != null && definition.isStartableInTasklist();
                });
        return startable
                && running.getAuthorizationService()
                        .isUserAuthorized(
                                person, groups, Permissions.CREATE_INSTANCE, Resources.PROCESS_DEFINITION, process);
    }

    @Override
    public boolean drafted(String step, String person, String documentId) {
        return drafts.find(person, step)
                .filter(data -> data.contains(documentId))
                .isPresent();
    }

    @Override
    public Map<String, Object> draft(String taskId, String person) {
        return drafts.find(person, taskId).map(EngineStepForms::fields).orElse(Map.of());
    }

    private static Map<String, Object> fields(String draft) {
        try {
            return JSON.readValue(draft, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
