package org.banhao.gates;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules on texts of the project. Each returns what breaks it, one sentence a line, empty when all is well. */
final class SourceRules {

    /** Characters, and the marks around what is computed: 「…」。 */
    private static final Pattern CHINESE = Pattern.compile("[\\u3000-\\u303f\\u4e00-\\u9fff]");

    private static final Pattern SQL =
            Pattern.compile("^\\s*(select|insert|update|delete|merge|with)\\s", Pattern.CASE_INSENSITIVE);
    private static final Pattern TABLE = Pattern.compile(
            "(?<!distinct\\s)(?<!for\\s)\\b(?:from|join|into|update|using)\\s+(?:only\\s+)?([a-z_][a-z0-9_.]*)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMED_QUERY = Pattern.compile(
            "(?:\\bwith\\s+(?:recursive\\s+)?|,\\s*)([a-z_][a-z0-9_]*)\\s*(?:\\([^()]*\\)\\s*)?as\\s*\\(",
            Pattern.CASE_INSENSITIVE);
    /** What may follow from, into, update and is no table. */
    private static final Set<String> NO_TABLE = Set.of(
            "set",
            "select",
            "lateral",
            "values",
            "unnest",
            "nothing",
            "of",
            "skip",
            "nowait",
            "generate_series",
            // catalogue of PostgreSQL: which partitions there are
            "pg_class",
            "pg_inherits");

    private static final Pattern MIGRATION = Pattern.compile("^V(\\d{2})\\d{2}__\\w+\\.sql$");
    private static final Pattern DDL = Pattern.compile(
            "\\b(?:create\\s+(?:global\\s+temporary\\s+)?table(?:\\s+if\\s+not\\s+exists)?|alter\\s+table(?:\\s+if\\s+exists)?"
                    + "|drop\\s+table(?:\\s+if\\s+exists)?|create\\s+(?:or\\s+replace\\s+)?view|create\\s+sequence"
                    + "|references|insert\\s+into|delete\\s+from|truncate\\s+table|update"
                    + "|create\\s+(?:unique\\s+)?index\\s+(?:if\\s+not\\s+exists\\s+)?\\w+\\s+on)\\s+([a-z_][a-z0-9_]*)",
            Pattern.CASE_INSENSITIVE);

    /** Number range of migrations → prefix of its tables. */
    static final Map<String, String> RANGES = new TreeMap<>(Map.of(
            "10", "people_",
            "11", "flow_",
            "12", "calendar_",
            "13", "document_",
            "14", "casefile_",
            "15", "notice_",
            "16", "proposal_",
            "17", "base_",
            "18", "monitoring_",
            "19", "paper_"));

    private SourceRules() {}

    /** @param file such as {@code org/banhao/people/domain/Accounts.java} */
    static List<String> foreignTables(String file, String source) {
        String module = file.replaceFirst("^org/banhao/", "").replaceFirst("/.*$", "");
        List<String> found = new ArrayList<>();
        JavaText java = JavaText.of(source);
        for (JavaText.Literal literal : java.joined()) {
            String sql = literal.text().replaceAll("--[^\n]*", " ");
            if (!SQL.matcher(sql).find()) continue;
            Set<String> named = new HashSet<>();
            Matcher queries = NAMED_QUERY.matcher(sql);
            while (queries.find()) named.add(queries.group(1).toLowerCase(Locale.ROOT));
            Matcher tables = TABLE.matcher(withoutTexts(sql));
            while (tables.find()) {
                String table = tables.group(1).toLowerCase(Locale.ROOT);
                if (named.contains(table) || NO_TABLE.contains(table) || insideFunction(sql, tables.start())) continue;
                if (table.startsWith(module + "_") || (module.equals("flow") && table.startsWith("act_"))) continue;
                found.add(file + ":" + java.line(literal.start()) + ": " + module + " names the table " + table);
            }
        }
        return found;
    }

    /** extract(year from x), trim(both ' ' from x), substring(x from 1): from names no table. */
    private static boolean insideFunction(String sql, int from) {
        String before = sql.substring(0, from).toLowerCase(Locale.ROOT);
        int open = before.lastIndexOf('(');
        if (open < 0 || before.indexOf(')', open) >= 0) return false;
        return Pattern.compile("(extract|trim|substring|overlay)\\s*$")
                .matcher(before.substring(0, open))
                .find();
    }

    private static String withoutTexts(String sql) {
        Matcher texts = Pattern.compile("'[^']*'").matcher(sql);
        return texts.replaceAll(match -> "'" + " ".repeat(match.group().length() - 2) + "'");
    }

