package org.banhao.paper;

import java.time.LocalDate;
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

    /** Kind of a paper by its origin; empty: it is none. */
    static Optional<String> kindOf(@Nullable String origin) {
        return origin != null && origin.startsWith(ORIGIN)
                ? Optional.of(origin.substring(ORIGIN.length()))
                : Optional.empty();
    }

    /** @param sealed the sealed version is back */
    record Issued(long id, String number, LocalDate day, String signer, boolean sealed) {}
}
