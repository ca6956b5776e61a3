package org.banhao.document.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** What styles and lists say of a paragraph: whether it is a heading, and which number Word puts before it. */
final class WordStyles {
    private static final Pattern HEADING = Pattern.compile("(?:heading|标题)\\s*([1-9])");
    private static final int MOST_PARENTS = 20;

    /** Word's own are a few characters long: 第%1章 */
    private static final int LONGEST_LEVEL = 50;

    private static final String CHINESE = "零一二三四五六七八九";

    private final Map<String, Style> styles = new HashMap<>();
    private final Map<String, String> lists = new HashMap<>();
    private final Map<String, Map<Integer, Level>> levels = new HashMap<>();
    private final Map<String, int[]> counters = new HashMap<>();

    /** Lists that begin anew instead of going on with the numbers of their kind. */
    private final Set<String> restarted = new HashSet<>();

    private record Level(String format, String text, int start) {}

    /** @param heading as {@link #heading}, of this style alone */
    private record Style(int heading, String basedOn, String list, String level) {}

    /** @param part null: the file has none */
    void readStyles(@Nullable Element part) {
        for (Element style : OfficeParts.elements(part, "style")) {
            Element properties = OfficeParts.child(style, "pPr");
            Element numbered = OfficeParts.child(properties, "numPr");
            styles.put(
                    OfficeParts.value(style, "styleId"),
                    new Style(
                            heading(OfficeParts.of(style, "name").toLowerCase(Locale.ROOT), properties),
                            OfficeParts.of(style, "basedOn"),
                            OfficeParts.of(numbered, "numId"),
                            OfficeParts.of(numbered, "ilvl")));
        }
    }

    private static int heading(String name, @Nullable Element properties) {
        if (name.equals("title") || name.equals("标题")) return 1;
        Matcher heading = HEADING.matcher(name);
        return heading.matches() ? number(heading.group(1), 1) : outline(properties);
    }

    /** @param part null: the file has none */
    void readLists(@Nullable Element part) {
        for (Element list : OfficeParts.elements(part, "abstractNum")) {
            Map<Integer, Level> own = new HashMap<>();
            for (Element level : OfficeParts.elements(list, "lvl")) {
                String text = OfficeParts.of(level, "lvlText");
                own.put(
                        number(OfficeParts.value(level, "ilvl"), 0),
                        new Level(
                                OfficeParts.of(level, "numFmt"),
                                text.length() > LONGEST_LEVEL ? text.substring(0, LONGEST_LEVEL) : text,
                                number(OfficeParts.of(level, "start"), 1)));
            }
            levels.put(OfficeParts.value(list, "abstractNumId"), own);
        }
        for (Element list : OfficeParts.elements(part, "num")) {
            lists.put(OfficeParts.value(list, "numId"), OfficeParts.of(list, "abstractNumId"));
            if (!OfficeParts.elements(list, "startOverride").isEmpty()) {
                restarted.add(OfficeParts.value(list, "numId"));
            }
        }
    }

    /** @return 1 to 9; the title of the whole counts as 1; 0: no heading */
    int heading(@Nullable Element properties) {
        int own = outline(properties);
        if (own > 0) return own;
        return chain(properties).stream()
                .mapToInt(Style::heading)
                .filter(heading -> heading > 0)
                .findFirst()
                .orElse(0);
    }

    private static int outline(@Nullable Element properties) {
        int level = number(OfficeParts.of(properties, "outlineLvl"), 9);
        return level >= 0 && level < 9 ? level + 1 : 0;
    }

    private List<Style> chain(@Nullable Element properties) {
        List<Style> chain = new ArrayList<>();
        Style style = styles.get(OfficeParts.of(properties, "pStyle"));
        while (style != null && chain.size() < MOST_PARENTS) {
            chain.add(style);
            style = styles.get(style.basedOn());
        }
        return chain;
    }

    /** The number Word shows before the paragraph, and counts it: 一、; empty: none, or a bullet. */
    String number(@Nullable Element properties) {
        Element own = OfficeParts.child(properties, "numPr");
        String list = OfficeParts.of(own, "numId");
        String level = OfficeParts.of(own, "ilvl");
        for (Style style : chain(properties)) {
            if (list.isEmpty()) list = style.list();
            if (level.isEmpty()) level = style.level();
        }
        String kind = lists.get(list);
        Map<Integer, Level> all = kind == null ? null : levels.get(kind);
        int at = Math.min(Math.max(number(level, 0), 0), 8);
        Level here = all == null ? null : all.get(at);
        if (all == null || here == null || kind == null) return "";
        int[] counted = counters.computeIfAbsent(restarted.contains(list) ? "#" + list : kind, k -> new int[9]);
        counted[at]++;
        for (int deeper = at + 1; deeper < 9; deeper++) counted[deeper] = 0;
        if (here.format().equals("bullet") || here.format().equals("none")) return "";
        String text = here.text();
        for (int i = 0; i < 9; i++) {
            Level one = all.get(i);
            if (one == null || !text.contains("%" + (i + 1))) continue;
            int value = Math.max(counted[i], 1) + one.start() - 1;
            text = text.replace("%" + (i + 1), written(value, one.format()));
        }
        return text;
    }

    /** Formats that Chinese papers use; others as figures. */
    private static String written(int value, String format) {
        // a list may be told to begin below one
        if (value < 1) return String.valueOf(value);
        return switch (format) {
            case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand" ->
                chinese(value);
            case "ideographDigital" -> digits(value);
            case "decimalEnclosedCircle", "decimalEnclosedCircleChinese" ->
                value <= 20 ? String.valueOf((char) ('①' + value - 1)) : String.valueOf(value);
            case "lowerLetter" -> value <= 26 ? String.valueOf((char) ('a' + value - 1)) : String.valueOf(value);
            case "upperLetter" -> value <= 26 ? String.valueOf((char) ('A' + value - 1)) : String.valueOf(value);
            default -> String.valueOf(value);
        };
    }

    /** Up to 99, beyond which nobody counts in words. */
    private static String chinese(int value) {
        if (value > 99) return String.valueOf(value);
        if (value < 10) return digits(value);
        String tens = value < 20 ? "十" : digits(value / 10) + "十";
        return value % 10 == 0 ? tens : tens + digits(value % 10);
    }

    private static String digits(int value) {
        StringBuilder text = new StringBuilder();
        String.valueOf(value).chars().forEach(c -> text.append(CHINESE.charAt(c - '0')));
        return text.toString();
    }

    private static int number(String text, int otherwise) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
