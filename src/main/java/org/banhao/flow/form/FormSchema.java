package org.banhao.flow.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One version of a {@code .form} file, in the subset whose rules mean the same in form-js and here. Immutable, may be kept for ever.
 *
 * <p>The subset: text field, text area, number, checkbox, radio, select, checklist, taglist, date, file picker; groups without a path;
 * lists of rows ({@code dynamiclist}); text, html, separator, spacer, image and button. No expression anywhere but in hide
 * conditions, and those compare with literals only.
 */
public final class FormSchema {

    /** {@code field = literal} or {@code field != literal}. */
    record Test(String field, boolean equal, @Nullable Object literal) {
        boolean holds(Map<String, Object> data) {
            return same(data.get(field), literal) == equal;
        }
    }

    /** Tests joined all by {@code and} or all by {@code or}. */
    record Hide(boolean all, List<Test> tests) {
        boolean holds(Map<String, Object> data) {
            return all
                    ? tests.stream().allMatch(t -> t.holds(data))
                    : tests.stream().anyMatch(t -> t.holds(data));
        }
    }

    /**
     * @param options the fixed ones, value → label in the order of the form, or null when the field has none
     * @param rows the fields of one row when this is a list, otherwise empty
     * @param fixedRows number of rows of a list nobody may add to; null when rows may be added and removed
     */
    record Field(
            String key,
            String type,
            String subtype,
            String label,
            boolean required,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            @Nullable Pattern pattern,
            String patternSentence,
            @Nullable Integer decimals,
            boolean readonly,
            boolean disabled,
            boolean routing,
            List<Hide> hides,
            @Nullable Map<String, String> options,
            @Nullable String valuesKey,
            List<Field> rows,
            @Nullable Integer fixedRows) {

        boolean isText() {
            return type.equals("textfield") || type.equals("textarea");
        }

        boolean isCheckbox() {
            return type.equals("checkbox");
        }

        boolean isList() {
            return type.equals("dynamiclist");
        }

        boolean shownOnly() {
            return readonly || disabled;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SILENT = Set.of("text", "html", "separator", "spacer", "button", "image");
    private static final Set<String> INPUT = Set.of(
            "textfield",
            "textarea",
            "number",
            "checkbox",
            "radio",
            "select",
            "checklist",
            "taglist",
            "datetime",
            "filepicker");
    private static final Set<String> CHOICE = Set.of("radio", "select", "checklist", "taglist");
    private static final Set<String> ASKABLE =
            Set.of("textfield", "textarea", "number", "checkbox", "radio", "select", "datetime");
    private static final Set<String> UNROUTABLE = Set.of("textarea", "filepicker", "checklist", "taglist");
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,59}");
    /** What JavaScript and Java read differently, or one of them does not know. */
    private static final Pattern DIALECT = Pattern.compile(".*(\\\\(?![dDwW.\\-\\\\/()\\[\\]{}*+?^$|]|u[0-9a-fA-F]{4})."
            + "|\\(\\?(?!:)|[*+?}]\\+|&&|(?<!\\\\)\\[(?:[^\\]\\\\\\[]|\\\\.)*\\[).*");

    private static final Pattern TEST = Pattern.compile(
            "\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*(!?=)\\s*(\"[^\"\\\\]*\"|-?\\d+(?:\\.\\d+)?|true|false|null)\\s*");

    private final String id;
    private final List<Field> fields;

    private FormSchema(String id, List<Field> fields) {
        this.id = id;
        this.fields = List.copyOf(fields);
    }

    /**
     * @param json content of a {@code .form} file
     * @throws UnfitForm with every problem found
     */
    public static FormSchema parse(byte[] json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (IOException e) {
            throw new UnfitForm(List.of("表单不是有效的 JSON。"));
        }
        Parser parser = new Parser();
        String id = root == null ? "" : root.path("id").asText("");
        if (id.isEmpty()) {
            throw new UnfitForm(List.of("表单没有 id。"));
        }
        List<Field> fields = new ArrayList<>();
        parser.walk(root, List.of(), fields, null);
        parser.cross(fields);
        if (!parser.problems.isEmpty()) {
            throw new UnfitForm(parser.problems);
        }
        return new FormSchema(id, fields);
    }

    public String id() {
        return id;
    }

    List<Field> fields() {
        return fields;
    }

    /** Keys whose answers become process variables. */
    List<String> routing() {
        return fields.stream().filter(Field::routing).map(Field::key).toList();
    }

    static boolean same(@Nullable Object a, @Nullable Object b) {
        return a instanceof BigDecimal x && b instanceof BigDecimal y ? x.compareTo(y) == 0 : Objects.equals(a, b);
    }

    private static final class Parser {

        private final List<String> problems = new ArrayList<>();
        private final Set<String> componentIds = new LinkedHashSet<>();

        /** @param list the list whose rows are walked; null outside of a list */
        void walk(JsonNode parent, List<Hide> inherited, List<Field> into, @Nullable String list) {
            for (JsonNode c : parent.path("components")) {
                String type = c.path("type").asText("");
                String name = name(c);
                String componentId = c.path("id").asText("");
                if (!componentId.isEmpty() && !componentIds.add(componentId)) {
                    problems.add("组件 id「" + componentId + "」重复。");
                }
                List<Hide> hides = hides(c, inherited, name, list);
                if (type.equals("group")) {
                    if (!c.path("path").asText("").isEmpty()) {
                        problems.add("分组「" + name + "」不得有 path。");
                    }
                    walk(c, hides, into, list);
                } else if (type.equals("dynamiclist")) {
                    if (list != null) {
                        problems.add("列表「" + list + "」里不得再有列表「" + name + "」。");
                    } else {
                        into.add(list(c, name, hides));
                    }
                } else if (INPUT.contains(type)) {
                    into.add(field(c, type, name, hides, list));
                } else if (!SILENT.contains(type)) {
                    problems.add("组件「" + name + "」的类型 " + type + " 不在可用范围内。");
                }
            }
        }

        private List<Hide> hides(JsonNode c, List<Hide> inherited, String name, @Nullable String list) {
            String expression = c.path("conditional").path("hide").asText("");
            if (expression.isEmpty()) {
                return inherited;
            }
            if (list != null) {
                problems.add("列表「" + list + "」行内的「" + name + "」不得有隐藏条件。");
                return inherited;
            }
            List<Hide> hides = new ArrayList<>(inherited);
            Hide hide = condition(expression, name);
            if (hide != null) {
                hides.add(hide);
            }
            return List.copyOf(hides);
        }

        private Field list(JsonNode c, String name, List<Hide> hides) {
            List<Field> rows = new ArrayList<>();
            walk(c, List.of(), rows, name);
            String key = c.path("path").asText("");
            checkKey(key, name);
            if (rows.isEmpty()) {
                problems.add("列表「" + name + "」的行里没有字段。");
            }
            boolean free = c.path("allowAddRemove").asBoolean(true);
            return new Field(
                    key,
                    "dynamiclist",
                    "",
                    name,
                    false,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "",
                    null,
                    false,
                    false,
                    false,
                    hides,
                    null,
                    null,
                    List.copyOf(rows),
                    free ? null : c.path("defaultRepetitions").asInt(1));
        }

        private Field field(JsonNode c, String type, String name, List<Hide> hides, @Nullable String list) {
            JsonNode v = c.path("validate");
            String key = c.path("key").asText("");
            checkKey(key, name);
            c.fields().forEachRemaining(e -> expression(e.getKey(), e.getValue(), name));
            v.fields().forEachRemaining(e -> expression(e.getKey(), e.getValue(), name));
            for (String unknown : List.of("valuesExpression", "optionsExpression")) {
                if (c.has(unknown)) {
                    problems.add("「" + name + "」不得用 " + unknown + "，选项由系统按 valuesKey 给出。");
                }
            }
            for (String unlike : List.of("increment", "disallowPassedDates")) {
                if (c.hasNonNull(unlike) && !c.path(unlike).asText().equals("false")) {
                    problems.add("「" + name + "」不得用 " + unlike + "，服务器不按它检查。");
                }
            }
            String validation = v.path("validationType").asText("custom");
            if (!validation.equals("custom") && !validation.isEmpty()) {
                problems.add("「" + name + "」不得用校验类型 " + validation + "，请写成 pattern。");
            }
            Map<String, String> options = options(c, type, name);
            boolean routing = c.path("properties").path("routing").asText("").equals("true");
            if (routing && list != null) {
                problems.add("列表「" + list + "」行内的「" + name + "」不得标为 routing。");
            }
            if (routing && UNROUTABLE.contains(type)) {
                problems.add("「" + name + "」不得标为 routing：流程变量只放网关要读的代码。");
            }
            if (list != null && type.equals("filepicker")) {
                problems.add("列表「" + list + "」行内不得有附件「" + name + "」。");
            }
            String subtype = c.path("subtype").asText(type.equals("datetime") ? "date" : "");
            if (type.equals("datetime")
                    && !subtype.equals("date")
                    && !c.path("timeSerializingFormat").asText("").equals("no_timezone")) {
                problems.add("「" + name + "」带时间，timeSerializingFormat 须为 no_timezone。");
            }
            if (type.equals("datetime") && !Set.of("date", "time", "datetime").contains(subtype)) {
                problems.add("「" + name + "」的 subtype 须是 date、time 或 datetime。");
            }
            return new Field(
                    key,
                    type,
                    subtype,
                    name,
                    v.path("required").asBoolean(),
                    decimal(v, "min", name),
                    decimal(v, "max", name),
                    integer(v, "minLength", name),
                    integer(v, "maxLength", name),
                    pattern(v, type, name),
                    v.path("patternErrorMessage").asText(""),
                    integer(c, "decimalDigits", name),
                    c.path("readonly").asBoolean(),
                    c.path("disabled").asBoolean(),
                    routing,
                    hides,
                    options,
                    c.path("valuesKey").asText("").isEmpty()
                            ? null
                            : c.path("valuesKey").asText(),
                    List.of(),
                    null);
        }

        /** form-js takes any text that begins with = for an expression. */
        private void expression(String property, JsonNode value, String name) {
            if (value.isTextual() && value.asText().strip().startsWith("=") && !property.equals("pattern")) {
                problems.add("「" + name + "」的 " + property + " 不得是表达式。");
            }
        }

        private void checkKey(String key, String name) {
            if (!KEY.matcher(key).matches()) {
                problems.add("「" + name + "」的 key「" + key + "」须由英文字母、数字和下划线组成，以字母开头。");
            } else if (key.endsWith("Expression")) {
                problems.add("「" + name + "」的 key 不得以 Expression 结尾：这样的名称一律被拒绝。");
            }
        }

        private @Nullable Map<String, String> options(JsonNode c, String type, String name) {
            if (!CHOICE.contains(type)) {
                return null;
            }
            boolean asked = !c.path("valuesKey").asText("").isEmpty();
            if (!c.path("values").isArray()) {
                if (!asked) {
                    problems.add("「" + name + "」没有选项：须有 values 或 valuesKey。");
                }
                return null;
            }
            Map<String, String> options = new LinkedHashMap<>();
            for (JsonNode option : c.path("values")) {
                String value = option.path("value").asText("");
                if (!option.path("value").isTextual() || value.isEmpty()) {
                    problems.add("「" + name + "」有一个选项没有文字的 value。");
                } else if (options.put(value, option.path("label").asText(value)) != null) {
                    problems.add("「" + name + "」的选项 " + value + " 重复。");
                }
            }
            if (options.isEmpty() && !asked) {
                problems.add("「" + name + "」没有选项：须有 values 或 valuesKey。");
            }
            return options;
        }

        private @Nullable Pattern pattern(JsonNode v, String type, String name) {
            String pattern = v.path("pattern").asText("");
            if (pattern.isEmpty()) {
                return null;
            }
            if (type.equals("textarea")) {
                problems.add("「" + name + "」有多行，不得有 pattern：行尾在浏览器和服务器上意思不同。");
                return null;
            }
            if (DIALECT.matcher(pattern).matches()) {
                problems.add("「" + name + "」的 pattern 用了浏览器和服务器理解不同的写法：" + pattern + "。");
                return null;
            }
            try {
                return Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                problems.add("「" + name + "」的 pattern 写错了：" + pattern + "。");
                return null;
            }
        }

        private @Nullable BigDecimal decimal(JsonNode n, String key, String name) {
            String text = text(n, key);
            try {
                return text.isEmpty() ? null : new BigDecimal(text);
            } catch (NumberFormatException e) {
                problems.add("「" + name + "」的 " + key + " 须是数字。");
                return null;
            }
        }

        private @Nullable Integer integer(JsonNode n, String key, String name) {
            String text = text(n, key);
            try {
                return text.isEmpty() ? null : Integer.valueOf(text);
            } catch (NumberFormatException e) {
                problems.add("「" + name + "」的 " + key + " 须是整数。");
                return null;
            }
        }

        private static String text(JsonNode n, String key) {
            return n.hasNonNull(key) ? n.path(key).asText("") : "";
        }

        private static String name(JsonNode c) {
            for (String property : List.of("label", "dateLabel", "timeLabel", "key", "path", "id", "type")) {
                String text = c.path(property).asText("");
                if (!text.isEmpty()) {
                    return text;
                }
            }
            return "?";
        }

        private @Nullable Hide condition(String expression, String name) {
            String text = expression.strip();
            if (!text.startsWith("=")) {
                problems.add("「" + name + "」的隐藏条件须以 = 开头：" + expression + "。");
                return null;
            }
            List<Test> tests = new ArrayList<>();
            Boolean all = null;
            Matcher m = TEST.matcher(text).region(1, text.length());
            while (true) {
                if (!m.lookingAt()) {
                    problems.add("「" + name + "」的隐藏条件只能是“字段 = 常量”或“字段 != 常量”，用 and 或 or 连接：" + expression + "。");
                    return null;
                }
                tests.add(new Test(m.group(1), m.group(2).equals("="), literal(m.group(3))));
                int at = m.end();
                if (at == text.length()) {
                    return new Hide(all == null || all, List.copyOf(tests));
                }
                boolean and = text.startsWith("and ", at);
                boolean or = text.startsWith("or ", at);
                if (!and && !or || all != null && all != and) {
                    problems.add("「" + name + "」的隐藏条件不得混用 and 和 or：" + expression + "。");
                    return null;
                }
                all = and;
                m.region(at + (and ? 4 : 3), text.length());
            }
        }

        private static @Nullable Object literal(String text) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                case "null" -> null;
                default -> text.startsWith("\"") ? text.substring(1, text.length() - 1) : new BigDecimal(text);
            };
        }

