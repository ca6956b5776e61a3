package org.banhao.proposal.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proposer has written so far. Everything may be empty; nothing is trusted.
 *
 * @param secondable other members may second it (同意附议)
 * @param coSigners member ids, in the order in which they will stand
 * @param seal id of the uploaded scan of the sealed page
 * @param convener person who confirms for a sector or group
 * @param scan id of the uploaded original, when a clerk enters it
 */
public record DraftContent(
        @Nullable String title,
        @Nullable String situation,
        @Nullable String analysis,
        @Nullable List<@Nullable String> suggestions,
        @Nullable String category,
        @Nullable List<String> wish,
        @Nullable String consent,
        boolean researchBased,
        @Nullable List<String> researchForms,
        boolean raisedBefore,
        @Nullable String raisedBeforeNote,
        @Nullable List<String> contactWays,
        boolean referenceOnly,
        boolean secondable,
        @Nullable String source,
        boolean noSecret,
        @Nullable List<String> coSigners,
        @Nullable String seal,
        @Nullable String convener,
        @Nullable String scan) {

    /** Only texts; for what is typed in elsewhere and for tests. */
    public static DraftContent of(
            String title, String situation, String analysis, List<String> suggestions, Category category) {
        return new DraftContent(
                title,
                situation,
                analysis,
                List.copyOf(suggestions),
                category.code(),
                List.of(),
                Consent.FULL.code(),
                false,
                List.of(),
                false,
                null,
                List.of(),
                false,
                false,
                Source.OWN.code(),
                true,
                List.of(),
                null,
                null,
                null);
    }
}
