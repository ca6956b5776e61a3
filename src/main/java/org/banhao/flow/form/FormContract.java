package org.banhao.flow.form;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.banhao.base.HalfWidth;
import org.banhao.base.Refusal;
import org.banhao.flow.Answer;
import org.banhao.flow.Shown;
import org.banhao.flow.form.FormSchema.Field;
import org.jspecify.annotations.Nullable;

/**
 * Checks an answer against one form version. Pure: no engine, no database; what was shown is handed in.
 *
 * <p>Hidden = must be absent; shown only = as shown; options = those offered at this moment; unknown names are refused;
 * {@code ""} and {@code []} are absent.
 */
public final class FormContract {

    /** More than any real text; keeps a hostile answer from filling the database. */
    private static final int LONGEST_TEXT = 200_000;

    private static final int MOST_ROWS = 200;
    private static final int MOST_CHOICES = 1_000;

    private final Shown shown;
    private final Predicate<List<String>> ownFiles;

    private FormContract(Shown shown, Predicate<List<String>> ownFiles) {
        this.shown = shown;
        this.ownFiles = ownFiles;
    }

    /**
     * @param raw key → String, Number, Boolean, List, Map or null, as it came over the wire
     * @param shown what the step's provider shows at this moment
     * @param ownFiles do all these documents belong to this person and step?
     * @throws Refusal one Chinese sentence that names the field
     */
    public static Answer check(
            FormSchema form, Map<String, Object> raw, Shown shown, Predicate<List<String>> ownFiles) {
        return new Answer(new FormContract(shown, ownFiles).fields(form.fields(), raw, shown.values(), Place.FORM));
    }

    /** Where a field stands: in the form, or in one row of a list. */
    private record Place(@Nullable Field list, int row) {

        static final Place FORM = new Place(null, -1);

        Refusal refuse(Field field, String why) {
            return list == null
                    ? new Refusal(field.key(), "「" + field.label() + "」" + why + "。")
                    : new Refusal(
                            list.key(),
                            "「" + list.label() + "」第 " + (row + 1) + " 行「" + field.label() + "」" + why + "。");
        }

        Refusal unknown(String key) {
            String name = key.length() > 60 ? key.substring(0, 60) + "…" : key;
            return list == null
                    ? new Refusal(key, "表单中没有字段「" + name + "」，请刷新页面后重试。")
                    : new Refusal(
                            list.key(), "「" + list.label() + "」第 " + (row + 1) + " 行没有字段「" + name + "」，请刷新页面后重试。");
        }
    }

    private Map<String, Object> fields(
            List<Field> fields, Map<String, Object> raw, Map<String, Object> shownValues, Place place) {
        Map<String, Field> known = new HashMap<>();
        fields.forEach(field -> known.put(field.key(), field));
        for (String key : raw.keySet()) {
            if (!known.containsKey(key)) {
                throw place.unknown(key);
            }
        }
        Map<String, Object> typed = new LinkedHashMap<>();
        for (Field field : fields) {
            Object value = type(field, raw.get(field.key()), place);
            if (value != null) {
                typed.put(field.key(), value);
            }
        }
        Map<String, Object> asked = asked(fields, typed, shownValues, place);
        Map<String, Object> out = new LinkedHashMap<>();
        for (Field field : fields) {
            Object value = accepted(field, typed.get(field.key()), asked, shownValues, place);
            if (value != null) {
                out.put(field.key(), value);
            }
        }
        return out;
    }

    /**
     * What form-js evaluates hide conditions on: an untouched text is "", an untouched checkbox false, all else null. Of
     * what is shown only that is looked at which a condition asks for: finding it out may cost.
     */
    private Map<String, Object> asked(
            List<Field> fields, Map<String, Object> typed, Map<String, Object> shownValues, Place place) {
        Map<String, Object> asked = new HashMap<>();
        Set<String> known = new HashSet<>();
        fields.forEach(field -> known.add(field.key()));
        for (Field field : fields) {
            for (FormSchema.Hide hide : field.hides()) {
                for (FormSchema.Test test : hide.tests()) {
                    Object plain = known.contains(test.field()) ? null : plain(shownValues.get(test.field()));
                    if (plain != null) {
                        asked.put(test.field(), plain);
                    }
                }
            }
        }
        for (Field field : fields) {
            Object value = field.shownOnly() ? shownValue(field, shownValues, place) : typed.get(field.key());
            if (value != null) {
                asked.put(field.key(), value);
            } else if (field.isText()) {
                asked.put(field.key(), "");
            } else if (field.isCheckbox()) {
                asked.put(field.key(), false);
            } else {
                asked.remove(field.key());
            }
        }
        return asked;
    }

