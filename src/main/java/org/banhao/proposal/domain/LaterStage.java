package org.banhao.proposal.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.banhao.casefile.CaseView;
import org.banhao.casefile.TimelineEntry;
import org.banhao.document.StoredDocument;

/** What a stage after filing (assignment, handling, feedback) adds to the page of a proposal. A bean for each stage. */
public interface LaterStage {

    /** Open facts under the title, for everybody who may read the case. */
    void summary(String caseNumber, Map<String, String> summary);

    /** Further sections, in order. @param groups of the reader */
    List<CaseView.Section> sections(String caseNumber, List<String> groups);

    /** Texts of this stage that were written more than once, for those who may know all their versions. */
    default List<CaseView.VersionedText> texts(String caseNumber, List<String> groups) {
        return List.of();
    }

    /** Own pages on which this reader may do something in this stage. */
    default List<CaseView.Action> actions(String caseNumber, List<String> groups) {
        return List.of();
    }

    /** Whether this reader of the case may read a paper that was handed in at this stage. Others are left alone: false. */
    default boolean shows(String caseNumber, StoredDocument paper, List<String> groups) {
        return false;
    }

    /** Whether a paper of this stage stands as it went out. Others are left alone: false. */
    default boolean fixed(StoredDocument paper) {
        return false;
    }

    /** Why papers of this stage were voided, by document; those that hold are left out. One statement. */
    default Map<String, String> voided(String caseNumber) {
        return Map.of();
    }

    /** 文号 and 责任者 of papers of this stage, by document; the others are left out. A constant number of statements. */
    default Map<String, CaseView.Imprint> imprints(String caseNumber) {
        return Map.of();
    }

    /** Whether a paper of this stage was brought to this person by name. */
    default boolean broughtTo(StoredDocument paper, String personId) {
        return false;
    }

    /** Those of these cases in which a reply was delivered: who merges into one of them now never gets it. */
    default Set<String> replied(Collection<String> caseNumbers) {
        return Set.of();
    }

    /** What lists show of units in these cases; a constant number of statements. Other stages add what they know. */
    default void listed(Collection<String> caseNumbers, UnitParts parts) {}

    /** Code → word of what an answer can come to, for lists; most stages know of none. */
    default Map<String, String> resultClasses() {
        return Map.of();
    }

    /** What the files of these closed cases still lack of this stage, as {@link CaseView#missing} says it. */
    default Map<String, List<String>> missing(Collection<String> caseNumbers) {
        return Map.of();
    }

    /** Whether this reader may know that line of the timeline. */
    default boolean tells(String caseNumber, TimelineEntry entry, List<String> groups) {
        return true;
    }
}
