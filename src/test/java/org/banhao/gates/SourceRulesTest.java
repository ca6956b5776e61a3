package org.banhao.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The project's texts, and the rules' own proof that they can fail. */
class SourceRulesTest {

    private static final Path MAIN = Path.of("src/main/java");

    @Test
    void sqlOfAModuleNamesOnlyItsOwnTables() {
        assertThat(inAllSources(SourceRules::foreignTables)).isEmpty();
    }

    @Test
    void migrationsTouchOnlyTheTablesOfTheirNumbers() {
        List<String> found = new ArrayList<>();
        for (Path file : files(Path.of("src/main/resources/db"), ".sql")) {
            found.addAll(SourceRules.foreignMigration(file.getFileName().toString(), read(file)));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void numbersOfMigrationsAreGivenOnceForEachDatabase() {
        List<String> found = new ArrayList<>();
        for (String vendor : List.of("h2", "postgresql")) {
            Set<String> numbers = new TreeSet<>();
            for (String folder : List.of("common", vendor)) {
                for (Path file : files(Path.of("src/main/resources/db", folder), ".sql")) {
                    String number = file.getFileName().toString().replaceFirst("__.*", "");
                    if (!numbers.add(number)) found.add(vendor + ": " + number + " stands twice");
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void refusalsAreChineseSentences() {
        assertThat(inAllSources(SourceRules::refusals)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsCheckedForNulls() {
        List<String> found = new ArrayList<>();
        Set<Path> packages = new TreeSet<>();
        for (Path file : files(MAIN, ".java")) packages.add(file.getParent());
        for (Path folder : packages) {
            Path info = folder.resolve("package-info.java");
            found.addAll(SourceRules.unmarkedPackage(
                    MAIN.relativize(folder).toString(), Files.exists(info) ? read(info) : ""));
        }
        assertThat(found).isEmpty();
    }

    /** The list of the lint is the one that administrators' tools can read too; the annotation is what the engine obeys. */
    @Test
    void beansThatModelsMayCallAreThoseOfTheLint() throws IOException {
        Set<String> annotated = new TreeSet<>();
        Pattern annotation = Pattern.compile("@ModelBean\\(\\s*(?:value\\s*=\\s*)?\"(\\w+)\"");
        for (Path file : files(MAIN, ".java")) {
            JavaText java = JavaText.of(read(file));
            Matcher beans = annotation.matcher(java.source());
            while (beans.find()) if (java.code().charAt(beans.start()) == '@') annotated.add(beans.group(1));
        }
        JsonNode list = new ObjectMapper()
                .readTree(Path.of("web/lint/allowed-beans.json").toFile());
        Set<String> allowed = new TreeSet<>();
        for (String key : List.of("beans", "delegates")) {
            StreamSupport.stream(list.path(key).spliterator(), false).forEach(bean -> allowed.add(bean.asText()));
        }
        assertThat(allowed).isEqualTo(annotated);
    }

    private static final Path RESOURCES = Path.of("src/main/resources");

    private record Right(String text, String file) {}

    private static Map<String, String> avoid() {
        return new ObjectMapper()
                .convertValue(wordList().path("avoid"), new TypeReference<LinkedHashMap<String, String>>() {});
    }

    private static List<Right> right() {
        return StreamSupport.stream(wordList().path("allowed").spliterator(), false)
                .map(one ->
                        new Right(one.path("text").asText(), one.path("file").asText()))
                .toList();
    }

    /** The list of the lint, which looks at forms and models. */
    private static JsonNode wordList() {
        try {
            return new ObjectMapper().readTree(Path.of("web/lint/words.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything else that people read: what Java says, pages, mails, scripts, Tasklist's texts. */
    private static Map<Path, Map<Integer, String>> whatPeopleRead() {
        Map<Path, Map<Integer, String>> read = new LinkedHashMap<>();
        for (Path file : files(MAIN, ".java")) read.put(file, SourceRules.chinese(read(file)));
        for (String end : List.of(".html", ".txt", ".sms", ".js", "zh.json"))
            for (Path file : files(RESOURCES, end)) {
                Map<Integer, String> lines = new LinkedHashMap<>();
                read(file).lines().forEach(line -> lines.put(lines.size() + 1, line));
                read.put(file, lines);
            }
        return read;
    }

    @Test
    void staffAreNotSpokenToInWordsOfTheEngine() {
        List<String> found = new ArrayList<>();
        whatPeopleRead()
                .forEach((file, texts) -> found.addAll(SourceRules.engineWords(
                        slashes(file),
                        texts,
                        avoid(),
                        right().stream()
                                .filter(one -> one.file().equals(slashes(file)))
                                .map(Right::text)
                                .toList())));
        assertThat(found).isEmpty();
    }

    @Test
    void aWordThatIsAllowedSomewhereStillStandsThere() {
        for (Right one : right()) assertThat(read(Path.of(one.file()))).contains(one.text());
    }

    /** Made of our own page, fetched from ourselves, whose texts Thymeleaf has escaped. */
    private static final Set<String> OWN_MARKUP = Set.of("tasklist/plugins/dossier.js parseFromString");

    @Test
    void noTextBecomesMarkup() {
        List<String> found = new ArrayList<>();
        for (String end : List.of(".html", ".txt", ".sms", ".js"))
            for (Path file : files(RESOURCES, end)) found.addAll(SourceRules.markupSinks(slashes(file), read(file)));
        for (Path file : files(Path.of("web/form"), ".mjs"))
            found.addAll(SourceRules.markupSinks(slashes(file), read(file)));
        found.removeIf(one -> OWN_MARKUP.stream()
                .anyMatch(own -> one.matches(".*/" + own.split(" ")[0] + ":\\d+: \\.?" + own.split(" ")[1])));
        assertThat(found).isEmpty();
    }

    private static String slashes(Path file) {
        return file.toString().replace('\\', '/');
    }

    @Nested
    class TheRulesCanFail {

        private List<String> words(String source) {
            return SourceRules.engineWords("A.java", SourceRules.chinese(source), Map.of("任务", "待办"), List.of("脚本任务"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "class A { String s = \"请先签收此任务。\"; }",
                    "class A { String s = \"脚本任务\" + \"任务\"; }",
                    "class A { String s = \"\"\"\n 请先签收\n 此任务。\n \"\"\"; }"
                })
        void aWordOfTheEngine(String source) {
            assertThat(words(source)).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "class A { String s = \"请先签收这件待办。\"; }",
                    "class A { /* 任务 */ String s = \"这是脚本任务。\"; // 任务\n }"
                })
        void butNotInACommentAndNotWhereItIsAllowed(String source) {
            assertThat(words(source)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        page.html | <p th:utext="${title}">
                        page.html | <p>[(${title})]</p>
                        page.js   | box.innerHTML = title;
                        page.js   | box.insertAdjacentHTML('beforeend', title);
                        form.mjs  | <div dangerouslySetInnerHTML={{ __html: title }} />
                        """)
        void aTextThatBecomesMarkup(String file, String text) {
            assertThat(SourceRules.markupSinks(file, text)).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        page.html | <p th:text="${title}">[[${title}]]</p>
                        mail.txt  | [(${title})]
                        page.js   | box.textContent = title; // never innerHTML
                        """)
        void aTextThatStaysTextPasses(String file, String text) {
            assertThat(SourceRules.markupSinks(file, text)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "class A { String s = \"select a from people_person\"; }",
                    "class A { String s = \"select a from casefile_case c join people_person p on true\"; }",
                    "class A { String s = \"update people_person set a = 1\"; }",
                    "class A { String s = \"insert into \" + \"people_person (a) values (1)\"; }",
                    "class A { String s = \"\"\"\n select a\n from people_person\n \"\"\"; }",
                    "class A { String s = \"delete from act_ru_task\"; }",
                    "class A { String s = \"with c as (select 1 from people_person) select * from c\"; }"
                })
        void aTableOfAnotherModule(String source) {
            assertThat(SourceRules.foreignTables("org/banhao/casefile/domain/A.java", source))
                    .hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "class A { String s = \"select a from casefile_case where day is distinct from other\"; }",
                    "class A { String s = \"select extract(year from opened) from casefile_case for update\"; }",
                    "class A { String s = \"select a from casefile_case for update skip locked\"; }",
                    "class A { String s = \"with open as (select 1 from casefile_open_step) select * from open\"; }",
                    "class A { /* select a from people_person */ String s = \"delete from casefile_link\"; }",
                    "class A { String s = \"从 people_person\"; }",
                    "class A { String s = \"select a from casefile_case where x = 'moved from people_person'\"; }",
                    "class A { String s = \"select a from (select b from casefile_case) c\"; }"
                })
        void butNotItsOwnAndNotOtherWords(String source) {
            assertThat(SourceRules.foreignTables("org/banhao/casefile/domain/A.java", source))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "create table people_x (id bigint)",
                    "create table casefile_a (id bigint references people_person)",
                    "create unique index a on people_person (id)",
                    "alter table people_person add a int",
                    "insert into people_person values (1)"
                })
        void aMigrationThatTouchesAnotherModule(String sql) {
            assertThat(SourceRules.foreignMigration("V1401__casefile.sql", sql)).hasSize(1);
        }

        @Test
        void aMigrationOfItsOwnTablesPasses() {
            assertThat(SourceRules.foreignMigration("V1401__casefile.sql", """
                            -- create table people_x
                            create table casefile_a (id bigint, b bigint references casefile_b on delete cascade);
                            create index casefile_a_by_b on casefile_a (b);
                            create trigger t before update or delete on casefile_a for each row execute function f();
                            """)).isEmpty();
        }

        @Test
        void flowMayAddAnIndexToTheEngineButNoTable() {
            String index = "create index flow_task_parent on ACT_RU_TASK (PARENT_TASK_ID_);";
            assertThat(SourceRules.foreignMigration("V1102__x.sql", index)).isEmpty();
            assertThat(SourceRules.foreignMigration("V1402__x.sql", index)).hasSize(1);
            assertThat(SourceRules.foreignMigration("V1102__x.sql", "alter table ACT_RU_TASK add x int;"))
                    .hasSize(1);
        }

        @Test
        void aMigrationWithoutANumberOfAModule() {
            assertThat(SourceRules.foreignMigration("V9901__x.sql", "")).hasSize(1);
            assertThat(SourceRules.foreignMigration("V14__x.sql", "")).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "class A { void a() { throw new Refusal(\"unit\", \"The unit is missing.\"); } }",
                    "class A { void a() { throw new Refusal(\"没有这个案件\"); } }",
                    "class A { void a() { throw new Refusal(\"unit\", b() + \"请重新选择\"); } }"
                })
        void aRefusalThatIsNoChineseSentence(String source) {
            assertThat(SourceRules.refusals("A.java", source)).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "class A { void a() { throw new Refusal(\"unit\", \"请选择承办单位。\"); } }",
                    "class A { void a() { throw new Refusal(\"unit\", \"「\" + f(1, \"x\") + \"」必须填写。\"); } }",
                    "class A { void a() { throw new Refusal(sentence(\"中文。\", 1)); } }",
                    "class A { void a() { throw new Refusal(field, sentence); } }"
                })
        void aRefusalThatIsOnePasses(String source) {
            assertThat(SourceRules.refusals("A.java", source)).isEmpty();
        }

        @Test
        void aPackageThatIsNotMarked() {
            assertThat(SourceRules.unmarkedPackage("a", "")).hasSize(1);
            assertThat(SourceRules.unmarkedPackage("a", "/** A. */\npackage a;"))
                    .hasSize(1);
            assertThat(SourceRules.unmarkedPackage("a", "/** A. */\n@NullMarked\npackage a;"))
                    .isEmpty();
        }
    }

    private static List<String> inAllSources(BiFunction<String, String, List<String>> rule) {
        List<String> found = new ArrayList<>();
        for (Path file : files(MAIN, ".java")) {
            found.addAll(rule.apply(MAIN.relativize(file).toString().replace('\\', '/'), read(file)));
        }
        return found;
    }

    private static List<Path> files(Path folder, String end) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
