package org.banhao.casefile.domain;

import java.text.Normalizer;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.base.Refusal;
import org.banhao.flow.ReadyAnswers.Field;
import org.banhao.flow.Shown;
import org.jspecify.annotations.Nullable;

/** A field of a form as one cell of a table, and back: what a cell shows is read again as what it showed. */
final class PileCells {

    private static final Set<String> ONE_OF = Set.of("radio", "select");
    private static final Set<String> SEVERAL_OF = Set.of("checklist", "taglist");
    private static final String BETWEEN = "、，,；;\n";
    private static final String BETWEEN_ROWS = "；;\n";
    private static final String BETWEEN_PARTS = "：:";
    /** Choices or rows of one cell; the form takes fewer than a thousand. */
    private static final int MOST_PIECES = 1000;

    private static final int LONGEST_SHOWN = 30;
    private static final int MOST_NAMED = 12;

    private PileCells() {}

    /** Whether the field can stand in a cell: files cannot, nor lists with long texts, in which anything may separate anything. */
    static boolean holds(Field field) {
        return !field.type().equals("filepicker")
                && field.parts().stream()
                        .noneMatch(part -> part.type().equals("textarea")
                                || part.type().equals("filepicker")
                                || SEVERAL_OF.contains(part.type()));
    }

    /** Whether the cell can offer its choices as a list. */
    static boolean oneOf(Field field) {
        return ONE_OF.contains(field.type()) && !field.options().isEmpty();
    }

    /** How it is filled in, for people. */
    static String how(Field field) {
        String must = field.required() ? "必填。" : "";
        return must
                + switch (field.type()) {
                    case "radio", "select" -> "从可选项里选一项，照原文填写。";
                    case "checklist", "taglist" -> "从可选项里选，几项之间用顿号隔开。";
                    case "checkbox" -> "填“是”，或者留空。";
                    case "number" -> "填数字。";
                    case "datetime" -> "填日期，如2026-03-26。";
                    case "dynamiclist" -> "照“" + pattern(field) + "”的样子填写，几项之间用分号隔开。";
                    default -> "填文字。";
                };
    }

    private static String pattern(Field list) {
        return list.parts().stream().map(Field::label).collect(Collectors.joining("："));
    }

    // ---- out

    /** As a cell shows it. */
    static String text(Field field, @Nullable Object value) {
        if (value == null) return "";
        if (field.type().equals("dynamiclist")) {
            return !(value instanceof List<?> rows)
                    ? ""
                    : rows.stream()
                            .map(row -> !(row instanceof Map<?, ?> cells)
                                    ? ""
                                    : field.parts().stream()
                                            .map(part -> text(part, cells.get(part.key())))
                                            .collect(Collectors.joining("：")))
                            .collect(Collectors.joining("；"));
        }
        if (value instanceof List<?> several) {
            return several.stream().map(one -> label(field, one)).collect(Collectors.joining("、"));
        }
        if (value instanceof Boolean yes) return yes ? "是" : "";
        return label(field, value);
    }

    private static String label(Field field, Object value) {
        return field.options().stream()
                .filter(option -> option.value().equals(value.toString()))
                .map(Shown.Option::label)
                .findFirst()
                .orElse(value.toString());
    }

    /** A value as it is submitted: of a file its id, of a row of a list what can be filled in. */
    static @Nullable Object submitted(Field field, @Nullable Object value) {
        if (value instanceof List<?> rows && field.type().equals("dynamiclist")) {
            return rows.stream()
                    .map(row -> !(row instanceof Map<?, ?> cells) ? row : submitted(field.parts(), cells))
                    .toList();
        }
        if (value instanceof List<?> files && field.type().equals("filepicker")) {
            return files.stream()
                    .map(file -> file instanceof Map<?, ?> known ? known.get("id") : file)
                    .toList();
        }
        boolean words = field.type().equals("textfield") || field.type().equals("textarea");
        return value instanceof TemporalAccessor || words && value != null ? value.toString() : value;
    }

