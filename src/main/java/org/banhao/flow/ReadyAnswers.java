package org.banhao.flow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Answers a person has ready for steps of one kind (成批办理): checked against the form, kept with his drafts, handed in later, many
 * in one act. Nobody else sees them. A draft that is saved anew is no longer ready; with its step it ends. Only the person's own
 * steps: what he does for an absent colleague he does one by one.
 *
 * <p>Every call that writes is a transaction of its own, and must not be made inside one.
 */
public interface ReadyAnswers {

    /**
     * @param step as in {@link Step#key()}
     * @param draft the form as it was filled in, a JSON object
     */
    record Ready(String taskId, String step, @Nullable String caseNumber, String draft, Instant at) {}

    /** What the person has ready for steps of this kind, also for those that are gone; in the order it was made ready. */
    List<Ready> of(String person, String step);

    /**
     * Signs for the step when nobody holds it.
     *
     * @throws Refusal it is of another kind, gone, or not his
     */
    void take(String taskId, String step, String person);

    /**
     * Checks the answer against the form as it is shown at this moment and keeps it; signs for the step when nobody holds it. What
     * only the use case knows is said when it is handed in.
     *
     * @param draft what fills the form when it is opened again
     * @param answer as it would be submitted
     * @throws Refusal it is of another kind, gone, not his, or not answered as the form asks; then nothing is kept
     */
    void keep(String taskId, String step, String person, Map<String, Object> draft, Map<String, Object> answer);

    /**
     * What the form has against an answer; nothing is kept and nobody signs for anything.
     *
     * @throws Refusal as {@link #keep}
     */
    void check(String taskId, String step, String person, Map<String, Object> answer);

    /** Not ready any more, but half filled; what is kept of a step that is gone is dropped. Harmless when nothing is ready. */
    void takeBack(String taskId, String person);

    /**
     * Hands in what is ready, the way Tasklist does it: same form, same rights, and it can be retracted as usual.
     *
     * @throws Refusal nothing is ready, the step is of another kind, gone, or not his, or form or use case refuse; it stays ready
     */
    void handIn(String taskId, String step, String person);

    /**
     * The fields a person fills in, with what they show at this moment.
     *
     * @param shown key → value, as the form shows it before anything is filled in
     * @param filled the person's draft, also a ready one; empty when there is none
     */
    record Fields(List<Field> fields, Map<String, Object> shown, Map<String, Object> filled) {}

    /**
     * @param type as in the form: {@code textfield}, {@code radio}, {@code dynamiclist} …
     * @param options those offered at this moment; empty for what is no choice
     * @param parts fields of a row when it is a list, otherwise empty
     */
    record Field(
            String key, String label, String type, boolean required, List<Shown.Option> options, List<Field> parts) {}

    /**
     * The form of a step that is his or offered to him, for a table of many. Counts as opening it.
     *
     * @throws Refusal it is of another kind, gone, or not his
     */
    Fields open(String taskId, String step, String person);

    /** The same without counting as opening it: to read what was written in a table. */
    Fields fields(String taskId, String step, String person);
}
