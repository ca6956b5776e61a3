package org.banhao.casefile.process;

import java.util.Date;
import org.banhao.calendar.Deadlines;
import org.banhao.flow.ModelBean;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Dates for models: {@code ${deadlines.due(execution, 'firstReview')}}. The timer at a task is created before the task asks for
 * its due date; both get the date of one open row.
 */
@Component
@ModelBean("deadlines")
public class DeadlinesForModels {
    private static final String USER_TASK = "userTask_";

    private final Deadlines deadlines;

    DeadlinesForModels(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    /**
     * End of the term that begins now, or of the one that runs already for this instance.
     *
     * @param key a rule's key
     */
    public Date due(DelegateExecution execution, String key) {
        String activity = execution.getCurrentActivityId();
        // only a task can be answered, and with it the obligation; a waiting event has none
        String task = activity != null && activity.startsWith(USER_TASK) ? activity : null;
        return Date.from(deadlines
                .owe(CaseNumbers.of(execution), key, execution.getProcessInstanceId(), task)
                .due());
    }
}
