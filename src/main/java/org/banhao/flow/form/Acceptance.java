package org.banhao.flow.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.base.StandingIn;
import org.banhao.flow.Answer;
import org.banhao.flow.ReadyAnswers;
import org.banhao.flow.Shown;
import org.banhao.flow.StandIns;
import org.banhao.flow.Step;
import org.banhao.flow.StepAnswers;
import org.banhao.flow.StepRetractions;
import org.banhao.flow.StepUseCase;
import org.camunda.bpm.engine.form.CamundaFormRef;
import org.camunda.bpm.engine.form.FormData;
import org.camunda.bpm.engine.impl.cmd.GetCamundaFormDefinitionCmd;
import org.camunda.bpm.engine.impl.cmd.GetDeploymentResourceCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.form.handler.DefaultFormHandler;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.CamundaFormDefinition;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Takes an answer in: checked against that version of the form, handed to the step's use case, stored whole; only routing fields go
 * on to the engine. Everything in the engine's transaction: a refusal, or a gateway that fails later, leaves nothing behind.
 */
@Component
class Acceptance {

    /** @param routing every routing field of the form; absent = null, so that a gateway never meets an unknown name */
    record Accepted(Map<String, Object> routing, @Nullable String caseNumber) {}

    private final StepRegistry registry;
    private final Drafts drafts;
    private final ObjectProvider<StepAnswers> answers;
    private final ObjectProvider<Audit> audit;
    private final ObjectProvider<StandIns> standIns;
    private final ObjectProvider<StepRetractions> retractions;
    private final Map<String, FormSchema> schemas = new ConcurrentHashMap<>();

    Acceptance(
            StepRegistry registry,
            Drafts drafts,
            ObjectProvider<StepAnswers> answers,
            ObjectProvider<Audit> audit,
            ObjectProvider<StandIns> standIns,
            ObjectProvider<StepRetractions> retractions) {
        this.registry = registry;
        this.drafts = drafts;
        this.answers = answers;
        this.audit = audit;
        this.standIns = standIns;
        this.retractions = retractions;
    }

    /** @throws Refused the answer, or the use case, says no */
    Accepted accept(Step step, FormData form, VariableMap raw) {
        try {
            CamundaFormRef ref = form.getCamundaFormRef();
            if (ref == null) {
                throw new Refusal("本步骤没有表单，不能提交；请联系管理员。");
            }
            Source source = source(ref, form.getDeploymentId());
            Answer answer = FormContract.check(
                    source.schema(), Values.plain(raw), registry.shown(step), ids -> registry.ownsFiles(step, ids));
            if (step.task() != null && StandingIn.present() == null) {
                standIns.ifAvailable(known -> known.requireOtherEyes(step));
            }
            StepUseCase useCase = registry.useCase(step);
            if (step.taskId() != null) {
                // known to this command, so that nothing is asked for
                TaskEntity task = Context.getCommandContext().getTaskManager().findTaskById(step.taskId());
                retractions.ifAvailable(r -> r.begins(step, task.getName(), task.getAssignee(), useCase, answer));
            }
            String given = useCase == null ? null : useCase.apply(step, answer);
            boolean start = step.task() == null;
            Step known = start && given != null ? numbered(step, given) : step;
            StepAnswers keeper = answers.getIfAvailable();
            if (keeper != null) {
                keeper.store(known, source.schema().id(), source.deploymentId(), Values.json(answer.values()));
            }
            if (step.taskId() != null) {
                drafts.over(step.taskId(), step.person());
            } else if (step.person() != null) {
                drafts.delete(step.person(), Drafts.startOf(step.process()));
            }
            audit.ifAvailable(a -> a.record(
                    "flow.answer",
                    known.caseNumber(),
                    step.forWhom() == null || StandingIn.present() != null
                            ? step.key()
                            : step.key() + "，决定：" + step.forWhom()));
            return new Accepted(routing(source.schema(), answer), start ? given : null);
        } catch (Refusal refusal) {
            throw new Refused(refusal);
        }
    }

    /**
     * What the form has against an answer, short of what its use case would say; nothing is stored.
     *
     * @throws Refused as {@link #accept}
     */
    void check(Step step, FormData form, Map<String, Object> answer) {
        try {
            FormContract.check(schema(form), answer, registry.shown(step), ids -> registry.ownsFiles(step, ids));
        } catch (Refusal refusal) {
            throw new Refused(refusal);
        }
    }

    /** The fields a person fills in, with what is offered at this moment, and what the step shows. */
    ReadyAnswers.Fields fields(Step step, FormData form, Map<String, Object> filled) {
        Shown shown = registry.shown(step);
        List<ReadyAnswers.Field> fields = schema(form).fields().stream()
                .filter(field -> !field.shownOnly())
                .map(field -> field(field, shown))
                .toList();
        Map<String, Object> values = new HashMap<>();
        for (ReadyAnswers.Field field : fields) {
            Object value = shown.values().get(field.key());
            if (value != null) {
                values.put(field.key(), value);
            }
        }
        return new ReadyAnswers.Fields(fields, values, filled);
    }

    private static ReadyAnswers.Field field(FormSchema.Field field, Shown shown) {
        List<Shown.Option> options = new ArrayList<>();
        if (field.options() != null) {
            field.options().forEach((value, label) -> options.add(new Shown.Option(label, value)));
        }
        if (field.valuesKey() != null) {
            options.addAll(shown.options().getOrDefault(field.valuesKey(), List.of()));
        }
        return new ReadyAnswers.Field(
                field.key(),
                field.label(),
                field.type(),
                field.required(),
                List.copyOf(options),
                field.rows().stream()
                        .filter(part -> !part.shownOnly())
                        .map(part -> field(part, shown))
                        .toList());
    }

    private FormSchema schema(FormData form) {
        CamundaFormRef ref = form.getCamundaFormRef();
        if (ref == null) {
            throw new Refusal("本步骤没有表单，不能提交；请联系管理员。");
        }
        return source(ref, form.getDeploymentId()).schema();
    }

    private static Step numbered(Step s, String caseNumber) {
        return new Step(
                s.process(),
                s.task(),
                s.taskId(),
                s.definitionId(),
                s.instanceId(),
                caseNumber,
                s.person(),
                s.forWhom());
    }

    private static Map<String, Object> routing(FormSchema schema, Answer answer) {
        Map<String, Object> routing = new HashMap<>();
        for (String key : schema.routing()) {
            routing.put(key, Values.routing(answer.values().get(key)));
        }
        return routing;
    }

    private record Source(FormSchema schema, String deploymentId) {}

    /** With binding {@code deployment} the form never changes and is asked for once; any other binding costs a query. */
    private Source source(CamundaFormRef ref, String deploymentId) {
        if (DefaultFormHandler.FORM_REF_BINDING_DEPLOYMENT.equals(ref.getBinding())) {
            FormSchema known = schemas.get(deploymentId + "/" + ref.getKey());
            if (known != null) {
                return new Source(known, deploymentId);
            }
        }
        CommandContext context = Context.getCommandContext();
        CamundaFormDefinition definition =
                context.runWithoutAuthorization(new GetCamundaFormDefinitionCmd(ref, deploymentId));
        if (definition == null) {
            throw new Refusal("找不到本步骤的表单 " + ref.getKey() + "，请联系管理员。");
        }
        String from = definition.getDeploymentId();
        FormSchema schema = schemas.computeIfAbsent(from + "/" + ref.getKey(), key -> {
            try (InputStream in =
                    context.runWithoutAuthorization(new GetDeploymentResourceCmd(from, definition.getResourceName()))) {
                return FormSchema.parse(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return new Source(schema, from);
    }
}
