package org.banhao.people;

/**
 * The invented people of the demonstration. Whoever loads demonstration cases injects this bean: it exists only after
 * the cast has been put into the database.
 */
public interface DemonstrationCast {

    /** Demonstration is on and the cast is there, put there by this start or an earlier one. */
    boolean loaded();
}
