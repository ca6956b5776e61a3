package org.banhao.paper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one paper would be about, and who issues it.
 *
 * @param key names it among those of its kind, for good: {@code TA-2026-000123/17}
 * @param caseNumber null: it is about a whole session
 * @param label one line that tells it from others of the kind: 市教育局，十四届五次第018号
 * @param issuer id of the organ in whose name it goes out
 * @param desk groups whose people make it, number it and take its sealed version in
 */
public record PaperSubject(
        String kind, String key, @Nullable String caseNumber, String label, String issuer, List<String> desk) {

    public PaperSubject {
        desk = List.copyOf(desk);
    }
}
