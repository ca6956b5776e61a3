package org.banhao.casefile.domain;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.banhao.base.Refusal;

/** Texts as they are found: small letters, normal width, no blanks; and what was typed to find them. */
final class Searched {

    private static final int LONGEST = 200;
    private static final int MOST_TERMS = 10;

    private Searched() {}

    /** As it is stored. */
    static String key(String text) {
        return Normalizer.normalize(text.replace("\0", ""), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", "");
    }

    /**
     * What was typed, part by part; each must be found.
     *
     * @throws Refusal too long, or too many parts
     */
    static List<String> terms(String typed) {
        String text = typed.replace("\0", "").strip();
        if (text.codePointCount(0, text.length()) > LONGEST) {
            throw new Refusal("q", "检索词超过" + LONGEST + "字，请缩短后再查。");
        }
        Set<String> terms = new LinkedHashSet<>();
        for (String part : Normalizer.normalize(text, Normalizer.Form.NFKC).split("\\s+")) {
            String key = key(part);
            if (!key.isEmpty()) terms.add(key);
        }
        if (terms.size() > MOST_TERMS) throw new Refusal("q", "检索词超过" + MOST_TERMS + "个，请减少后再查。");
        return List.copyOf(terms);
    }

    static String like(String term) {
        return "%" + term.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    /** Pairs of neighbouring characters as PostgreSQL writes an array; of one character alone there is none: {}. */
    static String pairs(String term) {
        int[] letters = term.codePoints().toArray();
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < letters.length; i++) {
            String pair = Character.toString(letters[i]) + Character.toString(letters[i + 1]);
            pairs.add('"' + pair.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return "{" + String.join(",", pairs) + "}";
    }
}