    private static Map<String, Object> submitted(List<Field> parts, Map<?, ?> cells) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (Field part : parts) {
            Object value = submitted(part, cells.get(part.key()));
            if (value != null) row.put(part.key(), value);
        }
        return row;
    }

    // ---- in

    /** Whether a cell says what was written into it; spreadsheet programs write line ends in their own way. */
    static boolean same(String cell, String written) {
        return lines(cell).equals(lines(written));
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").strip();
    }

    /** What a cell means in the field's type; null: nothing. @throws Refusal it means nothing that the form offers */
    static @Nullable Object value(Field field, String text) {
        String given = text.strip();
        if (given.isEmpty()) return null;
        if (ONE_OF.contains(field.type())) return option(field, given);
        if (SEVERAL_OF.contains(field.type())) return several(field, given);
        return switch (field.type()) {
            case "checkbox" -> yes(field, given);
            case "dynamiclist" -> rows(field, given);
            default -> given;
        };
    }

    /** A choice may be called 一案多事，请拆分: the longest one that is known is meant. */
    private static List<String> several(Field field, String given) {
        Choices choices = new Choices(field);
        List<String> several = new ArrayList<>();
        int from = 0;
        while (from < given.length()) {
            if (between(BETWEEN, given, from) || Character.isWhitespace(given.charAt(from))) {
                from++;
                continue;
            }
            int end = choices.end(given, from, BETWEEN, true);
            several.add(option(field, given.substring(from, end).strip()));
            few(field, several.size(), "项");
            from = end;
        }
        return several;
    }

    private static boolean between(String separators, String text, int at) {
        return separators.indexOf(text.charAt(at)) >= 0;
    }

    private static void few(Field field, int count, String of) {
        if (count > MOST_PIECES) {
            throw new Refusal(field.key(), "「" + field.label() + "」超过" + MOST_PIECES + of + "，请减少。");
        }
    }

    /** How the choices of a field are called. */
    private static final class Choices {

        private final Set<String> names = new HashSet<>();
        private int longest;

        Choices(Field field) {
            for (Shown.Option option : field.options()) {
                for (String name : List.of(option.label(), option.value())) {
                    names.add(narrow(name));
                    longest = Math.max(longest, name.length());
                }
            }
        }

        /**
         * Where the piece ends that begins there: at the farthest separator before which a choice is named, else at the nearest.
         *
         * @param last what stands at the end of the text needs no separator after it
         * @return -1: there is no end
         */
        int end(String text, int from, String separators, boolean last) {
            int nearest = -1;
            int named = -1;
            // blanks and wide characters may make a name longer than it is
            int far = Math.min(text.length(), from + 2 * longest + 16);
            for (int at = from; at < text.length() && (nearest < 0 || at <= far); at++) {
                if (!between(separators, text, at)) continue;
                if (nearest < 0) nearest = at;
                if (at <= far && names.contains(narrow(text.substring(from, at)))) named = at;
            }
            if (last && text.length() <= far && names.contains(narrow(text.substring(from)))) named = text.length();
            return named >= 0 ? named : nearest >= 0 ? nearest : last ? text.length() : -1;
        }
    }

    private static String option(Field field, String text) {
        String given = narrow(text);
        Set<String> called = new LinkedHashSet<>();
        Set<String> alike = new LinkedHashSet<>();
        for (Shown.Option option : field.options()) {
            if (option.value().equals(text)) return option.value();
            if (option.label().strip().equals(text)) called.add(option.value());
            if (narrow(option.label()).equals(given)) alike.add(option.value());
        }
        Set<String> meant = called.isEmpty() ? alike : called;
        if (meant.size() == 1) return meant.iterator().next();
        if (meant.size() > 1) {
            throw new Refusal(
                    field.key(),
                    "「" + field.label() + "」里有" + meant.size() + "项都叫“" + cut(text) + "”，表格里分不清，请打开这一件，在表单里选择。");
        }
        List<String> labels = field.options().stream()
                .map(Shown.Option::label)
                .limit(MOST_NAMED)
                .toList();
        throw new Refusal(
                field.key(),
                "「" + field.label() + "」里没有“" + cut(text) + "”这一项，"
                        + (field.options().size() > MOST_NAMED
                                ? "请照“可选项”页上的全称填写。"
                                : labels.isEmpty() ? "请留空。" : "可以填：" + String.join("、", labels) + "。"));
    }

    private static @Nullable Object yes(Field field, String given) {
        return switch (given) {
            case "是", "√", "✓", "true", "TRUE" -> true;
            case "否", "×", "false", "FALSE" -> null;
            default -> throw new Refusal(field.key(), "「" + field.label() + "」请填“是”，或者留空。");
        };
    }

    private static List<Map<String, Object>> rows(Field field, String given) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String row : given.split("[" + BETWEEN_ROWS + "]")) {
            if (row.isBlank()) continue;
            rows.add(row(field, row.strip()));
            few(field, rows.size(), "行");
        }
        return rows;
    }

    private static Map<String, Object> row(Field field, String given) {
        Map<String, Object> values = new LinkedHashMap<>();
        int from = 0;
        int last = field.parts().size() - 1;
        for (int i = 0; i <= last; i++) {
            Field part = field.parts().get(i);
            int end = i == last ? given.length() : new Choices(part).end(given, from, BETWEEN_PARTS, false);
            if (end < 0) {
                throw new Refusal(field.key(), "「" + field.label() + "」请照“" + pattern(field) + "”的样子填写，几项之间用分号隔开。");
            }
            Object value = value(part, given.substring(from, end));
            if (value != null) values.put(part.key(), value);
            from = Math.min(end + 1, given.length());
        }
        return values;
    }

    /** Full-width letters, digits and spaces mean the plain ones. */
    static String narrow(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    }

    static String cut(String words) {
        boolean fits = words.codePointCount(0, words.length()) <= LONGEST_SHOWN;
        return fits ? words : words.substring(0, words.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
    }
}