    private @Nullable Object accepted(
            Field field,
            @Nullable Object value,
            Map<String, Object> asked,
            Map<String, Object> shownValues,
            Place place) {
        boolean unticked = field.isCheckbox() && Boolean.FALSE.equals(value);
        if (field.hides().stream().anyMatch(hide -> hide.holds(asked))) {
            if (value != null && !unticked) {
                throw place.refuse(field, "当前不应填写");
            }
            return null;
        }
        if (field.shownOnly()) {
            Object seen = shownValue(field, shownValues, place);
            if (value != null && !unticked && !FormSchema.same(value, seen)) {
                throw place.refuse(field, "不可修改（内容可能已更新，请刷新页面）");
            }
            return seen;
        }
        if (field.isList()) {
            return rows(field, value, shownValues);
        }
        if (value == null || unticked) {
            if (field.required()) {
                throw place.refuse(field, field.isCheckbox() ? "须勾选" : "必须填写");
            }
            return value;
        }
        if (value instanceof String text) {
            checkText(field, text, place);
        }
        if (value instanceof BigDecimal number) {
            checkNumber(field, number, place);
        }
        checkOffered(field, value, place);
        if (field.type().equals("filepicker") && !ownFiles.test(texts(value))) {
            throw place.refuse(field, "有不属于您本次办理的附件，请删除后重新上传");
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object rows(Field list, @Nullable Object value, Map<String, Object> shownValues) {
        List<Map<String, Object>> given = value == null ? List.of() : (List<Map<String, Object>>) value;
        List<?> seen = shownValues.get(list.key()) instanceof List<?> rows ? rows : List.of();
        Integer fixed = list.fixedRows();
        if (fixed != null && given.size() > Math.max(fixed, seen.size())) {
            throw Place.FORM.refuse(list, "不能增加行");
        }
        List<Map<String, Object>> out = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Map<String, Object> shownRow =
                    i < seen.size() && seen.get(i) instanceof Map<?, ?> row ? (Map<String, Object>) row : Map.of();
            Map<String, Object> row = fields(list.rows(), given.get(i), shownRow, new Place(list, i));
            if (row.values().stream().anyMatch(cell -> !Boolean.FALSE.equals(cell))) {
                out.add(row);
            }
        }
        return out.isEmpty() ? null : List.copyOf(out);
    }

    private void checkText(Field field, String text, Place place) {
        // also: Java's $ matches before a last line break, JavaScript's does not
        if (field.type().equals("textfield") && (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0)) {
            throw place.refuse(field, "只能是一行");
        }
        Integer min = field.minLength();
        Integer max = field.maxLength();
        if (min != null && text.length() < min) {
            throw place.refuse(field, "至少 " + min + " 个字（现 " + text.length() + " 个）");
        }
        if (max != null && text.length() > max) {
            throw place.refuse(field, "最多 " + max + " 个字（现 " + text.length() + " 个）");
        }
        // find, not matches: JavaScript's test looks anywhere in the text
        if (field.pattern() != null && !field.pattern().matcher(text).find()) {
            String sentence = field.patternSentence().strip();
            throw place.refuse(field, sentence.isEmpty() ? "格式不正确" : "格式不正确：" + sentence.replaceAll("[。.]+$", ""));
        }
    }

    private void checkNumber(Field field, BigDecimal number, Place place) {
        BigDecimal min = field.min();
        BigDecimal max = field.max();
        Integer decimals = field.decimals();
        if (min != null && number.compareTo(min) < 0) {
            throw place.refuse(field, "不能小于 " + min.toPlainString());
        }
        if (max != null && number.compareTo(max) > 0) {
            throw place.refuse(field, "不能大于 " + max.toPlainString());
        }
        if (decimals != null && number.stripTrailingZeros().scale() > decimals) {
            throw place.refuse(field, decimals == 0 ? "须是整数" : "最多 " + decimals + " 位小数");
        }
    }

    private void checkOffered(Field field, Object value, Place place) {
        if (field.options() == null && field.valuesKey() == null) {
            return;
        }
        Set<String> offered = new HashSet<>();
        if (field.options() != null) {
            offered.addAll(field.options().keySet());
        }
        if (field.valuesKey() != null) {
            shown.options().getOrDefault(field.valuesKey(), List.of()).forEach(option -> offered.add(option.value()));
        }
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            if (!offered.contains(one)) {
                throw place.refuse(field, "选了不在可选范围内的一项，请重新选择");
            }
        }
    }

