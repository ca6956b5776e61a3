package org.banhao.paper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known for one paper when it is made. Several lines of a text become paragraphs. */
public final class PaperFacts {

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, List<Map<String, String>>> tables = new LinkedHashMap<>();
    private final Map<String, String> suggested = new LinkedHashMap<>();
    private final Map<String, String> signing = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private @Nullable String code2d;

    /** @param value null or empty: nothing stands there */
    public PaperFacts text(String field, @Nullable String value) {
        texts.put(field, value == null ? "" : value);
        return this;
    }

    /**
     * A fact without which the paper makes no sense.
     *
     * @param sentence where it comes from, when it is not there: 提案还没有编定案号，请先在“立案编号”页编号。
     */
    public PaperFacts needed(String field, @Nullable String value, String sentence) {
        if (value == null || value.isBlank()) missing.add(sentence);
        return text(field, value);
    }

    /** @param rows column → text */
    public PaperFacts table(String name, List<Map<String, String>> rows) {
        tables.put(name, List.copyOf(rows));
        return this;
    }

    /** What an input holds before anybody changes it. */
    public PaperFacts suggest(String input, @Nullable String value) {
        suggested.put(input, value == null ? "" : value);
        return this;
    }

    /** A line of the signing sheet (发文稿纸) that is known already: 核稿 → 同意。牛莉 2026年3月26日. */
    public PaperFacts signing(String line, @Nullable String value) {
        if (value != null && !value.isBlank()) signing.merge(line, value, (a, b) -> a + "\n" + b);
        return this;
    }

    public PaperFacts missing(String sentence) {
        missing.add(sentence);
        return this;
    }

    /** What the QR code says: an address of this application. */
    public PaperFacts code2d(String content) {
        code2d = content;
        return this;
    }

    public Map<String, String> texts() {
        return Map.copyOf(texts);
    }

    public Map<String, List<Map<String, String>>> tables() {
        return Map.copyOf(tables);
    }

    public Map<String, String> suggested() {
        return Map.copyOf(suggested);
    }

    public Map<String, String> signing() {
        return Map.copyOf(signing);
    }

    /** Why it cannot be made, each a Chinese sentence with the way out; empty: it can. */
    public List<String> missing() {
        return List.copyOf(missing);
    }

    public @Nullable String code2d() {
        return code2d;
    }
}
