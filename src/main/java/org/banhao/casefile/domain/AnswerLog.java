package org.banhao.casefile.domain;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.CurrentActor;
import org.banhao.base.LastWrites;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.flow.Step;
import org.banhao.flow.StepAnswers;
import org.banhao.flow.StepFiles;
import org.banhao.people.People;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps answers whole and append-only; the documents an answer names belong to the case from then on. */
@Component
class AnswerLog implements StepAnswers, StepFiles {
    /** The form of a document's id: most answers name none, and nothing is looked up for them. */
    private static final Pattern DOCUMENT = Pattern.compile("\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"");

    private final LastWrites last;
    private final Clock clock;
    private final CurrentActor actor;
    private final Audit audit;
    private final People people;
    private final Documents documents;

    AnswerLog(LastWrites last, Clock clock, CurrentActor actor, Audit audit, People people, Documents documents) {
        this.last = last;
        this.clock = clock;
        this.actor = actor;
        this.audit = audit;
        this.people = people;
        this.documents = documents;
    }

    @Override
    @Transactional
    public void store(Step step, String formId, String formVersion, String json) {
        Actor present = actor.get();
        String person = step.person() == null ? present.id() : step.person();
        String name = person.equals(present.id()) ? present.name() : people.nameOf(person);
        String forWhom = step.forWhom();
        last.add(
                """
                        insert into casefile_step_answer
                            (case_number, process, task, definition_id, instance_id, task_id, form_id, form_version,
                             answer, person, person_name, for_whom, for_whom_name, at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                step.caseNumber(),
                step.process(),
                step.task() == null ? "start" : step.task(),
                step.definitionId(),
                step.instanceId(),
                step.taskId(),
                formId,
                formVersion,
                json,
                person,
                name,
                forWhom,
                forWhom == null ? null : people.nameOf(forWhom),
                clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        if (step.caseNumber() != null && DOCUMENT.matcher(json).find()) {
            List<String> named = new ArrayList<>();
            for (String upload : uploadSteps(step)) {
                for (StoredDocument document : documents.ofStep(upload, person)) {
                    if (json.contains('"' + document.id() + '"')) named.add(document.id());
                }
            }
            documents.attach(step.caseNumber(), named, step.key());
        }
        audit.record("casefile.answer", step.caseNumber(), step.key());
    }

    /** His uploads for this step, or what he handed in to this case before (a corrected answer names it again). */
    @Override
    @Transactional(readOnly = true)
    public boolean owned(Step step, List<String> documentIds) {
        if (documentIds.isEmpty()) return true;
        String person = step.person();
        if (person == null) return false;
        Set<String> missing = new HashSet<>(documentIds);
        for (String upload : uploadSteps(step)) {
            documents.ofStep(upload, person).forEach(d -> missing.remove(d.id()));
        }
        if (!missing.isEmpty() && step.caseNumber() != null) {
            documents.ofCase(step.caseNumber()).stream()
                    .filter(d -> d.personId().equals(person))
                    .forEach(d -> missing.remove(d.id()));
        }
        return missing.isEmpty();
    }

    /** See {@link StoredDocument#step()}. */
    private static List<String> uploadSteps(Step step) {
        List<String> steps = new ArrayList<>();
        steps.add(step.taskId() != null ? step.taskId() : "start:" + step.process());
        if (step.caseNumber() != null) steps.add("draft:" + step.caseNumber());
        return steps;
    }
}
