package org.banhao.proposal.domain.assignment;

/**
 * What happened to a unit's assignment, for whoever handles it from here on. Published as Spring application events, synchronously
 * inside the use case's transaction and after the rows are written: an exception of a listener undoes the whole act. A listener finds
 * everything in the event and never asks the engine for what just happened.
 */
public sealed interface AssignmentEvents {

    /**
     * The unit has taken it on: 签收, silence beyond the return window, or a ruling that it stays ({@link AssignmentState} tells which).
     * Handling begins; its terms count from {@link Assignment#clockStart()}. Once for each row.
     */
    record Accepted(Assignment assignment) implements AssignmentEvents {}

    /**
     * Another unit goes on in its place. Before handling began ({@code old} never accepted) the new one is only told and will be
     * {@link Accepted} of its own; by succession of a closed unit it takes over what runs: then {@code next} is accepted already and no
     * {@link Accepted} follows.
     *
     * @param old as it stands now: {@link AssignmentState#CHANGED}
     * @param accepted the old unit had taken it on, so that handling may run
     */
    record Replaced(Assignment old, Assignment next, boolean accepted) implements AssignmentEvents {}

    /** The unit's role changed while it holds the case, such as from 独办 to 主办 when a co-handling unit was added. */
    record RoleChanged(Assignment before, Assignment after) implements AssignmentEvents {}

    /**
     * The proposal was withdrawn by its proposers; whatever runs for this row ends.
     *
     * @param assignment as it stands now: {@link AssignmentState#WITHDRAWN}
     * @param accepted the unit had taken it on, so that handling may run
     */
    record Withdrawn(Assignment assignment, boolean accepted) implements AssignmentEvents {}
}
