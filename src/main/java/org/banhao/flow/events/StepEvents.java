package org.banhao.flow.events;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.banhao.flow.Step;
import org.banhao.flow.StepEvent.StepDone;
import org.banhao.flow.StepEvent.StepOffered;
import org.banhao.flow.StepEvent.StepWithdrawn;
import org.banhao.flow.form.Drafts;
import org.banhao.flow.form.Steps;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.persistence.entity.IdentityLinkEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.task.IdentityLink;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Tells what happens to tasks, synchronously and in the engine's transaction.
 *
 * <p>By <em>built-in</em> task listeners: ordinary ones are skipped by modification, deletion and migration, and dead rows would
 * stay behind. They run before a model's own listeners, so no model listener may change a task's people or dates. Migration calls
 * no task listener at all; it is heard from its history event (see {@code LeanHistory}).
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
public class StepEvents extends AbstractProcessEnginePlugin {

    private static final List<String> HEARD = List.of(
            TaskListener.EVENTNAME_CREATE,
            TaskListener.EVENTNAME_UPDATE,
            TaskListener.EVENTNAME_COMPLETE,
            TaskListener.EVENTNAME_DELETE);

    private final ApplicationEventPublisher publisher;
    private final Drafts drafts;

    StepEvents(ApplicationEventPublisher publisher, Drafts drafts) {
        this.publisher = publisher;
        this.drafts = drafts;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<BpmnParseListener> post = new ArrayList<>();
        if (configuration.getCustomPostBPMNParseListeners() != null) {
            post.addAll(configuration.getCustomPostBPMNParseListeners());
        }
        post.add(new AbstractBpmnParseListener() {
            @Override
            public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
                TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
                TaskListener listener = StepEvents.this::heard;
                HEARD.forEach(event -> task.addBuiltInTaskListener(event, listener));
            }
        });
        configuration.setCustomPostBPMNParseListeners(post);
    }

    private void heard(DelegateTask heard) {
        TaskEntity task = (TaskEntity) heard;
        switch (String.valueOf(heard.getEventName())) {
            case TaskListener.EVENTNAME_COMPLETE -> publisher.publishEvent(new StepDone(Steps.of(task)));
            case TaskListener.EVENTNAME_DELETE -> {
                Step step = Steps.of(task);
                drafts.over(task.getId(), null);
                publisher.publishEvent(new StepWithdrawn(step));
            }
            case TaskListener.EVENTNAME_CREATE -> offered(task, true);
            default -> offered(task, false);
        }
    }

    /** Says the whole state of a task again. Inside a command. */
    public void offeredAgain(TaskEntity task) {
        offered(task, false);
    }

    private void offered(TaskEntity task, boolean first) {
        publisher.publishEvent(state(task, first));
    }

    /** What there is to say of an open task. Inside a command. */
    public static StepOffered state(TaskEntity task, boolean first) {
        return new StepOffered(
                Steps.of(task),
                task.getName(),
                task.getDescription(),
                task.getAssignee(),
                groups(task),
                task.getDueDate() == null ? null : task.getDueDate().toInstant(),
                task.getPriority(),
                task.getCreateTime().toInstant(),
                processName(task),
                task.getExecutionId(),
                task.isSuspended(),
                first);
    }

    private static String processName(TaskEntity task) {
        String name = task.getProcessDefinition().getName();
        return name == null ? task.getProcessDefinition().getKey() : name;
    }

    /** A link that this very command removes is still listed by the task. */
    private static List<String> groups(TaskEntity task) {
        DbEntityManager database = Context.getCommandContext().getDbEntityManager();
        TreeSet<String> groups = new TreeSet<>();
        for (IdentityLink link : task.getCandidates()) {
            if (link.getGroupId() != null && !database.isDeleted((IdentityLinkEntity) link)) {
                groups.add(link.getGroupId());
            }
        }
        return List.copyOf(groups);
    }
}
