package org.banhao.flow.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.CurrentActor;
import org.banhao.base.Refusal;
import org.banhao.base.StandingIn;
import org.banhao.base.StandingIn.Absent;
import org.banhao.flow.StandIns;
import org.banhao.flow.form.Drafts;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Half-filled forms: saved while typing, found on any machine. {@code step} is a task id or {@code start:<process>}. Everybody sees
 * his own only; whoever has none is answered {@code {}}, whether the task exists or not.
 */
@RestController
@RequestMapping(path = "/api/drafts/{step}", produces = MediaType.APPLICATION_JSON_VALUE)
class DraftController {

    private static final int LARGEST = 1 << 20;
    private static final Pattern STEP = Pattern.compile("[A-Za-z0-9_.:-]{1,120}");
    private static final String START = Drafts.startOf("");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Drafts drafts;
    private final ProcessEngine engine;
    private final CurrentActor actor;
    private final Audit audit;
    private final ObjectProvider<StandIns> standIns;

    DraftController(
            Drafts drafts, ProcessEngine engine, CurrentActor actor, Audit audit, ObjectProvider<StandIns> standIns) {
        this.drafts = drafts;
        this.engine = engine;
        this.actor = actor;
        this.audit = audit;
        this.standIns = standIns;
    }

    @GetMapping
    ResponseEntity<String> get(@PathVariable String step) {
        String draft = drafts.find(me(), checked(step)).orElse("{}");
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(draft);
    }

    /** Only the assignee of an open task or who stands in for him, or whoever is about to start a process that has a start form. */
    @PutMapping
    ResponseEntity<String> put(@PathVariable String step, HttpServletRequest request) throws IOException {
        String person = me();
        if (!mayWrite(checked(step), person)) {
            throw new NotFound();
        }
        if (drafts.save(person, step, json(request))) {
            audit.record("flow.draft", null, step);
        }
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping
    ResponseEntity<String> delete(@PathVariable String step) {
        drafts.delete(me(), checked(step));
        return ResponseEntity.noContent().build();
    }

    @ExceptionHandler
    ResponseEntity<String> refused(Refusal refusal) {
        return answer(Problem.of(refusal));
    }

    @ExceptionHandler
    ResponseEntity<String> notFound(NotFound nothing) {
        return answer(new Problem(404, "NotFound", "这件待办不存在，或不归您办理，草稿没有保存。", null));
    }

    @ExceptionHandler
    ResponseEntity<String> tooLarge(TooLarge large) {
        return answer(new Problem(413, "Refusal", "草稿超过 1 MB，没有保存；请缩短文字或改用附件。", null));
    }

    private static ResponseEntity<String> answer(Problem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(problem.json());
    }

    /** Nobody's: the security rules let only signed-in people here, this is the net beneath. */
    private String me() {
        Actor now = actor.get();
        if (now.id().equals(Actor.SYSTEM.id())) {
            throw new NotFound();
        }
        return now.id();
    }

    private static String checked(String step) {
        if (!STEP.matcher(step).matches()) {
            throw new NotFound();
        }
        return step;
    }

    private boolean mayWrite(String step, String person) {
        return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute(context -> {
                    if (step.startsWith(START)) {
                        ProcessDefinitionEntity definition = context.getProcessDefinitionManager()
                                .findLatestProcessDefinitionByKey(step.substring(START.length()));
                        return definition != null && definition.isStartableInTasklist();
                    }
                    TaskEntity task = context.getTaskManager().findTaskById(step);
                    return task != null
                            && task.getAssignee() != null
                            && (person.equals(task.getAssignee()) || standsInFor(step, person, task.getAssignee()));
                });
    }

    /** What is recorded of the draft names both. */
    private boolean standsInFor(String task, String person, String holder) {
        StandIns known = standIns.getIfAvailable();
        Absent absent = known == null ? null : known.forTask(task, person, List.of());
        if (absent == null || !absent.id().equals(holder)) {
            return false;
        }
        StandingIn.begin(absent);
        return true;
    }

    private static String json(HttpServletRequest request) throws IOException {
        byte[] body = request.getContentLengthLong() > LARGEST
                ? null
                : request.getInputStream().readNBytes(LARGEST + 1);
        if (body == null || body.length > LARGEST) {
            throw new TooLarge();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            // a zero character inside JSON is an escape, outside of it no JSON: PostgreSQL would not take it
            JsonNode draft = JSON.readTree(text);
            if (draft != null && draft.isObject()) {
                return text;
            }
        } catch (JsonProcessingException | CharacterCodingException notJson) {
            // said below
        }
        throw new Refusal("草稿不是有效的 JSON 对象，没有保存。");
    }

    private static final class NotFound extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotFound() {
            super(null, null, false, false);
        }
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super(null, null, false, false);
        }
    }
}
