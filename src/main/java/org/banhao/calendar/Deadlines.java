package org.banhao.calendar;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.banhao.base.Refusal;
import org.jspecify.annotations.Nullable;

/** Deadlines are dated rows; this module owns one row per obligation. All calls join the caller's transaction. */
public interface Deadlines {

    /**
     * The open row of this case, obligation and instance; made from the rule, beginning now, when there is none.
     *
     * @param key a rule's key
     * @param instanceId process instance that waits; null for an obligation without a task
     * @param task id of the user task that carries the date
     * @throws Refusal no rule of that key
     */
    Deadline owe(String caseNumber, String key, @Nullable String instanceId, @Nullable String task);

    /**
     * The same for a rule that prefers an hour given elsewhere, such as the end of solicitation, and counts only without one.
     *
     * @param until ignored when null, when it has passed, when the rule takes none, or by an implementation that only counts
     */
    default Deadline owe(
            String caseNumber,
            String key,
            @Nullable String instanceId,
            @Nullable String task,
            @Nullable Instant until) {
        return owe(caseNumber, key, instanceId, task, until, null);
    }

    /**
     * The same when the given hour is not simply the one the rule names.
     *
     * @param task id of the user task that carries the date, or of the timer where no task does
     * @param untilWords what the hour is, without a stop at the end, such as 提案征集截止后至少留的1个工作日; null: the rule's own name
     */
    default Deadline owe(
            String caseNumber,
            String key,
            @Nullable String instanceId,
            @Nullable String task,
            @Nullable Instant until,
            @Nullable String untilWords) {
        return owe(caseNumber, key, instanceId, task);
    }

    /**
     * The same for a term that began at an earlier moment, such as the day a case was assigned.
     *
     * @param start first day of the term; an implementation that only counts from now may ignore it
     */
    default Deadline oweFrom(
            String caseNumber, String key, @Nullable String instanceId, @Nullable String task, Instant start) {
        return owe(caseNumber, key, instanceId, task);
    }

    /**
     * The same for a term within a longer one: it ends with that at the latest. When the longer one has passed, the term alone counts.
     *
     * @param latest end of the longer one; an implementation that only counts may ignore it
     * @param latestWords what ends then, for the sentence
     */
    default Deadline oweAtMost(
            String caseNumber,
            String key,
            @Nullable String instanceId,
            @Nullable String task,
            Instant latest,
            String latestWords) {
        return owe(caseNumber, key, instanceId, task);
    }

    /** A row with a date given by a person (a session's closing hour), not by a rule. */
    Deadline fix(String caseNumber, String key, String name, Instant due, String basis);

    Optional<Deadline> open(String caseNumber, String key);

    /** The same of many cases in one look, by case number; those without an open one are left out. */
    Map<String, Deadline> open(Collection<String> caseNumbers, String key);

    /** Marks the open rows of that task as met; harmless when there are none. */
    void met(String instanceId, String task);

    /**
     * The task is no more. A row whose date has come is marked as lapsed, because it was: the timer at that date may be what took the
     * task away; an earlier one as cancelled. Harmless when there are none.
     */
    void cancel(String instanceId, String task);

    /**
     * Steps and timers that carry open rows are called otherwise in the model the instance goes on with. Dates stay; harmless when there
     * are none.
     *
     * @param renamed id until now → id from now on
     */
    default void carried(String instanceId, Map<String, String> renamed) {}

    /** Time has passed without the act; the row says so, nothing is decided. */
    void lapsed(long id);

    /**
     * Moves one date. Only the row: who moves it also moves the task and its timer (see {@code casefile}).
     *
     * @param reason one sentence, kept with the row
     */
    Deadline move(long id, Instant due, String reason);

    /** Open and past ones of a case, oldest first. */
    List<Deadline> of(String caseNumber);

    /** The same of many cases in one look, by case number; those that have none are left out. */
    Map<String, List<Deadline>> of(Collection<String> caseNumbers);

    /**
     * An act in the case was retracted: all rows stand as they should, with the date they should have; what the act owed is cancelled; what
     * came into being only while things were put back was never owed and is gone. Only the rows, as for {@link #move}.
     *
     * @param before all other rows of the case as they should stand
     * @param since ids of the rows that the act owed
     * @param renamed old → new id of instances that began anew
     * @return the rows that are open again
     */
    List<Deadline> putBack(String caseNumber, List<Deadline> before, Set<Long> since, Map<String, String> renamed);

    /** Computes all open rows that reach into the year again; returns those whose date changed. */
    List<Deadline> recompute(int year);
}
