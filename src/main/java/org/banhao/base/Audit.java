package org.banhao.base;

import org.jspecify.annotations.Nullable;

/**
 * Every use case and every reading of a dossier is recorded: who, for whom, what, on which case, when, from where.
 * Append-only; rows never hold body text (a purge of classified content must stay possible).
 */
public interface Audit {

    /**
     * Joins the caller's transaction: who and when are of this moment, the row is written right before the commit, together with the
     * others of the transaction. Without one it is written at once.
     *
     * @param action {@code module.verb}, such as {@code proposal.submit}
     * @param caseNumber null when no case is meant
     * @param detail a few words, never the content
     */
    void record(String action, @Nullable String caseNumber, String detail);
}
