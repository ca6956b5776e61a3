package org.banhao.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored file.
 *
 * @param step task id or {@code start:<process>} or {@code draft:<case number>} it was uploaded for; null once only the case owns it
 * @param origin what it was handed in with, so that a case knows to whom it is open: a step's key such as
 *     {@code proposalHandling/userTask_deliverReply}, or {@code draft}; of what belongs to no case, what it belongs to; null before
 * @param mediaType recognised by content, not by name
 * @param sha256 lower-case hex
 * @param versionOf id of the first version; null: it is the first
 * @param version 1, 2, 3 …
 * @param reason why there is a new version; null for the first
 */
public record StoredDocument(
        String id,
        @Nullable String caseNumber,
        @Nullable String step,
        @Nullable String origin,
        String name,
        String mediaType,
        long bytes,
        String sha256,
        String personId,
        String personName,
        Instant at,
        @Nullable String versionOf,
        int version,
        @Nullable String reason) {

    /** Id of the first version, which says to whom all of them are open. */
    public String first() {
        return versionOf == null ? id : versionOf;
    }
}
