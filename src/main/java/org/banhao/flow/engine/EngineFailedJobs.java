package org.banhao.flow.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.banhao.base.Audit;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.flow.FailedJobs;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** {@link FailedJobs} on the engine, with its authorization off: who may look and retry is decided by the page. */
@Component
class EngineFailedJobs implements FailedJobs {

    private static final int LONGEST_WHY = 300;
    private static final String NO_MODEL = "系统维护";

    private final ObjectProvider<ProcessEngine> engine;
    private final ObjectProvider<Audit> audit;

    EngineFailedJobs(ObjectProvider<ProcessEngine> engine, ObjectProvider<Audit> audit) {
        this.engine = engine;
        this.audit = audit;
    }

    @Override
    public List<FailedJob> present() {
        return trusted(context -> {
            Map<String, Incident> incidents = new HashMap<>();
            engine.getObject()
                    .getRuntimeService()
                    .createIncidentQuery()
                    .incidentType(Incident.FAILED_JOB_HANDLER_TYPE)
                    .list()
                    .forEach(incident -> incidents.put(incident.getConfiguration(), incident));
            List<FailedJob> found = new ArrayList<>();
            for (Job job : engine.getObject()
                    .getManagementService()
                    .createJobQuery()
                    .noRetriesLeft()
                    .orderByJobId()
                    .asc()
                    .list()) {
                found.add(failed((JobEntity) job, incidents.get(job.getId()), context));
            }
            return found.stream()
                    .sorted(Comparator.comparing(FailedJob::since, Comparator.nullsLast(Comparator.reverseOrder())))
                    .limit(MOST)
                    .toList();
        });
    }

    private static FailedJob failed(JobEntity job, @Nullable Incident incident, CommandContext context) {
        String definition = job.getProcessDefinitionId();
        ProcessDefinitionEntity model = definition == null
                ? null
                : context.getProcessEngineConfiguration()
                        .getDeploymentCache()
                        .findDeployedProcessDefinitionById(definition);
        return new FailedJob(
                job.getId(),
                caseNumber(job, context),
                model == null ? NO_MODEL : named(model.getName(), model.getKey()),
                step(job, model),
                why(job),
                incident == null ? null : incident.getIncidentTimestamp().toInstant(),
                job.isSuspended());
    }

    /** Where it broke, which may be a step after the timer; else where it waits. */
    private static String step(JobEntity job, @Nullable ProcessDefinitionEntity model) {
        String id = job.getFailedActivityId() == null ? job.getActivityId() : job.getFailedActivityId();
        if (id == null) return job.getJobHandlerType();
        ActivityImpl activity = model == null ? null : model.findActivity(id);
        return activity == null ? id : named((String) activity.getProperty("name"), id);
    }

    private static String named(@Nullable String name, String otherwise) {
        return name == null || name.isBlank() ? otherwise : name.strip();
    }

    private static String why(JobEntity job) {
        String message = job.getExceptionMessage();
        if (message == null || message.isBlank()) return "";
        String line = message.strip().lines().findFirst().orElse("");
        return line.length() > LONGEST_WHY ? line.substring(0, LONGEST_WHY) + "……" : line;
    }

    /** Of the instance, or of the one that called it: a called process need not carry the number. */
    private static @Nullable String caseNumber(JobEntity job, CommandContext context) {
        String id = job.getProcessInstanceId();
        while (id != null) {
            ExecutionEntity instance = context.getExecutionManager().findExecutionById(id);
            if (instance == null) return null;
            if (instance.getBusinessKey() != null) return instance.getBusinessKey();
            ExecutionEntity caller = instance.getSuperExecution();
            id = caller == null ? null : caller.getProcessInstanceId();
        }
        return null;
    }

    @Override
    public void retry(String id) {
        Tried tried = trusted(context -> {
            JobEntity job = context.getJobManager().findJobById(id);
            if (job == null || job.getRetries() > 0) {
                throw new Refusal("这一项已不在失败之列，可能已经办成或者正在重试，请刷新页面查看。");
            }
            String number = caseNumber(job, context);
            if (job.isSuspended()) {
                throw new Refusal("案件" + (number == null ? "" : number) + "已暂停办理，请先恢复办理，再重试。");
            }
            // closes the incident; one try, because a second failure is to be seen at once and not after a night of
            // waiting
            job.setRetries(1);
            // the wait after the last failure would hold it for hours
            job.setLockOwner(null);
            job.setLockExpirationTime(null);
            String step = job.getFailedActivityId() == null ? job.getActivityId() : job.getFailedActivityId();
            return new Tried(number, step == null ? job.getJobHandlerType() : step);
        });
        audit.ifAvailable(a -> a.record("flow.retryJob", tried.caseNumber(), tried.step() + " " + id));
    }

    private record Tried(@Nullable String caseNumber, String step) {}

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
        } catch (OptimisticLockingException slower) {
            throw new Overtaken();
        }
    }
}
