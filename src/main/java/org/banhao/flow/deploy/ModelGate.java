package org.banhao.flow.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.banhao.flow.engine.ModelBeans;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.springframework.stereotype.Component;

/**
 * Looks at every deployment inside the engine, so that no door avoids it. Only when it is new: what was once accepted must stay
 * readable when the rules grow.
 */
@Component
class ModelGate extends AbstractProcessEnginePlugin implements Deployer {

    private final ModelBeans beans;

    ModelGate(ModelBeans beans) {
        this.beans = beans;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<Deployer> first = new ArrayList<>();
        first.add(this);
        if (configuration.getCustomPreDeployers() != null) {
            first.addAll(configuration.getCustomPreDeployers());
        }
        configuration.setCustomPreDeployers(first);
    }

    @Override
    public void deploy(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            return;
        }
        Map<String, byte[]> resources = new HashMap<>();
        deployment.getResources().forEach((name, resource) -> resources.put(name, resource.getBytes()));
        List<String> problems = ModelLint.problems(resources, beans.names());
        if (!problems.isEmpty()) {
            throw new UnfitModel(problems);
        }
    }
}
