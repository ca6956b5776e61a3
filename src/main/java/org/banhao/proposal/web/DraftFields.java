package org.banhao.proposal.web;

import java.util.List;
import org.banhao.proposal.domain.DraftContent;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The fields of the draft page as a form sends them; the script sends the same names as JSON. */
final class DraftFields {

    private DraftFields() {}

    static DraftContent content(MultiValueMap<String, String> fields) {
        return new DraftContent(
                fields.getFirst("title"),
                fields.getFirst("situation"),
                fields.getFirst("analysis"),
                all(fields, "suggestions"),
                fields.getFirst("category"),
                filled(fields, "wish"),
                fields.getFirst("consent"),
                fields.containsKey("researchBased"),
                filled(fields, "researchForms"),
                fields.containsKey("raisedBefore"),
                fields.getFirst("raisedBeforeNote"),
                filled(fields, "contactWays"),
                fields.containsKey("referenceOnly"),
                fields.containsKey("secondable"),
                fields.getFirst("source"),
                fields.containsKey("noSecret"),
                filled(fields, "coSigners"),
                fields.getFirst("seal"),
                fields.getFirst("convener"),
                fields.getFirst("scan"));
    }

    static int version(MultiValueMap<String, String> fields) {
        try {
            return Integer.parseInt(String.valueOf(fields.getFirst("version")));
        } catch (NumberFormatException e) {
            // never the present one: the save is then refused as coming from an old page
            return -1;
        }
    }

    static List<String> all(MultiValueMap<String, String> fields, String name) {
        List<String> values = fields.get(name);
        return values == null ? List.of() : values;
    }

    /** An empty choice of a list is no choice. */
    static List<String> filled(MultiValueMap<String, String> fields, String name) {
        return all(fields, name).stream()
                .filter(DraftFields::present)
                .distinct()
                .toList();
    }

    private static boolean present(@Nullable String value) {
        return value != null && !value.isEmpty();
    }
}
