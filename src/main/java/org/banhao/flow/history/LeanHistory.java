package org.banhao.flow.history;

import org.banhao.flow.events.StepEvents;
import org.camunda.bpm.engine.impl.batch.history.HistoricBatchEntity;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricIncidentEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricTaskInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The history level stays full, so that everything is produced, but only what somebody reads is written: process, task and activity
 * instances, incidents and batches. Variables, details, identity links, operation log, job log and decisions are not: our own
 * timeline and audit hold what people did.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class LeanHistory extends AbstractProcessEnginePlugin {

    private final StepEvents events;

    LeanHistory(StepEvents events) {
        this.events = events;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setEnableDefaultDbHistoryEventHandler(false);
        configuration.getCustomHistoryEventHandlers().add(new Handler(events));
    }

    private static final class Handler extends DbHistoryEventHandler {

        private final StepEvents events;

        Handler(StepEvents events) {
            this.events = events;
        }

        @Override
        public void handleEvent(HistoryEvent event) {
            // isEventOfType compares only the word "migrate", which other entities use as well
            if (event instanceof HistoricTaskInstanceEventEntity migrated
                    && event.isEventOfType(HistoryEventTypes.TASK_INSTANCE_MIGRATE)) {
                TaskEntity task = Context.getCommandContext().getTaskManager().findTaskById(migrated.getTaskId());
                if (task != null) {
                    events.offeredAgain(task);
                }
            }
            if (event instanceof HistoricProcessInstanceEventEntity
                    || event instanceof HistoricTaskInstanceEventEntity
                    || event instanceof HistoricActivityInstanceEventEntity
                    || event instanceof HistoricIncidentEventEntity
                    || event instanceof HistoricBatchEntity) {
                super.handleEvent(event);
            }
        }
    }
}
