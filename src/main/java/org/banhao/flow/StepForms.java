package org.banhao.flow;

import java.util.List;

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
}
