package org.banhao.flow;

import java.time.Instant;
import java.util.Map;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/** What use cases may do with processes. Every call joins the caller's transaction. */
public interface Processes {

    /**
     * Starts a process without a form.
     *
     * @param caseNumber becomes the business key
     * @param routing the few facts gateways read; nothing confidential
     * @return id of the instance, to be stored by the caller for later calls
     */
    String start(String process, String caseNumber, Map<String, Object> routing);

    /**
     * Answers a task through the form contract, as the person who is its assignee or one of its candidates (then it is claimed first).
     * For own pages: the same checks as in Tasklist.
     *
     * @throws Refusal the answer does not satisfy the form or the use case, or the task is not this person's
     */
    void answer(String taskId, String person, Map<String, Object> values);

    /**
     * Answers a task in the name of those who decided (a meeting, a batch): same checks, but the assignee is not asked.
     *
     * @param person who records it
     * @param decidedBy who decided, as it will stand in the record, such as a meeting's name
     */
    void answerFor(String taskId, String person, String decidedBy, Map<String, Object> values);

    /** Delivers a message to one instance; harmless when it no longer waits for it. @return whether somebody was waiting */
    boolean tell(String instanceId, String message, Map<String, Object> routing);

    /** Ends an instance and all it called; its open tasks are withdrawn. Harmless when it is gone. */
    void cancel(String instanceId, String reason);

    /**
     * Everything of the case rests: all its instances and what they called, their tasks and timers. Nobody can answer, claim or tell
     * them anything meanwhile; who tries reads that the case rests. Each open task is published again as suspended.
     */
    void suspend(String caseNumber);

    /** The opposite; timers whose time came meanwhile fire at once. */
    void resume(String caseNumber);

    /** Moves the due date of the open task and the timers waiting on it. The deadline row is moved by the caller. */
    void moveDue(String instanceId, String task, Instant due);

    /** The current open task of that definition key in the instance or below it, or null. */
    @Nullable
    String openTask(String instanceId, String task);

    /**
     * Offers the open tasks of the instance to other groups; who held one no longer does. Harmless when the instance is gone.
     *
     * @param groups group → the group in its place; groups not named stay
     */
    void reoffer(String instanceId, Map<String, String> groups);

    /** Takes the task from its assignee and offers it to its groups again; harmless when it is gone or held by nobody. */
    void release(String taskId);

    /**
     * Gives an open task to another person, whoever held it; harmless when it is gone. For those who stand in for somebody who has
     * left, not for handing on one's own work.
     */
    void handOver(String taskId, String person);
}
