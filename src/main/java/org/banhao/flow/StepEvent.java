package org.banhao.flow;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Published synchronously inside the engine's transaction (Spring application event). A listener never asks the engine
 * for what just happened: everything is in the event; an exception rolls the whole step back.
 */
public sealed interface StepEvent {

    Step step();

    /** A task appeared, or its people, due date, name or suspension changed: always the whole state. */
    record StepOffered(
            Step step,
            String name,
            @Nullable String description,
            @Nullable String assignee,
            List<String> groups,
            @Nullable Instant due,
            int priority,
            Instant created,
            String processName,
            String executionId,
            boolean suspended,
            boolean first)
            implements StepEvent {}

    /** Answered by a person, or by a use case that names who decided. */
    record StepDone(Step step) implements StepEvent {}

    /** Gone without an answer: cancelled, interrupted, deleted. */
    record StepWithdrawn(Step step) implements StepEvent {}
}
