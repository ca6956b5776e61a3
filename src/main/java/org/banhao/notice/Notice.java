package org.banhao.notice;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to one person. Written once per key.
 *
 * @param key unique, at most 300 characters: the same key a second time is not written again, such as
 *     {@code returned:TA-2026-000001:3}
 * @param template name of the template pair (HTML and text) under {@code templates/notice/}
 * @param personId to whom
 * @param values what the template shows; no content of the proposal. Each template says at its top which it knows; a line whose
 *     value is missing is left out. {@code link} is a path of this application, such as {@code /my}
 * @param lines a list in the text, where the template has one
 * @param act what the receiver is asked to do; the message carries a one-time link for it while there are such links. Null: nothing
 */
public record Notice(
        String key,
        String template,
        String personId,
        @Nullable String caseNumber,
        Map<String, String> values,
        List<String> lines,
        @Nullable Act act) {

    /**
     * @param kind {@link LinkedAct#kind()}
     * @param subject what it is about within the case, at most 100 characters; may be empty
     */
    public record Act(String kind, String subject) {}

    public Notice(
            String key, String template, String personId, @Nullable String caseNumber, Map<String, String> values) {
        this(key, template, personId, caseNumber, values, List.of(), null);
    }

    public Notice(
            String key,
            String template,
            String personId,
            @Nullable String caseNumber,
            Map<String, String> values,
            List<String> lines) {
        this(key, template, personId, caseNumber, values, lines, null);
    }
}