        /** What only the whole form can tell: double keys, and conditions on fields that may themselves be hidden. */
        void cross(List<Field> fields) {
            Map<String, Field> byKey = unique(fields, "");
            for (Field list : fields) {
                if (list.isList()) {
                    unique(list.rows(), "列表「" + list.label() + "」里");
                }
            }
            for (Field field : fields) {
                for (Hide hide : field.hides()) {
                    for (Test test : hide.tests()) {
                        cross(field, test, byKey);
                    }
                }
            }
        }

        private Map<String, Field> unique(List<Field> fields, String where) {
            Map<String, Field> byKey = new HashMap<>();
            for (Field field : fields) {
                if (byKey.put(field.key(), field) != null) {
                    problems.add(where + "字段「" + field.key() + "」重复。");
                }
            }
            return byKey;
        }

        /**
         * form-js asks the condition of data that still hold the old value of a field hidden meanwhile. A name that is no field is
         * a fact shown by the provider, which the person cannot change.
         */
        private void cross(Field field, Test test, Map<String, Field> byKey) {
            Field asked = byKey.get(test.field());
            if (asked == null) {
                return;
            }
            if (!asked.hides().isEmpty()) {
                problems.add("「" + field.label() + "」的隐藏条件引用了可能被隐藏的字段「" + asked.label() + "」。");
            }
            if (!ASKABLE.contains(asked.type())) {
                problems.add("「" + field.label() + "」的隐藏条件不能引用「" + asked.label() + "」：它不是单个值。");
            }
            Object literal = test.literal();
            boolean fits = literal == null
                    || switch (asked.type()) {
                        case "number" -> literal instanceof BigDecimal;
                        case "checkbox" -> literal instanceof Boolean;
                        default -> literal instanceof String;
                    };
            if (!fits) {
                problems.add("「" + field.label() + "」的隐藏条件把「" + asked.label() + "」同另一种类型的常量比较。");
            }
        }
    }
}
