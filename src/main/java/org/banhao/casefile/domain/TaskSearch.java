package org.banhao.casefile.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.banhao.base.Refusal;

/**
 * What Tasklist asks of a list: sorting by a white list, and the search fields that its search bar offers. Other conditions
 * are refused instead of ignored: a list that silently shows too much would be believed.
 *
 * @param condition SQL after the filter's own, with named parameters only; empty or beginning with {@code and}
 */
record TaskSearch(String sortBy, boolean ascending, String condition, Map<String, Object> parameters) {
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_CONDITIONS = 20;

    /** One letter alone would find nearly everything. */
    private static final Pattern LETTERS = Pattern.compile("[a-z]{2,}");

    private static final Map<String, String> SORTS = Map.of(
            "created", "created",
            "dueDate", "due",
            "priority", "priority",
            "nameCaseInsensitive", "lower(name)",
            "name", "name",
            "assignee", "assignee",
            "id", "task_id");
    private static final Set<String> COLUMNS = Set.of("number", "title", "unit");

    /** Switches of the search bar that change nothing here: text is always compared without case. */
    private static final Set<String> HARMLESS =
            Set.of("variableNamesIgnoreCase", "variableValuesIgnoreCase", "active", "firstResult", "maxResults");

    /** @throws Refusal a condition that is not offered, or no query at all */
    static TaskSearch of(String queryJson, ObjectMapper json) {
        JsonNode query;
        try {
            query = queryJson.isBlank() ? json.createObjectNode() : json.readTree(queryJson);
        } catch (JsonProcessingException e) {
            throw unreadable();
        }
        if (!query.isObject()) throw unreadable();
        Builder builder = new Builder();
        StringBuilder condition = new StringBuilder();
        for (String part : builder.conditions(query)) condition.append(" and ").append(part);
        for (JsonNode or : query.path("orQueries")) {
            List<String> parts = builder.conditions(or);
            if (!parts.isEmpty())
                condition.append(" and (").append(String.join(" or ", parts)).append(")");
        }
        String by = "due";
        boolean ascending = true;
        for (JsonNode sort : query.path("sorting")) {
            String column = SORTS.get(sort.path("sortBy").asText());
            String variable = sort.path("parameters").path("variable").asText();
            if (column == null && COLUMNS.contains(variable)) column = variable;
            if (column == null) continue;
            by = column;
            ascending = sort.path("sortOrder").asText().equals("asc");
            break;
        }
        return new TaskSearch(by, ascending, condition.toString(), builder.parameters);
    }

    private static Refusal unreadable() {
        return new Refusal("检索条件无法识别，请刷新页面后重试。");
    }

    private static final class Builder {
        final Map<String, Object> parameters = new HashMap<>();

        List<String> conditions(JsonNode query) {
            List<String> parts = new ArrayList<>();
            query.fields().forEachRemaining(field -> {
                String name = field.getKey();
                JsonNode value = field.getValue();
                boolean says = !(value.isNull()
                        || value.isArray() && value.isEmpty()
                        || value.isBoolean() && !value.asBoolean()
                        || HARMLESS.contains(name));
                if (!says) return;
                switch (name) {
                    case "sorting", "orQueries" -> {}
                    // one box finds it all: the step's name, the title, the unit, TA-2026-000123
                    case "nameLike", "name" -> {
                        String text = like(value.asText());
                        parts.add("(lower(name) like " + text + " or lower(title) like " + text
                                + " or lower(number) like " + text
                                + " or exists (select 1 from casefile_listed_unit u where u.number = casefile_open_step.number"
                                + " and lower(u.unit_name) like " + text + ")"
                                + byLetters(value.asText()) + ")");
                    }
                    case "processVariables" ->
                        value.forEach(v -> {
                            String column = v.path("name").asText();
                            if (!COLUMNS.contains(column)) throw notOffered();
                            String wanted = v.path("value").asText();
                            parts.add(
                                    switch (v.path("operator").asText("like")) {
                                        case "like" -> "lower(" + column + ") like " + like(wanted);
                                        case "eq" -> "lower(" + column + ") = lower(" + parameter(wanted) + ")";
                                        case "neq" -> "lower(" + column + ") <> lower(" + parameter(wanted) + ")";
                                        default -> throw notOffered();
                                    });
                        });
                    default -> throw notOffered();
                }
            });
            return parts;
        }

        /** Latin letters are also those of the title, the unit or the proposer: zxx finds 关于中小学…. */
        private String byLetters(String text) {
            String asked = text.replace("%", "").strip().toLowerCase(Locale.ROOT);
            if (!LETTERS.matcher(asked).matches()) return "";
            return " or exists (select 1 from casefile_listed_words w where w.number = casefile_open_step.number and w.words like "
                    + parameter("%" + asked + "%") + ")";
        }

        private String like(String text) {
            // a backslash escapes in both databases and must not stand at the end
            String escaped = text.replace("\\", "\\\\");
            return "lower(" + parameter(escaped.contains("%") ? escaped : "%" + escaped + "%") + ")";
        }

        private String parameter(String text) {
            if (text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
                throw new Refusal("检索词超过" + LONGEST_TEXT + "字，请缩短后重试。");
            }
            if (parameters.size() >= MOST_CONDITIONS) throw new Refusal("检索条件过多，请减少后重试。");
            String name = "q" + parameters.size();
            parameters.put(name, text);
            return ":" + name;
        }

        private static Refusal notOffered() {
            return new Refusal("不能按这个条件检索，可按事项名称、案件编号、标题和单位检索。");
        }
    }
}
