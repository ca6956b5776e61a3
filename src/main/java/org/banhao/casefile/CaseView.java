package org.banhao.casefile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.banhao.document.StoredDocument;
import org.jspecify.annotations.Nullable;

/** What a kind of case shows on its page {@code /cases/{number}} and in the 卷宗 tab. Implemented above as a bean per kind. */
public interface CaseView {

    /** {@code TA} */
    String kind();

    /** The open facts under the title, in order: label → text. */
    Map<String, String> summary(CaseRow row);

    /** Longer texts in order, for those who may read the case. */
    List<Section> sections(CaseRow row, String personId, List<String> groups);

    /** The status in words as this reader may know it: what is only planned may be for those who decide alone. */
    default String statusName(CaseRow row, List<String> groups) {
        return row.statusName();
    }

    /** Whether this reader may know this line of the timeline. */
    default boolean tells(CaseRow row, TimelineEntry entry, List<String> groups) {
        return true;
    }

    /**
     * Whether this reader of the case may read a paper of it besides who handed it in. Closed unless a kind of case says otherwise, by
     * {@link StoredDocument#origin()}.
     */
    default boolean shows(CaseRow row, StoredDocument paper, List<String> groups) {
        return false;
    }

    /** Whether a paper stands as it went out, so that nobody hands in a new version of it. */
    default boolean fixed(CaseRow row, StoredDocument paper) {
        return false;
    }

    /** Why papers of the case are void (作废), by document; those that hold are left out. A constant number of statements. */
    default Map<String, String> voided(CaseRow row) {
        return Map.of();
    }

    /** What papers of the case say of themselves, by document; those that say nothing are left out. A constant number of statements. */
    default Map<String, Imprint> imprints(CaseRow row) {
        return Map.of();
    }

    /**
     * What GB/T 9705 wants of a paper in the list of contents.
     *
     * @param number 文号, empty: it has none
     * @param organ 责任者
     * @param day 成文日期, in Asia/Shanghai; null: the day it was handed in
     */
    record Imprint(String number, String organ, @Nullable LocalDate day) {}

    /** Whether the paper was brought to this person by name, though he may not read the case. */
    default boolean broughtTo(CaseRow row, StoredDocument paper, String personId) {
        return false;
    }

    /** @param items non-empty: shown as a numbered list in place of the text */
    record Section(String heading, String text, List<String> items) {}

    /** Own pages on which this reader may do something with the case beside its tasks, in order. */
    default List<Action> actions(CaseRow row, List<String> groups) {
        return List.of();
    }

    /** @param href path of this application */
    record Action(String label, String href) {}

    /** Texts that were written more than once and this reader may know in all their versions. */
    default List<VersionedText> texts(CaseRow row, String personId, List<String> groups) {
        return List.of();
    }

    /**
     * @param key names it within the case, in addresses: {@code body}
     * @param versions oldest first
     */
    record VersionedText(String key, String name, List<TextVersion> versions) {}

    /** @param note what was changed and why, in the words of who changed it; empty when nothing was said */
    record TextVersion(int number, String who, Instant at, String note, String text) {}

    /** Cases that ask for much the same, the most alike first; whether this reader reads them too is asked elsewhere. */
    default List<Similar> similar(CaseRow row, List<String> groups) {
        return List.of();
    }

    /** @param words of that case's title by which they were found */
    record Similar(String number, List<String> words) {}

    /** Groups whose people keep the file of such a case: they link it with others and take it out as a package. Nobody unless said. */
    default List<String> keepers(CaseRow row) {
        return List.of();
    }

    /** The same of many cases of this kind, by number. */
    default Map<String, List<String>> keepers(Collection<CaseRow> rows) {
        Map<String, List<String>> all = new HashMap<>();
        rows.forEach(row -> all.put(row.number(), keepers(row)));
        return all;
    }

    /** Codes of the states in which a closed case goes to the archive (归档); none: such cases are not archived. */
    default Set<String> archivedIn() {
        return Set.of();
    }

    /**
     * What the files of closed cases lack before they go to the archive, in sentences, by number; those that lack nothing are left out. A
     * constant number of statements.
     */
    default Map<String, List<String>> missing(Collection<CaseRow> rows) {
        return Map.of();
    }

    /**
     * Who writes the case while it is a draft (the proposer, or who enters it for him): he alone uploads files for it, and they are
     * kept as long as there is one. Null: it is no draft, or not any more.
     */
    default @Nullable String writer(CaseRow row) {
        return null;
    }

    /**
     * What lists show of these cases; those left out are listed by their row alone. A constant number of statements, whatever their
     * number. Asked after a change of the case row, its parties or its timeline: what changes without any of them stays as it was.
     */
    default Map<String, CaseFacts> facts(Collection<CaseRow> rows) {
        return Map.of();
    }

    /** What lists of this kind are filtered by; empty: such cases are not listed at all. */
    default Optional<CaseChoices> choices(List<String> groups) {
        return Optional.empty();
    }

    /** All ledgers over this kind of case, whoever keeps them. */
    default List<Ledger> ledgers() {
        return List.of();
    }

    /** Ledgers over this kind of case that are kept for this reader; none but the list itself, unless the kind says otherwise. */
    default List<Ledger> ledgers(List<String> groups) {
        return List.of();
    }

    /**
     * Groups whose people read this case although they neither take part in it nor are asked in it at the moment: an office that has
     * the whole of such cases in its charge.
     */
    default List<String> readers(CaseRow row) {
        return List.of();
    }

    /** The same of many cases of this kind, by number; those left out stand open to nobody. A constant number of statements. */
    default Map<String, List<String>> readers(Collection<CaseRow> rows) {
        Map<String, List<String>> all = new HashMap<>();
        rows.forEach(row -> all.put(row.number(), readers(row)));
        return all;
    }
}
