package org.banhao.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * The lint of models, decisions and forms finds each mistake of src/test/models/bad by the rule that is meant and by no
 * other, and lets its neighbour pass. Runs web/lint/cases.mjs once.
 */
@DisabledIfSystemProperty(named = "skip.web", matches = "true", disabledReason = "built without Node.js")
class ModelLintTest {

    private static final List<JsonNode> RESULTS = new ArrayList<>();

    @BeforeAll
    static void runAllCases() throws IOException, InterruptedException {
        Path output = Files.createDirectories(Path.of("target")).resolve("lint-cases.txt");
        Process node = new ProcessBuilder("node", "web/lint/cases.mjs", "src/test/models")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = node.waitFor();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(status)
                .as("web/lint/cases.mjs (after npm ci in web): %s", said)
                .isZero();
        ObjectMapper json = new ObjectMapper();
        for (String line : said.lines().toList()) RESULTS.add(json.readTree(line));
    }

    @TestFactory
    Stream<DynamicTest> findsWhatIsWrongAndNothingElse() {
        return RESULTS.stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.path("name").asText(),
                        () -> assertThat(result.path("problems")).isEmpty()));
    }

    @Test
    void everyRuleOfOursHasACase() throws IOException {
        TreeSet<String> tried = new TreeSet<>();
        RESULTS.forEach(result -> tried.add(result.path("rule").asText()));
        TreeSet<String> rules = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("web/bpmnlint-plugin-banhao/rules"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".js"))
                    .forEach(name -> rules.add("banhao/" + name.replace(".js", "")));
        }
        assertThat(rules).hasSizeGreaterThan(10);
        // the rules of decisions, of forms and of their bundle are words in the code of the lint
        for (String source : List.of("decisions", "forms", "bundle")) {
            String code = Files.readString(Path.of("web/lint", source + ".mjs"));
            TreeSet<String> named = named(code);
            assertThat(named).as(source).hasSizeGreaterThan(4);
            rules.addAll(named);
        }
        assertThat(tried).containsAll(rules);
    }

    /** Every finding names its rule as a word; decisions leave out what all of theirs begin with. */
    private static TreeSet<String> named(String code) {
        TreeSet<String> named = new TreeSet<>();
        Matcher finding = Pattern.compile("\\bfind\\([^']*'([^']+)'").matcher(code);
        while (finding.find()) {
            String rule = finding.group(1);
            assertThat(rule).as(finding.group()).matches("[a-z]+(-[a-z]+)*|(form|bundle)/[a-z-]+");
            named.add(rule.contains("/") ? rule : "dmn/" + rule);
        }
        return named;
    }
}