    /** @param name file name of a migration; the engine's own and Java migrations are none of our numbers */
    static List<String> foreignMigration(String name, String sql) {
        Matcher number = MIGRATION.matcher(name);
        if (!number.matches())
            return List.of(name + ": a migration is named V<module><number>__<words>.sql, such as V1401__casefile.sql");
        String prefix = RANGES.get(number.group(1));
        if (prefix == null) return List.of(name + ": no module has the numbers V" + number.group(1) + "nn");
        List<String> found = new ArrayList<>();
        String plain = withoutTexts(sql.replaceAll("--[^\n]*", " ").replaceAll("(?s)/\\*.*?\\*/", " "));
        // on update …, for update, before update or delete on …: no table follows
        plain = plain.replaceAll("(?i)\\b(on|for|before|after|or)\\s+(update|delete)\\b", " ");
        Matcher tables = DDL.matcher(plain);
        while (tables.find()) {
            String table = tables.group(1).toLowerCase(Locale.ROOT);
            // flow configures the engine: an index it lacks is flow's to add, a table of the engine is not
            boolean engineIndex = prefix.equals("flow_")
                    && table.startsWith("act_")
                    && tables.group().toLowerCase(Locale.ROOT).contains("index");
            if (!table.startsWith(prefix) && !engineIndex)
                found.add(name + ": " + table + " does not begin with " + prefix);
        }
        return found;
    }

    /** Every sentence of a refusal is Chinese and ends. What is computed elsewhere is not seen here. */
    static List<String> refusals(String file, String source) {
        List<String> found = new ArrayList<>();
        JavaText java = JavaText.of(source);
        Matcher calls = Pattern.compile("new\\s+Refusal\\s*\\(").matcher(java.code());
        while (calls.find()) {
            int close = closing(java.code(), calls.end());
            int sentence = lastArgument(java.code(), calls.end(), close);
            List<JavaText.Literal> texts = java.literals().stream()
                    .filter(literal -> literal.start() >= sentence && literal.end() <= close)
                    .toList();
            if (texts.isEmpty()) continue;
            String text =
                    String.join("", texts.stream().map(JavaText.Literal::text).toList());
            String where = file + ":" + java.line(calls.start()) + ": ";
            if (!CHINESE.matcher(text).find()) {
                found.add(where + "a refusal is said in Chinese: " + text);
                continue;
            }
            JavaText.Literal last = texts.get(texts.size() - 1);
            boolean endsInText = java.code().substring(last.end(), close).isBlank();
            if (endsInText && !last.text().matches("(?s).*[。？！”]$")) {
                found.add(where + "a refusal is a sentence and ends with 。: " + text);
            }
        }
        return found;
    }

    /**
     * Words of the engine that staff do not know.
     *
     * @param texts what people read of a file, by its line
     * @param allowed where a word is right after all: parts of texts, as written
     */
    static List<String> engineWords(
            String file, Map<Integer, String> texts, Map<String, String> avoid, Collection<String> allowed) {
        List<String> found = new ArrayList<>();
        texts.forEach((line, text) -> {
            String rest = text;
            for (String right : allowed) rest = rest.replace(right, "");
            for (Map.Entry<String, String> word : avoid.entrySet())
                if (rest.contains(word.getKey()))
                    found.add(file + ":" + line + ": 「" + word.getKey() + "」, staff say " + word.getValue() + ": "
                            + text.strip());
        });
        return found;
    }

    /** The Chinese texts of a Java source by line. */
    static Map<Integer, String> chinese(String source) {
        JavaText java = JavaText.of(source);
        Map<Integer, String> texts = new TreeMap<>();
        for (JavaText.Literal literal : java.literals())
            if (CHINESE.matcher(literal.text()).find())
                texts.merge(java.line(literal.start()), literal.text(), (one, other) -> one + " " + other);
        return texts;
    }

    private static final Pattern MARKUP_SINK = Pattern.compile(
            "\\bth:utext\\b|\\[\\(|\\.(?:inner|outer)HTML\\b|\\binsertAdjacentHTML\\b|\\bdocument\\.write\\b"
                    + "|\\bcreateContextualFragment\\b|\\bdangerouslySetInnerHTML\\b|\\bparseFromString\\b|\\btrustAsHtml\\b|\\bng-bind-html\\b");

    /** Places where a text would become markup: a person's words must never pass them. Comments of scripts do not count. */
    static List<String> markupSinks(String file, String text) {
        List<String> found = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            String code = file.endsWith("js") ? lines.get(at).replaceFirst("(^|\\s)//.*", "") : lines.get(at);
            Matcher sinks = MARKUP_SINK.matcher(code);
            while (sinks.find())
                // plain texts have no markup: there it is the only way to write a value
                if (!sinks.group().equals("[(") || file.endsWith(".html"))
                    found.add(file + ":" + (at + 1) + ": " + sinks.group());
        }
        return found;
    }

    private static int closing(String code, int from) {
        int depth = 1;
        for (int at = from; at < code.length(); at++) {
            char c = code.charAt(at);
            if (c == '(') depth++;
            if (c == ')' && --depth == 0) return at;
        }
        return code.length();
    }

    private static int lastArgument(String code, int from, int to) {
        int depth = 0;
        int start = from;
        for (int at = from; at < to; at++) {
            char c = code.charAt(at);
            if (c == '(' || c == '{' || c == '[') depth++;
            else if (c == ')' || c == '}' || c == ']') depth--;
            else if (c == ',' && depth == 0) start = at + 1;
        }
        return start;
    }

    /** A package without the annotation is not checked for nulls at all. */
    static List<String> unmarkedPackage(String packageName, String packageInfo) {
        return packageInfo.contains("@NullMarked") && packageInfo.startsWith("/**")
                ? List.of()
                : List.of(packageName + ": package-info.java says in one line what it is for and carries @NullMarked");
    }
}
