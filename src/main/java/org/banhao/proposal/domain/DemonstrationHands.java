package org.banhao.proposal.domain;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.banhao.base.ActingAs;
import org.banhao.base.Actor;
import org.banhao.casefile.OpenStep;
import org.banhao.casefile.OpenSteps;
import org.banhao.document.Documents;
import org.banhao.flow.Processes;
import org.banhao.people.People;
import org.banhao.people.Person;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the demonstration's people do: answer forms and hand in papers, each under his own name, by the same ways as real people. */
@Component
public class DemonstrationHands {

    private static final byte[] PAGE =
            ("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
                            + "/Contents 4 0 R>>endobj\n4 0 obj<</Length 70>>stream\nBT /F 20 Tf 120 600 Td (Demonstration: scan of the sealed page) Tj ET\n"
                            + "endstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Processes processes;
    private final OpenSteps openSteps;
    private final Documents documents;
    private final People people;

    DemonstrationHands(Processes processes, OpenSteps openSteps, Documents documents, People people) {
        this.processes = processes;
        this.openSteps = openSteps;
        this.documents = documents;
        this.people = people;
    }

    /**
     * The case's one open step.
     *
     * @throws IllegalStateException there is none, or several: the demonstration was written for another model
     */
    public OpenStep step(String number) {
        List<OpenStep> steps = openSteps.ofCase(number);
        if (steps.size() != 1) {
            throw new IllegalStateException(
                    number + " waits for " + steps.stream().map(OpenStep::task).collect(Collectors.joining(", ")));
        }
        return steps.get(0);
    }

    /** Answers the case's one open step by its form. */
    public void answer(String number, Person person, Map<String, Object> values) {
        answer(step(number), person, values);
    }

    /**
     * Answers the one open step that is offered to this group, as somebody of it.
     *
     * @throws IllegalStateException there is none, or several
     */
    public void answer(String number, String group, Map<String, Object> values) {
        answer(step(number, group), one(group), values);
    }

    /** @throws IllegalStateException there is none, or several */
    public OpenStep step(String number, String group) {
        List<OpenStep> steps = openSteps.ofCase(number).stream()
                .filter(step -> step.groups().contains(group))
                .toList();
        if (steps.size() != 1) {
            throw new IllegalStateException(number + " has " + steps.size() + " steps for " + group);
        }
        return steps.get(0);
    }

    private void answer(OpenStep step, Person person, Map<String, Object> values) {
        as(person, () -> {
            processes.answer(step.taskId(), person.id(), values);
            return step;
        });
    }

    /**
     * Stands for a scan; says that it is a demonstration.
     *
     * @param step of {@link Documents#store}
     * @return the document's id
     */
    public String scan(@Nullable String number, String step, String name, Person writer) {
        return documents
                .store(number, step, name, new ByteArrayInputStream(PAGE), writer.id(), writer.name())
                .id();
    }

    /** Does something under the person's name. */
    public static <T> T as(Person person, Supplier<T> act) {
        List<T> result = new ArrayList<>(1);
        ActingAs.run(new Actor(person.id(), person.name(), null, null, ""), () -> result.add(act.get()));
        return result.get(0);
    }

    /** @throws IllegalStateException the cast has no such person */
    public Person person(String id) {
        return people.find(id).orElseThrow(() -> new IllegalStateException("The cast has no person " + id));
    }

    /** @throws IllegalStateException nobody of the cast is in the group */
    public Person one(String group) {
        return people.membersOf(group).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The cast has no " + group));
    }
}
