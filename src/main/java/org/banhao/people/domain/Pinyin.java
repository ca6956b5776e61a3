package org.banhao.people.domain;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.banhao.people.Letters;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Latin letters by which Chinese names are found: {@code 单志强} is {@code szq shanzhiqiang}. Surnames are read as surnames
 * (单 shan, 解 xie, 仇 qiu). Loading the rules takes a moment, so nothing is loaded before the first name.
 */
@Component
class Pinyin implements Letters {

    /** As long as the column. */
    private static final int LONGEST = 500;

    private static final int NAMES_KEPT = 2_000;

    // the same few hundred people and units in all cases and choices
    private final Map<String, String> names = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > NAMES_KEPT;
        }
    });

    private @Nullable Transliterator persons;
    private @Nullable Transliterator words;

    /** Initials, a blank, all syllables; empty for a name without letters. */
    synchronized String ofPerson(String name) {
        if (persons == null) persons = Transliterator.getInstance("Han-Latin/Names; Latin-ASCII; Lower()");
        return key(persons.transliterate(name));
    }

    /** Both readings: 长治 is chang zhi among names and zhang zhi among words, 单位 the other way round. */
    synchronized String ofOrganization(String name) {
        if (words == null) words = Transliterator.getInstance("Han-Latin; Latin-ASCII; Lower()");
        String asName = ofPerson(name);
        String asWord = key(words.transliterate(name));
        return asName.equals(asWord) ? asName : shortened(asName + " " + asWord);
    }

    @Override
    public String ofName(String name) {
        return names.computeIfAbsent(name, this::ofOrganization);
    }

    @Override
    public synchronized String initials(String text) {
        // loads both readings
        ofOrganization("");
        String asName = initialsOf(Objects.requireNonNull(persons).transliterate(text));
        String asWord = initialsOf(Objects.requireNonNull(words).transliterate(text));
        return asName.equals(asWord) ? asName : asName + " " + asWord;
    }

    private static String initialsOf(String latin) {
        StringBuilder initials = new StringBuilder();
        for (String syllable : latin.split("[^a-z0-9]+")) {
            if (!syllable.isEmpty()) initials.append(syllable.charAt(0));
        }
        return initials.toString();
    }

    private static String key(String latin) {
        StringBuilder initials = new StringBuilder();
        StringBuilder whole = new StringBuilder();
        for (String syllable : latin.split("[^a-z0-9]+")) {
            if (syllable.isEmpty()) continue;
            initials.append(syllable.charAt(0));
            whole.append(syllable);
        }
        return shortened(initials.append(' ').append(whole).toString().strip());
    }

    private static String shortened(String key) {
        return key.length() <= LONGEST ? key : key.substring(0, LONGEST);
    }

    /** What was typed into a search field, full-width letters and blanks forgiven; empty when it cannot be letters of a name. */
    static String asked(String typed) {
        String plain = Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s'’]+", "");
        return plain.matches("[a-z]+") ? plain : "";
    }
}
