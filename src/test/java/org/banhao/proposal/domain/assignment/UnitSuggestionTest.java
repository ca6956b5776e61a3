package org.banhao.proposal.domain.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The decision and its words, on real titles: does the unit that got the proposal stand among the first three? */
class UnitSuggestionTest {

    private static final Map<String, String> CATEGORIES = Map.of(
            "经济建设", "economy",
            "政治建设", "politics",
            "文化建设", "culture",
            "社会建设", "society",
            "生态文明建设", "ecology");

    private final KeywordClasses classes = new KeywordClasses();
    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private final DmnDecision decision = decision();

    private DmnDecision decision() {
        try (InputStream in = open("/dmn/proposal/unitSuggestion.dmn")) {
            return engine.parseDecision("unitSuggestion", in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(UnitSuggestionTest.class.getResourceAsStream(file), file);
    }

    private static List<String[]> rows(String file) throws IOException {
        try (InputStream in = open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }

    private Map<String, Object> said(@Nullable String keywordClass, @Nullable String category, @Nullable String wish) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("keywordClass", keywordClass);
        asked.put("category", category);
        asked.put("proposerWish", wish);
        DmnDecisionTableResult result = engine.evaluateDecisionTable(decision, asked);
        return result.isEmpty() ? Map.of() : result.getSingleResult();
    }

    private static List<Object> units(Map<String, Object> said) {
        return Stream.of("leadUnit", "coUnit1", "coUnit2")
                .map(said::get)
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void theFirstThreeHoldTheRightUnitForEveryTitleWithAUnitThisCityHasToo() throws IOException {
        List<String> missed = new ArrayList<>();
        int mapped = 0;
        for (String[] row : rows("/proposal/units-of-titles.tsv")) {
            if (row[3].isEmpty()) {
                assertThat(row[4]).as("why %s has no unit here", row[0]).isNotEmpty();
                continue;
            }
            mapped++;
            List<Object> units = units(said(classes.of(row[0], List.of()), CATEGORIES.get(row[1]), null));
            if (!units.contains(row[3])) {
                missed.add(row[0] + " → " + units + ", not " + row[3]);
            }
        }
        assertThat(mapped).isEqualTo(32);
        assertThat(missed).isEmpty();
    }

    /** The last part of the titles: what the conference of this city was asked in 2025. */
    @Test
    void everyTitleOfThisCityFindsAClass() throws IOException {
        List<String> lost = rows("/proposal/titles.tsv").stream()
                .map(row -> row[0])
                .dropWhile(title -> !title.equals("关于大力发展高端精细煤化工产业的提案"))
                .filter(title -> classes.of(title, List.of()) == null)
                .toList();
        assertThat(lost).isEmpty();
    }

    @Test
    void everyRuleBelongsToAClassAndEveryClassHasARule() throws IOException {
        DmnModelInstance model;
        try (InputStream in = open("/dmn/proposal/unitSuggestion.dmn")) {
            model = Dmn.readModelFromStream(in);
        }
        Set<String> named = new TreeSet<>();
        for (Rule rule : model.getModelElementsByType(Rule.class)) {
            String entry = rule.getInputEntries().iterator().next().getText().getTextContent();
            if (!entry.isBlank()) {
                named.add(entry.replace("\"", ""));
            }
        }
        assertThat(named).containsExactlyInAnyOrderElementsOf(classes.codes());
    }

    @Test
    void everyUnitARuleNamesIsInTheTableOfUnitsAndEveryReasonIsASentenceForTheClerk() throws IOException {
        Set<String> known = new HashSet<>();
        rows("/demonstration/units.tsv").forEach(row -> known.add(row[0]));
        for (String keywordClass : classes.codes()) {
            for (String category : CATEGORIES.values()) {
                Map<String, Object> said = said(keywordClass, category, null);
                assertThat(units(said))
                        .as(keywordClass)
                        .isNotEmpty()
                        .allMatch(known::contains)
                        .doesNotHaveDuplicates();
                assertThat((String) said.get("reason")).as(keywordClass).matches("[\\u4e00-\\u9fff；，、]{6,60}");
            }
            assertThat(units(said(keywordClass, null, null))).as(keywordClass).isNotEmpty();
        }
    }

    @Test
    void theProposersWishDecidesBetweenTwoUnitsThatShareADuty() {
        assertThat(said("river", "ecology", null)).containsEntry("leadUnit", "water-bureau");
        assertThat(said("river", "ecology", "environment-bureau")).containsEntry("leadUnit", "environment-bureau");
        assertThat(said("river", "ecology", "finance-bureau")).containsEntry("leadUnit", "water-bureau");
    }

    @Test
    void whereNoRuleFitsTheWishIsListedAndWithoutOneNothing() {
        assertThat(said(null, "society", "tax-bureau")).containsEntry("leadUnit", "tax-bureau");
        assertThat(said(null, "society", null)).isEmpty();
    }

    @Test
    void aWordInTheTitleWeighsMoreThanTheSameWordInASuggestion() {
        assertThat(classes.of("关于停车难的建议", List.of("请教育部门管好学校门口。"))).isEqualTo("traffic");
        assertThat(classes.of("关于一件事的建议", List.of("请建公园。"))).isEqualTo("park");
        assertThat(classes.of("关于一件事的建议", Arrays.asList("请办好。"))).isNull();
    }
}
