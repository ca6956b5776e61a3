package org.banhao.casefile;

import java.util.List;
import java.util.Set;

/**
 * 台账: a list of cases that an office keeps on paper, with its columns, its order and what belongs in it. On the screen it is the case
 * list; what is chosen there narrows it further.
 *
 * @param id as in addresses
 * @param kind of the cases in it
 * @param byUnit a line for each unit, unit after unit; else one for each case. In both cases in the order of sessions and file numbers
 * @param only what belongs in it; empty: every case of the kind
 */
public record Ledger(String id, String name, String kind, boolean byUnit, Set<Only> only, List<CaseColumn> columns) {

    /** Conditions of a ledger; all of them hold. */
    public enum Only {
        /** Has a file number (案号). */
        NUMBERED,
        KEY,
        /** With a line for each unit only: somebody looked back on its answer, or does. */
        LOOKED_BACK,
        /** With a line for each unit only: it owes an answer and has not given it. */
        UNANSWERED
    }
}
