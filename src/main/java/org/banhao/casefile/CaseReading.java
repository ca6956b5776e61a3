package org.banhao.casefile;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.banhao.document.StoredDocument;

/**
 * What a reader of a case may know of its papers and its history. The one rule, for the page of the case, for downloads and for every
 * other page that shows them: papers are closed unless the kind of case opens them ({@link CaseView#shows}), lines of the history are
 * told unless it keeps them back ({@link CaseView#tells}). Whether somebody reads the case at all is asked before.
 */
public interface CaseReading {

    /** Oldest first. One's own papers always. */
    List<StoredDocument> papers(String number, String personId, List<String> groups);

    /** Why papers of the case are void, by document; see {@link CaseView#voided}. */
    Map<String, String> voided(String number);

    /** Oldest first. */
    List<TimelineEntry> timeline(String number, List<String> groups);

    /** Those of these cases whose page the person may open. A constant number of statements, unless he stands in for somebody. */
    Set<String> readable(Collection<String> numbers, String personId, List<String> groups);

    /**
     * Whether this person can download it: his own upload; a paper that is open to him in a case he reads; or one that was brought to
     * him by name.
     */
    boolean mayRead(StoredDocument document, String personId, List<String> groups);
}
