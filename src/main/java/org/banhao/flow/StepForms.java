package org.banhao.flow;

import java.util.List;
import java.util.Map;

/** What files hang on before a form is answered. Reads only. */
public interface StepForms {

    /** Whether the process is there, is started by its form in Tasklist, and one of these groups, or the person, has the right to. */
    boolean mayStart(String process, String person, List<String> groups);

    /**
     * Whether the person's half-filled form names the document.
     *
     * @param step a task id, or {@code start:<process>}
     */
    boolean drafted(String step, String person, String documentId);

    /** The person's half-filled form of an open task, also what he had answered before he retracted it; empty when there is none. */
    Map<String, Object> draft(String taskId, String person);
}