    /** To the type of the form; "" and [] are absent. */
    private @Nullable Object type(Field field, @Nullable Object value, Place place) {
        if (value == null || "".equals(value) || value instanceof Collection<?> c && c.isEmpty()) {
            return null;
        }
        return switch (field.type()) {
            case "number" -> number(field, value, place);
            case "checkbox" -> {
                if (value instanceof Boolean) {
                    yield value;
                }
                throw place.refuse(field, "须是“是”或“否”");
            }
            case "checklist", "taglist", "filepicker" -> choices(field, value, place);
            case "datetime" -> date(field, value, place);
            case "dynamiclist" -> listRows(field, value);
            default -> {
                if (!(value instanceof String text)) {
                    throw place.refuse(field, "须是文字");
                }
                checkCharacters(field, text, place);
                yield field.pattern() != null && field.type().equals("textfield")
                        ? HalfWidth.ofCode(HalfWidth.lettersOf(text))
                        : text;
            }
        };
    }

    private static Object number(Field field, Object value, Place place) {
        String text = value instanceof Number
                ? value.toString()
                : value instanceof String s ? HalfWidth.numberOf(s).strip() : "";
        // an exponent of a million digits would be a number too
        if (text.length() <= 40 && text.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d{1,2})?")) {
            return new BigDecimal(text);
        }
        throw place.refuse(field, "须是数字");
    }

    private static Object choices(Field field, Object value, Place place) {
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            throw place.refuse(field, "须是多选");
        }
        if (list.size() > MOST_CHOICES) {
            throw place.refuse(field, "最多 " + MOST_CHOICES + " 项");
        }
        if (new HashSet<>(list).size() != list.size()) {
            throw place.refuse(field, "有重复的选项");
        }
        return List.copyOf(list);
    }

    private static Object date(Field field, Object value, Place place) {
        if (value instanceof String given) {
            String text = HalfWidth.numberOf(given).strip();
            try {
                TemporalAccessor date =
                        switch (field.subtype()) {
                            case "time" -> LocalTime.parse(text);
                            case "datetime" -> LocalDateTime.parse(text);
                            default -> LocalDate.parse(text);
                        };
                if (field.subtype().equals("time") || between(date)) {
                    return text;
                }
            } catch (DateTimeParseException e) {
                // said below
            }
        }
        throw place.refuse(
                field,
                switch (field.subtype()) {
                    case "time" -> "须是时间，如 09:30";
                    case "datetime" -> "须是日期和时间，如 2026-03-26T09:30";
                    default -> "须是日期，如 2026-03-26";
                });
    }

    /** Years a database column and a calendar can hold. */
    private static boolean between(TemporalAccessor date) {
        int year = LocalDate.from(date).getYear();
        return year >= 1900 && year <= 2999;
    }

    private static Object listRows(Field field, Object value) {
        if (!(value instanceof List<?> list) || !list.stream().allMatch(Map.class::isInstance)) {
            throw Place.FORM.refuse(field, "须是逐行填写的列表");
        }
        if (list.size() > MOST_ROWS) {
            throw Place.FORM.refuse(field, "最多 " + MOST_ROWS + " 行");
        }
        return list;
    }

    private static void checkCharacters(Field field, String text, Place place) {
        if (text.length() > LONGEST_TEXT) {
            throw place.refuse(field, "最多 " + LONGEST_TEXT + " 个字（现 " + text.length() + " 个）");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
                throw place.refuse(field, "含有不可见的控制字符，请删除后重新填写");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw place.refuse(field, "含有残缺的字符，请删除后重新填写");
            }
        }
    }

    /** What the provider shows is trusted: brought to the field's type without a refusal. */
    private @Nullable Object shownValue(Field field, Map<String, Object> shownValues, Place place) {
        Object value = plain(shownValues.get(field.key()));
        if (value == null || "".equals(value) || value instanceof Collection<?> c && c.isEmpty()) {
            return null;
        }
        return field.isText() || field.type().equals("datetime") ? value.toString() : type(field, value, place);
    }

    private static @Nullable Object plain(@Nullable Object shown) {
        if (shown instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        return shown instanceof TemporalAccessor ? shown.toString() : shown;
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Object value) {
        return (List<String>) value;
    }
}
