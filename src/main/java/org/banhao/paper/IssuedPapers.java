package org.banhao.paper;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the modules above may know of papers that went out. */
public interface IssuedPapers {

    /** Words every line of a case's history begins with that is about a paper not everybody may read. */
    String INSIDE = "内部公文：";

    /** Beginning of {@link org.banhao.document.StoredDocument#origin()} of papers in a case; the code of the kind follows. */
    String ORIGIN = "paper/";

    /** The latest of that kind about that subject that has its number and was not voided. */
    Optional<Issued> latest(String kind, String subjectKey);

    /** Numbered or sheet, those that were voided too; oldest first. */
    List<WentOut> ofCase(String caseNumber);

    /** The paper that this stored file is a text of; empty: of none. */
    Optional<WentOut> ofDocument(String documentId);

    /** Why papers of that case were voided, by the id of each of their files that belong to the case. */
    Map<String, String> voided(String caseNumber);

    /** What papers of that case that have their number say of themselves, by the id of each of their files that belong to the case. */
    Map<String, Imprint> imprints(String caseNumber);

    /**
     * Papers of these cases that are still drafts, and letters whose sealed version is not back, in sentences, by case; the others are left
     * out. A constant number of statements.
     */
    Map<String, List<String>> unfinished(Collection<String> caseNumbers);

    /** Kind of a paper by its origin; empty: it is none. */
    static Optional<String> kindOf(@Nullable String origin) {
        return origin != null && origin.startsWith(ORIGIN)
                ? Optional.of(origin.substring(ORIGIN.length()))
                : Optional.empty();
    }

    /** @param title as the history of the case names it: 提案答复函 长教函〔2026〕3号 */
    record WentOut(String kind, String subjectKey, String title) {}

    /** @param issuer the organ, as it was called that day */
    record Imprint(String number, String issuer, LocalDate day) {}

    /** @param sealed the sealed version is back */
    record Issued(long id, String number, LocalDate day, String signer, boolean sealed) {}
}
