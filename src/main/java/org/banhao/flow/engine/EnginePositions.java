package org.banhao.flow.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.banhao.base.Audit;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.flow.Positions;
import org.banhao.flow.form.AtEngine;
import org.banhao.flow.form.Drafts;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.bpmn.behavior.CallActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.ActivityBeforeInstantiationCmd;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessInstanceCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.migration.validation.activity.SupportedActivityValidator;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.runtime.ProcessInstanceModificationBuilder;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * {@link Positions} by process instance modification. A called instance that has ended is called again without running its beginning:
 * the call activity puts it straight to where it stood, so that nothing of its first steps is done a second time.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 3)
class EnginePositions extends AbstractProcessEnginePlugin implements Positions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String RETRACTED = "上一步骤已撤回";

    /** While a call activity is entered again: where the instance it calls is put, and the ids given. */
    private static final ThreadLocal<@Nullable Called> CALLED = new ThreadLocal<>();

    private record Called(Tree tree, Map<String, String> renamed) {}

    /** @param variables name → kind and text; only the plain facts gateways read */
    record Tree(
            String instance,
            String definition,
            @Nullable String businessKey,
            Map<String, Fact> variables,
            List<Leaf> leaves) {}

    record Fact(String kind, @Nullable String text) {

        static @Nullable Fact of(@Nullable Object value) {
            if (value == null) return new Fact("null", null);
            if (value instanceof String
                    || value instanceof Boolean
                    || value instanceof Integer
                    || value instanceof Long
                    || value instanceof Double) {
                return new Fact(value.getClass().getSimpleName(), value.toString());
            }
            return null;
        }

        @Nullable
        Object value() {
            String given = text;
            if (given == null) return null;
            return switch (kind) {
                case "Boolean" -> Boolean.valueOf(given);
                case "Integer" -> Integer.valueOf(given);
                case "Long" -> Long.valueOf(given);
                case "Double" -> Double.valueOf(given);
                default -> given;
            };
        }
    }

    /** @param called the instance a call activity waits for */
    record Leaf(
            String activity,
            String activityInstance,
            @Nullable Tree called) {}

    record Noted(List<Tree> stood, Set<String> started) {}

    private final ObjectProvider<ProcessEngine> engine;
    private final ObjectProvider<Audit> audit;
    private final Drafts drafts;

    EnginePositions(ObjectProvider<ProcessEngine> engine, ObjectProvider<Audit> audit, Drafts drafts) {
        this.engine = engine;
        this.audit = audit;
        this.drafts = drafts;
    }

    // ---- noting

    @Override
    public Watch watch(@Nullable String instanceId) {
        Watching watching = new Watching();
        if (instanceId != null) {
            trusted(context -> {
                ExecutionEntity instance = context.getExecutionManager().findExecutionById(instanceId);
                if (instance != null) watching.stands(instance);
                return null;
            });
        }
        TransactionSynchronizationManager.registerSynchronization(watching);
        return watching;
    }

    void started(String instance) {
        watching().forEach(one -> one.started(instance));
    }

    /** Inside a command, before anything happens to the instance. */
    void moves(ExecutionEntity instance) {
        watching().forEach(one -> one.moves(instance));
    }

    private static List<Watching> watching() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) return List.of();
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Watching.class::isInstance)
                .map(Watching.class::cast)
                .toList();
    }

    private static final class Watching implements Watch, TransactionSynchronization {

        private final Map<String, Tree> stood = new LinkedHashMap<>();
        private final Set<String> started = new LinkedHashSet<>();
        private @Nullable ExecutionEntity own;
        private @Nullable Tree before;
        private boolean over;

        /** Its callers are not read: as long as it lives they stay where they are. */
        void stands(ExecutionEntity instance) {
            own = instance;
            before = tree(instance, null);
        }

        void started(String instance) {
            if (!over) started.add(instance);
        }

        void moves(ExecutionEntity any) {
            if (over) return;
            ExecutionEntity root = any.getProcessInstance();
            while (root.getSuperExecution() != null) {
                root = root.getSuperExecution().getProcessInstance();
            }
            String id = root.getId();
            boolean known = before != null && before.instance().equals(id);
            // what was begun in this transaction is not put back anywhere: it ends
            if (!known && !stood.containsKey(id) && !started.contains(id)) stood.put(id, tree(root, before));
        }

        @Override
        public @Nullable String noted() {
            List<Tree> all = new ArrayList<>(stood.values());
            Tree mine = before;
            ExecutionEntity instance = own;
            if (mine != null && instance != null) {
                if (instance.getSuperExecutionId() != null && instance.isEnded()) return null;
                Set<String> others = new LinkedHashSet<>();
                all.forEach(tree -> instances(tree, others));
                if (!others.contains(mine.instance())) all.add(0, mine);
            }
            try {
                return JSON.writeValueAsString(new Noted(all, started));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void ends() {
            over = true;
        }
    }

    /** @param known a tree below it that was noted before anything happened to it */
    private static Tree tree(ExecutionEntity instance, @Nullable Tree known) {
        Map<String, Fact> facts = new LinkedHashMap<>();
        instance.getVariablesLocal().forEach((name, value) -> {
            Fact fact = Fact.of(value);
            if (fact != null) facts.put(name, fact);
        });
        List<Leaf> leaves = new ArrayList<>();
        leaves(instance, known, leaves);
        return new Tree(
                instance.getId(),
                instance.getProcessDefinitionId(),
                instance.getBusinessKey(),
                facts,
                List.copyOf(leaves));
    }

    private static void leaves(ExecutionEntity execution, @Nullable Tree known, List<Leaf> found) {
        // who holds a task has nothing beneath: the engine reads its tasks anyway, and its children for nobody else
        List<ExecutionEntity> children = !execution.getTasks().isEmpty()
                ? List.of()
                : execution.getNonEventScopeExecutions().stream()
                        .map(ExecutionEntity.class::cast)
                        .toList();
        if (!children.isEmpty()) {
            children.forEach(child -> leaves(child, known, found));
            return;
        }
        String activity = execution.getActivityId();
        if (activity == null) return;
        ExecutionEntity called = execution.getSubProcessInstance();
        Tree below = called == null
                ? null
                : known != null && known.instance().equals(called.getId()) ? known : tree(called, known);
        found.add(new Leaf(activity, execution.getActivityInstanceId(), below));
    }

    // ---- putting back

    @Override
    public Map<String, String> putBack(String text) {
        Noted noted = noted(text);
        noted.started().forEach(this::end);
        Map<String, String> renamed = new HashMap<>();
        noted.stood().forEach(tree -> putBack(tree, renamed));
        String number = noted.stood().stream()
                .map(Tree::businessKey)
                .filter(key -> key != null)
                .findFirst()
                .orElse(null);
        int count = noted.stood().size();
        audit.ifAvailable(a -> a.record("flow.putBack", number, "流程" + count));
        return renamed;
    }

    private void end(String begun) {
        trusted(context -> {
            if (context.getExecutionManager().findExecutionById(begun) != null) {
                new DeleteProcessInstanceCmd(begun, RETRACTED, false, true, true, false, true).execute(context);
            }
            return null;
        });
    }

    private void putBack(Tree before, Map<String, String> renamed) {
        Tree now = trusted(context -> {
            ExecutionEntity instance = context.getExecutionManager().findExecutionById(before.instance());
            if (instance == null) return null;
            if (instance.isSuspended()) throw new Refusal(AtEngine.SUSPENDED);
            return tree(instance, null);
        });
        if (now == null) {
            renamed.put(before.instance(), beginAnew(before, renamed));
            return;
        }
        Map<String, Leaf> standing = new LinkedHashMap<>();
        now.leaves().forEach(leaf -> standing.put(leaf.activityInstance(), leaf));
        List<Leaf> gone = new ArrayList<>();
        for (Leaf leaf : before.leaves()) {
            Leaf still = standing.get(leaf.activityInstance());
            if (still == null) {
                gone.add(leaf);
                continue;
            }
            standing.remove(leaf.activityInstance());
            Tree called = leaf.called();
            if (called != null) putBack(called, renamed);
        }
        for (Leaf leaf : gone) {
            entering(
                    leaf,
                    renamed,
                    () -> modify(before.instance(), builder -> builder.startBeforeActivity(leaf.activity())));
        }
        for (Leaf leaf : standing.values()) {
            modify(before.instance(), builder -> builder.cancelActivityInstance(leaf.activityInstance()));
        }
        facts(before);
    }

    /** A root instance that has ended: another one with the same facts, standing where it stood. */
    private String beginAnew(Tree before, Map<String, String> renamed) {
        List<Leaf> leaves = before.leaves();
        Leaf first = leaves.get(0);
        String[] id = new String[1];
        entering(
                first,
                renamed,
                () -> id[0] = trusted(context -> {
                    var builder = ProcessInstantiationBuilderImpl.createProcessInstanceById(
                                    executor(), before.definition())
                            .setVariables(values(before));
                    if (before.businessKey() != null) builder.businessKey(before.businessKey());
                    return builder.startBeforeActivity(first.activity())
                            .execute()
                            .getProcessInstanceId();
                }));
        String begun = id[0];
        for (Leaf leaf : leaves.subList(1, leaves.size())) {
            entering(leaf, renamed, () -> modify(begun, builder -> builder.startBeforeActivity(leaf.activity())));
        }
        return begun;
    }

    private static void entering(Leaf leaf, Map<String, String> renamed, Runnable act) {
        Tree called = leaf.called();
        if (called == null) {
            act.run();
            return;
        }
        CALLED.set(new Called(called, renamed));
        try {
            act.run();
        } finally {
            CALLED.remove();
        }
    }

    private void modify(
            String instance, Function<ProcessInstanceModificationBuilder, ProcessInstanceModificationBuilder> how) {
        trusted(context -> {
            how.apply(runtime().createProcessInstanceModification(instance)).execute();
            return null;
        });
    }

    private void facts(Tree before) {
        trusted(context -> {
            ExecutionEntity instance = context.getExecutionManager().findExecutionById(before.instance());
            if (instance == null) return null;
            for (Map.Entry<String, Object> now : Map.copyOf(present(instance)).entrySet()) {
                if (!before.variables().containsKey(now.getKey())) instance.removeVariableLocal(now.getKey());
            }
            values(before).forEach(instance::setVariableLocal);
            return null;
        });
    }

    /** Those this class can name; a variable that is null counts. */
    private static Map<String, Object> present(ExecutionEntity instance) {
        Map<String, Object> present = new HashMap<>();
        instance.getVariablesLocal().forEach((name, value) -> {
            if (Fact.of(value) != null) present.put(name, value == null ? "" : value);
        });
        return present;
    }

    private static Map<String, Object> values(Tree tree) {
        Map<String, Object> values = new HashMap<>();
        tree.variables().forEach((name, fact) -> values.put(name, fact.value()));
        return values;
    }

    @Override
    public Set<String> instances(String text) {
        Noted noted = noted(text);
        Set<String> all = new LinkedHashSet<>(noted.started());
        noted.stood().forEach(tree -> instances(tree, all));
        return all;
    }

    private static void instances(Tree tree, Set<String> all) {
        all.add(tree.instance());
        tree.leaves().forEach(leaf -> {
            Tree called = leaf.called();
            if (called != null) instances(called, all);
        });
    }

    @Override
    public @Nullable String handBack(
            String instanceId, String task, @Nullable String holder, String person, String answer) {
        String taskId = trusted(context -> context.getTaskManager().findTasksByProcessInstanceId(instanceId).stream()
                .filter(open -> task.equals(open.getTaskDefinitionKey()))
                .min(Comparator.comparing(TaskEntity::getCreateTime).thenComparing(TaskEntity::getId))
                .map(TaskEntity::getId)
                .orElse(null));
        if (taskId == null) return null;
        trusted(context -> {
            TaskEntity open = context.getTaskManager().findTaskById(taskId);
            if (holder != null && !holder.equals(open.getAssignee())) {
                new AssignTaskCmd(taskId, holder).execute(context);
            }
            return null;
        });
        drafts.save(person, taskId, answer);
        return taskId;
    }

    private static Noted noted(String text) {
        try {
            return JSON.readValue(text, Noted.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- calling again

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<BpmnParseListener> post = new ArrayList<>();
        if (configuration.getCustomPostBPMNParseListeners() != null) {
            post.addAll(configuration.getCustomPostBPMNParseListeners());
        }
        post.add(new AbstractBpmnParseListener() {
            @Override
            public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
                if (activity.getActivityBehavior().getClass() == CallActivityBehavior.class) {
                    CallActivityBehavior stock = (CallActivityBehavior) activity.getActivityBehavior();
                    Calling calling = new Calling();
                    calling.setCallableElement(stock.getCallableElement());
                    activity.setActivityBehavior(calling);
                }
            }
        });
        configuration.setCustomPostBPMNParseListeners(post);
        // the engine migrates what stands in a behaviour of exactly these classes, and asks no subclass
        if (!SupportedActivityValidator.SUPPORTED_ACTIVITY_BEHAVIORS.contains(Calling.class))
            SupportedActivityValidator.SUPPORTED_ACTIVITY_BEHAVIORS.add(Calling.class);
    }

    /** Calls as ever, unless the instance it called before is put back to where it stood. */
    private static final class Calling extends CallActivityBehavior {

        @Override
        protected void startInstance(ActivityExecution execution, VariableMap variables, @Nullable String businessKey) {
            Called back = CALLED.get();
            if (back == null) {
                super.startInstance(execution, variables, businessKey);
                return;
            }
            CommandContext context = Context.getCommandContext();
            ExecutionEntity caller = (ExecutionEntity) execution;
            Tree tree = back.tree();
            ExecutionEntity called = (ExecutionEntity) caller.createSubProcessInstance(
                    context.getProcessEngineConfiguration()
                            .getDeploymentCache()
                            .findDeployedProcessDefinitionById(tree.definition()),
                    businessKey);
            Map<String, Object> facts = new HashMap<>(variables);
            facts.putAll(values(tree));
            called.startWithoutExecuting(facts);
            belongs(context, called, caller.getRootProcessInstanceId());
            called.setPreserveScope(true);
            back.renamed().put(tree.instance(), called.getId());
            for (Leaf leaf : tree.leaves()) {
                entering(
                        leaf,
                        back.renamed(),
                        () -> new ActivityBeforeInstantiationCmd(called.getId(), leaf.activity()).execute(context));
            }
        }

        /** Started that way an instance takes itself for the root; its history would never be cleaned up with the root's. */
        private static void belongs(CommandContext context, ExecutionEntity called, String root) {
            called.setRootProcessInstanceId(root);
            HistoricProcessInstanceEventEntity history = context.getDbEntityManager()
                    .getCachedEntity(HistoricProcessInstanceEventEntity.class, called.getId());
            if (history != null) history.setRootProcessInstanceId(root);
        }
    }

    // ----

    private RuntimeService runtime() {
        return engine.getObject().getRuntimeService();
    }

    private CommandExecutor executor() {
        return ((ProcessEngineConfigurationImpl) engine.getObject().getProcessEngineConfiguration())
                .getCommandExecutorTxRequired();
    }

    private interface Act<T> {
        @Nullable
        T on(CommandContext context);
    }

    private <T> @Nullable T trusted(Act<T> act) {
        try {
            return executor().execute(context -> {
                Callable<T> call = () -> act.on(context);
                return context.runWithoutAuthorization(call);
            });
        } catch (OptimisticLockingException slower) {
            throw new Overtaken();
        } catch (SuspendedEntityInteractionException resting) {
            throw new Refusal(AtEngine.SUSPENDED);
        }
    }
}
