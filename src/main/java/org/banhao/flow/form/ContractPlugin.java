package org.banhao.flow.form;

import java.util.ArrayList;
import java.util.List;
import org.banhao.base.Audit;
import org.banhao.flow.StepRetractions;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Makes the form contract the only way in and out of the engine for a person. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class ContractPlugin extends AbstractProcessEnginePlugin {

    private final Acceptance acceptance;
    private final StepRegistry registry;
    private final ObjectProvider<Audit> audit;
    private final ObjectProvider<StepRetractions> retractions;

    ContractPlugin(
            Acceptance acceptance,
            StepRegistry registry,
            ObjectProvider<Audit> audit,
            ObjectProvider<StepRetractions> retractions) {
        this.acceptance = acceptance;
        this.registry = registry;
        this.audit = audit;
        this.retractions = retractions;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<BpmnParseListener> post = new ArrayList<>();
        if (configuration.getCustomPostBPMNParseListeners() != null) {
            post.addAll(configuration.getCustomPostBPMNParseListeners());
        }
        post.add(new ContractHandlers(acceptance));
        configuration.setCustomPostBPMNParseListeners(post);
        configuration.setFormService(new ContractFormService(registry, audit, retractions));
        configuration.setTaskService(new ContractTaskService());
        configuration.setRuntimeService(new ContractRuntimeService());
    }
}
