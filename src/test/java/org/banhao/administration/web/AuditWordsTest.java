package org.banhao.administration.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the audit administrator reads is Chinese, and no spreadsheet takes it for a formula. */
class AuditWordsTest {

    private static final Pattern CALL = Pattern.compile("\\brecord\\((.*?);", Pattern.DOTALL);
    private static final Pattern ACTION = Pattern.compile("\"([a-z]+\\.[a-z][A-Za-z]+)\"");

    @Test
    void everyActionThatIsRecordedHasWords() throws IOException {
        assertThat(recorded())
                .hasSizeGreaterThan(60)
                .isSubsetOf(AuditWords.actions().keySet());
    }

    @Test
    void wordsAreChineseAndDiffer() {
        assertThat(AuditWords.actions().values()).allMatch(w -> w.matches("[\\u4e00-\\u9fff]+"));
        assertThat(AuditWords.actions().values()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "登录|\"登录\"",
                "a \"b\"|\"a \"\"b\"\"\"",
                "=1+1|\"'=1+1\"",
                "@sum|\"'@sum\"",
                "-2|\"-2\"",
                "-2+1|\"'-2+1\"",
                "＝1|\"'＝1\""
            })
    void cellsAreQuotedAndFormulasDisarmed(String value, String cell) {
        assertThat(org.banhao.base.Csv.cell(value)).isEqualTo(cell);
    }

    @Test
    void codesInADetailAreSaidInWordsAndWhatIsNoCodeStays() {
        Map<String, String> names = Map.of(
                "education-bureau.liaison", "市教育局·联络员", "proposalReview/userTask_firstReview", "初审提案", "li", "误");
        assertThat(AuditWords.said("casefile.party", "handlingUnit education-bureau.liaison", names::get))
                .isEqualTo("承办单位 市教育局·联络员");
        assertThat(AuditWords.said("casefile.party", "proposalReview/userTask_firstReview，决定：主席会议", names::get))
                .isEqualTo("初审提案，决定：主席会议");
        assertThat(AuditWords.said("casefile.party", "li@demo.example li-ming li.pdf 3f0cli", names::get))
                .as("parts of a longer word")
                .isEqualTo("li@demo.example li-ming li.pdf 3f0cli");
    }

    @Test
    void oneCodeMeansAnotherThingInAnotherAction() {
        assertThat(AuditWords.said("notice.list", "dead", code -> null)).isEqualTo("多次失败");
        assertThat(AuditWords.said("casefile.reconcile", "dead", code -> null)).isEqualTo("待办多余");
    }

    private static Set<String> recorded() throws IOException {
        Set<String> actions = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher calls = CALL.matcher(text(file));
                while (calls.find()) {
                    Matcher action = ACTION.matcher(calls.group(1));
                    while (action.find()) actions.add(action.group(1));
                }
            }
        }
        return actions;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
