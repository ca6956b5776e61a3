package org.banhao.proposal.domain.assignment;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.banhao.base.TabFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a proposal is about, by the words in it: the class a rule of {@code unitSuggestion} asks for. Words and rules belong together and
 * are changed together; both are judged by the titles in the tests.
 */
@Component
public class KeywordClasses {

    private static final String WORDS = "/proposal/keyword-classes.tsv";

    /** A word in the title says more than one somewhere in the suggestions. */
    private static final int TITLE = 4;

    private final Map<String, List<String>> words = new LinkedHashMap<>();

    KeywordClasses() {
        for (String[] row : TabFile.rows(WORDS, 2)) words.put(row[0], Arrays.asList(row[1].split("、")));
    }

    /** Codes of all classes, in the order of the file. */
    public Set<String> codes() {
        return words.keySet();
    }

    /**
     * The class whose words weigh most; of two that weigh the same the one that stands first.
     *
     * @return null when no word is found
     */
    public @Nullable String of(String title, List<String> suggestions) {
        String rest = String.join("\n", suggestions);
        String best = null;
        int most = 0;
        for (Map.Entry<String, List<String>> entry : words.entrySet()) {
            int weight = 0;
            for (String word : entry.getValue()) {
                // a longer word is rarer: 心理健康 says more than 健康
                int one = word.length() * word.length();
                weight += title.contains(word) ? one * TITLE : rest.contains(word) ? one : 0;
            }
            if (weight > most) {
                most = weight;
                best = entry.getKey();
            }
        }
        return best;
    }
}
