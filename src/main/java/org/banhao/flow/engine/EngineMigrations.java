package org.banhao.flow.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.base.Audit;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.flow.InstanceMigrated;
import org.banhao.flow.Migrations;
import org.banhao.flow.events.StepEvents;
import org.banhao.flow.form.Refused;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.migration.MigratingActivityInstanceValidationReport;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationReport;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanBuilder;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** {@link Migrations} on the engine, with its authorization off. */
@Component
class EngineMigrations implements Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(EngineMigrations.class);

    static final String GONE = "所选的流程版本不存在或者已经没有在办案件，请刷新页面后重新选择。";
    private static final String LATEST = "所选的已经是最新版本，案件不用迁移，请选择旧的版本。";
    private static final String WORKED_ON = "同事正在迁移，或者有案件正在办理，没有一件迁移，请稍后重试。";
    private static final String NO_INSTRUCTION = "There is no migration instruction for this instance's activity";

    /** Of an activity, as the engine keeps it. */
    private static final String TYPE = "type";

    /** Named in one refusal; the plan has them all. */
    private static final int NAMED = 20;

    private final ObjectProvider<ProcessEngine> engine;
    private final ObjectProvider<Audit> audit;
    private final ApplicationEventPublisher publisher;
    private final StepEvents events;
    private final JdbcClient jdbc;
    private final TransactionTemplate own;

    EngineMigrations(
            ObjectProvider<ProcessEngine> engine,
            ObjectProvider<Audit> audit,
            ApplicationEventPublisher publisher,
            StepEvents events,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.engine = engine;
        this.audit = audit;
        this.publisher = publisher;
        this.events = events;
        this.jdbc = jdbc;
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public List<Behind> behind() {
        return trusted(context -> {
            Map<String, ProcessDefinition> latest = latest();
            List<Behind> found = new ArrayList<>();
            for (ProcessDefinition version : engine.getObject()
                    .getRepositoryService()
                    .createProcessDefinitionQuery()
                    .list()) {
                ProcessDefinition newest = latest.get(version.getKey());
                if (newest == null || newest.getId().equals(version.getId())) continue;
                long running = engine.getObject()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionId(version.getId())
                        .count();
                if (running > 0) found.add(behind(version, newest, (int) running));
            }
            found.sort(Comparator.comparing(Behind::process).thenComparing(Behind::version));
            return found;
        });
    }

    private static Behind behind(ProcessDefinition version, ProcessDefinition newest, int running) {
        return new Behind(
                version.getId(),
                version.getKey(),
                newest.getName() == null ? newest.getKey() : newest.getName(),
                version.getVersion(),
                version.getVersionTag(),
                newest.getVersion(),
                newest.getVersionTag(),
                running);
    }

    @Override
    public Plan plan(String version, Map<String, String> instead, Progress progress) {
        Prepared prepared = prepared(version, instead);
        List<Hindrance> cannot =
                hindrances(prepared, progress, prepared.running().size());
        audit.ifAvailable(a -> a.record(
                "flow.planMigration",
                null,
                words(prepared.from()) + "，" + prepared.running().size() + "件，不能迁移" + cannot.size() + "件"));
        return new Plan(prepared.from(), prepared.moves(), cannot);
    }

    @Override
    public int migrate(String version, Map<String, String> instead, Progress progress) {
        try {
            Integer moved = own.execute(status -> {
                // nothing is deployed meanwhile, and of two who press the button the second finds nothing left
                jdbc.sql("select name from flow_lock where name = 'deploy' for update")
                        .query(String.class)
                        .single();
                Prepared prepared = prepared(version, instead);
                // first one by one and taken back: all that cannot are named, and an error of the database spoils no
                // other try
                int looks = 2 * prepared.running().size();
                List<Hindrance> cannot = hindrances(prepared, progress, looks);
                if (!cannot.isEmpty()) throw refusal(cannot);
                int taken = 0;
                int seen = prepared.running().size();
                for (ProcessInstance instance : prepared.running()) {
                    progress.at(seen++, looks);
                    if (!lives(instance)) continue;
                    move(prepared, instance);
                    audit.ifAvailable(a -> a.record("flow.migrate", instance.getBusinessKey(), words(prepared.from())));
                    taken++;
                }
                String count = "，" + taken + "件";
                audit.ifAvailable(a -> a.record("flow.migrate", null, words(prepared.from()) + count));
                return taken;
            });
            return moved == null ? 0 : moved;
        } catch (OptimisticLockingException
                | ConcurrencyFailureException
                | MigratingProcessInstanceValidationException slower) {
            // one that could be moved when it was tried has gone on since
            throw new Overtaken(WORKED_ON);
        }
    }

    private static String words(Behind from) {
        return from.process() + " " + from.version() + " → " + from.latestVersion();
    }

    private static Refusal refusal(List<Hindrance> cannot) {
        String list = cannot.stream()
                .limit(NAMED)
                .map(one -> one.caseNumber() + "：" + one.why())
                .collect(Collectors.joining("；"));
        String more = cannot.size() > NAMED ? "；等" : "";
        return new Refusal(
                "instead", "有" + cannot.size() + "件不能迁移，没有一件迁移（" + list + more + "）；请为没有对应的步骤指定去处，或者等这些案件办完这一步再迁移。");
    }

    // ---- what moves where

    private record Prepared(
            Behind from,
            MigrationPlan plan,
            List<ProcessInstance> running,
            List<Move> moves,
            Map<String, String> renamed,
            Map<String, String> names,
            Set<String> needed) {}

    private Prepared prepared(String version, Map<String, String> instead) {
        return trusted(context -> {
            ProcessDefinition old = engine.getObject()
                    .getRepositoryService()
                    .createProcessDefinitionQuery()
                    .processDefinitionId(version)
                    .singleResult();
            if (old == null) throw refused("version", GONE);
            ProcessDefinition newest = latest().get(old.getKey());
            if (newest == null) throw refused("version", GONE);
            if (newest.getId().equals(version)) throw refused("version", LATEST);
            List<ProcessInstance> running = instances(version);
            if (running.isEmpty()) throw refused("version", GONE);
            ProcessDefinitionEntity from = definition(context, version);
            ProcessDefinitionEntity to = definition(context, newest.getId());
            for (Map.Entry<String, String> pair : instead.entrySet()) {
                if (from.findActivity(pair.getKey()) == null)
                    throw refused("instead", "旧版本没有步骤「" + pair.getKey() + "」，请按旧版本流程图上的编号填写。");
                if (to.findActivity(pair.getValue()) == null)
                    throw refused("instead", "新版本没有步骤「" + pair.getValue() + "」，请按新版本流程图上的编号填写。");
            }
            MigrationPlan plan = plan(from, to, instead);
            Map<String, String> targets = plan.getInstructions().stream()
                    .collect(Collectors.toMap(
                            MigrationInstruction::getSourceActivityId, MigrationInstruction::getTargetActivityId));
            Map<String, String> renamed = new TreeMap<>(targets);
            renamed.entrySet().removeIf(pair -> pair.getKey().equals(pair.getValue()));
            Set<String> needed = inputs(newest.getId());
            needed.removeAll(inputs(version));
            return new Prepared(
                    behind(old, newest, running.size()),
                    plan,
                    running,
                    moves(running, from, to, targets),
                    renamed,
                    names(from),
                    needed);
        });
    }

    /** What is called the same goes to what is called the same, unless it was told to go elsewhere. */
    private MigrationPlan plan(ProcessDefinitionEntity from, ProcessDefinitionEntity to, Map<String, String> instead) {
        var runtime = engine.getObject().getRuntimeService();
        List<MigrationInstruction> equal = runtime.createMigrationPlan(from.getId(), to.getId())
                .mapEqualActivities()
                .build()
                .getInstructions();
        MigrationPlanBuilder builder = runtime.createMigrationPlan(from.getId(), to.getId());
        for (MigrationInstruction one : equal) {
            if (instead.containsKey(one.getSourceActivityId())) continue;
            var mapped = builder.mapActivities(one.getSourceActivityId(), one.getTargetActivityId());
            if (one.isUpdateEventTrigger()) mapped.updateEventTrigger();
        }
        instead.forEach(builder::mapActivities);
        try {
            return builder.build();
        } catch (MigrationPlanValidationException unfit) {
            String pairs = unfit.getValidationReport().getInstructionReports().stream()
                    .map(report -> report.getMigrationInstruction().getSourceActivityId() + " → "
                            + report.getMigrationInstruction().getTargetActivityId())
                    .collect(Collectors.joining("、"));
            throw refused("instead", "步骤的对应关系不成立（" + pairs + "）：两个步骤的类型和所在层次须相同，请另选去处。");
        } catch (BadUserRequestException unfit) {
            throw refused("instead", "步骤的对应关系不成立，请核对旧步骤和新步骤的编号。");
        }
    }

    private List<Move> moves(
            List<ProcessInstance> running,
            ProcessDefinitionEntity from,
            ProcessDefinitionEntity to,
            Map<String, String> targets) {
        Map<String, Integer> waiting = new LinkedHashMap<>();
        var runtime = engine.getObject().getRuntimeService();
        for (ProcessInstance instance : running) {
            Set<String> here = new TreeSet<>();
            var stands = runtime.getActivityInstance(instance.getId());
            if (stands == null) continue;
            collect(stands, here);
            here.forEach(step -> waiting.merge(step, 1, Integer::sum));
        }
        Map<String, String> fromNames = names(from);
        Map<String, String> toNames = names(to);
        return waiting.entrySet().stream()
                .map(one -> {
                    String target = targets.get(one.getKey());
                    return new Move(
                            one.getKey(),
                            fromNames.getOrDefault(one.getKey(), one.getKey()),
                            target,
                            target == null ? null : toNames.getOrDefault(target, target),
                            one.getValue(),
                            places(from.findActivity(one.getKey()), to, toNames));
                })
                .sorted(Comparator.comparing(Move::fromStep))
                .toList();
    }

    /** Of the same kind on the same level: the engine takes no others. */
    private static List<Place> places(
            @Nullable ActivityImpl of, ProcessDefinitionEntity to, Map<String, String> toNames) {
        if (of == null) return List.of();
        boolean outermost = of.getFlowScope() == of.getProcessDefinition();
        return toNames.keySet().stream()
                .map(to::findActivity)
                .filter(one -> Objects.equals(one.getProperty(TYPE), of.getProperty(TYPE))
                        && outermost == (one.getFlowScope() == to))
                .map(one -> new Place(one.getId(), toNames.getOrDefault(one.getId(), one.getId())))
                .sorted(Comparator.comparing(Place::name).thenComparing(Place::step))
                .toList();
    }

    private static void collect(org.camunda.bpm.engine.runtime.ActivityInstance instance, Set<String> found) {
        for (var child : instance.getChildActivityInstances()) {
            if (child.getChildActivityInstances().length == 0) found.add(child.getActivityId());
            collect(child, found);
        }
        for (var transition : instance.getChildTransitionInstances()) found.add(transition.getActivityId());
    }

    private static Map<String, String> names(ProcessDefinitionEntity model) {
        Map<String, String> names = new HashMap<>();
        names(model.getActivities(), names);
        return names;
    }

    private static void names(List<ActivityImpl> activities, Map<String, String> names) {
        for (ActivityImpl activity : activities) {
            String name = (String) activity.getProperty("name");
            names.put(activity.getId(), name == null || name.isBlank() ? activity.getId() : name.strip());
            names(activity.getActivities(), names);
        }
    }

    /** What the model says it is started with: a fact the older version did not know is missing in what runs on it. */
    private Set<String> inputs(String version) {
        Set<String> found = new TreeSet<>();
        var model = engine.getObject().getRepositoryService().getBpmnModelInstance(version);
        for (Process process : model.getModelElementsByType(Process.class)) {
            BaseElement element = process;
            if (element.getExtensionElements() == null) continue;
            for (CamundaProperties properties : element.getExtensionElements()
                    .getElementsQuery()
                    .filterByType(CamundaProperties.class)
                    .list()) {
                for (CamundaProperty property : properties.getCamundaProperties()) {
                    if (!"inputVariables".equals(property.getCamundaName())) continue;
                    for (String name :
                            String.valueOf(property.getCamundaValue()).split(",")) {
                        if (!name.isBlank()) found.add(name.strip());
                    }
                }
            }
        }
        return found;
    }

    // ---- moving

    private List<Hindrance> hindrances(Prepared prepared, Progress progress, int looks) {
        List<Hindrance> cannot = new ArrayList<>();
        int tried = 0;
        for (ProcessInstance instance : prepared.running()) {
            progress.at(tried++, looks);
            String why = own.execute(status -> {
                status.setRollbackOnly();
                return hindrance(prepared, instance);
            });
            if (why != null) {
                String number = instance.getBusinessKey();
                cannot.add(new Hindrance(instance.getId(), number == null ? "没有案号的一件" : number, why));
            }
        }
        return cannot;
    }

    private @Nullable String hindrance(Prepared prepared, ProcessInstance instance) {
        try {
            // what has ended meanwhile needs no way over
            if (!lives(instance)) return null;
            if (!prepared.needed().isEmpty()) {
                Set<String> missing = new TreeSet<>(prepared.needed());
                missing.removeAll(trusted(context -> engine.getObject()
                        .getRuntimeService()
                        .getVariables(instance.getId())
                        .keySet()));
                if (!missing.isEmpty()) {
                    LOG.info("Instance {} lacks {}", instance.getId(), missing);
                    return "新版本开始时要有的内容，这件没有，请与系统维护人员联系";
                }
            }
            move(prepared, instance);
            return null;
        } catch (MigratingProcessInstanceValidationException unfit) {
            return why(unfit.getValidationReport(), prepared);
        } catch (OptimisticLockingException | ConcurrencyFailureException worked) {
            return "正在办理，请稍后重试";
        } catch (Refusal refused) {
            return withoutStop(refused.sentence());
        }
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith("。") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String why(MigratingProcessInstanceValidationReport report, Prepared prepared) {
        Set<String> reasons = new TreeSet<>();
        for (MigratingActivityInstanceValidationReport one : report.getActivityInstanceReports()) {
            String step = prepared.names().getOrDefault(one.getSourceScopeId(), one.getSourceScopeId());
            for (String failure : one.getFailures()) {
                reasons.add(
                        failure.contains(NO_INSTRUCTION)
                                ? "停在「" + step + "」，新版本没有对应的步骤"
                                : "停在「" + step + "」，在新版本里的位置不同");
            }
        }
        if (!report.getTransitionInstanceReports().isEmpty()) reasons.add("自动步骤还没有做完");
        if (reasons.isEmpty()) reasons.add("不能这样迁移，请另选去处");
        return String.join("，", reasons);
    }

    private boolean lives(ProcessInstance instance) {
        return trusted(context -> context.getExecutionManager().findExecutionById(instance.getId()) != null);
    }

    /** @throws Overtaken it ended between the last look and this one */
    private void move(Prepared prepared, ProcessInstance instance) {
        trusted(context -> {
            if (context.getExecutionManager().findExecutionById(instance.getId()) == null) {
                throw new Refused(new Overtaken(WORKED_ON));
            }
            engine.getObject()
                    .getRuntimeService()
                    .newMigration(prepared.plan())
                    .processInstanceIds(instance.getId())
                    .execute();
            return instance;
        });
        // in a command of its own: the tasks are those of the new version now, and the engine leaves their words as
        // they were
        trusted(context -> {
            for (TaskEntity task : context.getTaskManager().findTasksByProcessInstanceId(instance.getId())) {
                TaskDefinition definition = task.getTaskDefinition();
                if (definition == null) continue;
                if (definition.getNameExpression() != null)
                    task.setName((String) definition.getNameExpression().getValue(task.getExecution()));
                if (definition.getDescriptionExpression() != null)
                    task.setDescription(
                            (String) definition.getDescriptionExpression().getValue(task.getExecution()));
                events.offeredAgain(task);
            }
            return instance;
        });
        publisher.publishEvent(
                new InstanceMigrated(instance.getId(), instance.getBusinessKey(), Map.copyOf(prepared.renamed())));
    }

    // ---- reading

    private Map<String, ProcessDefinition> latest() {
        return engine
                .getObject()
                .getRepositoryService()
                .createProcessDefinitionQuery()
                .withoutTenantId()
                .latestVersion()
                .list()
                .stream()
                .collect(Collectors.toMap(ProcessDefinition::getKey, Function.identity()));
    }

    private List<ProcessInstance> instances(String version) {
        return engine.getObject()
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionId(version)
                .orderByBusinessKey()
                .asc()
                .orderByProcessInstanceId()
                .asc()
                .list();
    }

    private static ProcessDefinitionEntity definition(CommandContext context, String id) {
        return context.getProcessEngineConfiguration().getDeploymentCache().findDeployedProcessDefinitionById(id);
    }

    /** As the engine takes it: no failure of its own. */
    private static Refused refused(String field, String sentence) {
        return new Refused(new Refusal(field, sentence));
    }

    private interface Act<T> {
        T on(CommandContext context);
    }

    private <T> T trusted(Act<T> act) {
        try {
            return ((ProcessEngineConfigurationImpl) engine.getObject().getProcessEngineConfiguration())
                    .getCommandExecutorTxRequired()
                    .execute(context -> {
                        Callable<T> call = () -> act.on(context);
                        return context.runWithoutAuthorization(call);
                    });
        } catch (Refused refused) {
            throw refused.refusal();
        }
    }
}
