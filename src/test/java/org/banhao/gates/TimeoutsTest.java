package org.banhao.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code docs/timeouts.md} says what the models do: timers stand where a passing deadline decides or marks, and nowhere else. */
class TimeoutsTest {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern RULE = Pattern.compile("\\$\\{deadlines\\.due\\(execution, '(\\w+)'\\)}");
    private static final Pattern INSERTED = Pattern.compile("(?m)^\\s*\\('(\\w+)', '");
    /** Dates that a bean of the stage gives, and the rules it owes them by. */
    private static final Map<String, Set<String>> BEANS = Map.of(
            "${proposalFacts.signaturesDue(execution)}", Set.of("coSignature"),
            "${handlings.due(execution)}", Set.of("reply", "coOpinion", "rehandle"),
            "${handlings.sectionDue(execution)}", Set.of("sectionForward"));

    /** @param elements ids; empty: all steps of the process, or none where the row belongs to no step */
    private record Row(String rule, String process, List<String> elements, boolean allSteps, String passing) {
        boolean names(String process, String element) {
            return this.process.equals(process) && elements.contains(element);
        }

        boolean namesAll(String process) {
            return this.process.equals(process) && allSteps;
        }
    }

    /** @param rules one, or those a bean may owe it by */
    private record Dated(String process, String element, Set<String> rules, boolean timer, boolean interrupts) {}

    private static List<Row> table() {
        List<Row> rows = new ArrayList<>();
        for (String line : lines()) {
            String[] cells = line.split("\\|");
            if (cells.length != 6 || !cells[2].contains("`")) {
                continue;
            }
            List<String> where = codes(cells[3]);
            rows.add(new Row(
                    codes(cells[2]).get(0),
                    where.get(0),
                    where.subList(1, where.size()),
                    cells[3].contains("all steps"),
                    cells[4].strip()));
        }
        return rows;
    }

    /** The second table: one rule a line, and a word about it. */
    private static List<String> carriedByNoStep() {
        return lines().stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> codes(line).get(0))
                .toList();
    }

    private static List<String> lines() {
        return read(Path.of("docs/timeouts.md")).lines().toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> rulesOfTheCalendar() throws IOException {
        Set<String> keys = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/common"))) {
            files.filter(file -> file.getFileName().toString().startsWith("V12"))
                    .forEach(file -> {
                        Matcher inserted = INSERTED.matcher(read(file));
                        while (inserted.find()) keys.add(inserted.group(1));
                    });
        }
        return keys;
    }

    private static List<Dated> models() throws Exception {
        List<Dated> all = new ArrayList<>();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        List<Path> files;
        try (Stream<Path> tree = Files.walk(Path.of("bpmn"))) {
            files = tree.filter(file -> file.toString().endsWith(".bpmn")).toList();
        }
        for (Path file : files) {
            Document model = factory.newDocumentBuilder().parse(file.toFile());
            String process = elements(model, "process").get(0).getAttribute("id");
            for (Element task : elements(model, "userTask")) {
                String due = task.getAttributeNS(CAMUNDA, "dueDate");
                all.add(new Dated(process, task.getAttribute("id"), rules(due), false, false));
            }
            for (Element timer : elements(model, "timerEventDefinition")) {
                Element event = (Element) timer.getParentNode();
                // a moment the whole process waits for, such as a session's closing hour: nobody owes anything by it
                if (event.getLocalName().equals("intermediateCatchEvent")) continue;
                String date = timer.getTextContent().strip();
                boolean interrupts = !event.getAttribute("cancelActivity").equals("false");
                all.add(new Dated(process, event.getAttribute("id"), rules(date), true, interrupts));
            }
        }
        return all;
    }

    private static List<Element> elements(Document model, String name) {
        NodeList found = model.getElementsByTagNameNS(BPMN, name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
        return elements;
    }

    private static Set<String> rules(String expression) {
        Matcher rule = RULE.matcher(expression);
        Set<String> rules = rule.matches() ? Set.of(rule.group(1)) : BEANS.get(expression);
        assertThat(rules).as("which rule %s is", expression).isNotNull();
        return rules;
    }

    @Test
    void timersStandWhereATablesPassingDecidesOrMarksAndNowhereElse() throws Exception {
        List<String> drawn = models().stream()
                .filter(Dated::timer)
                .map(timer -> timer.process() + " " + timer.element() + " " + timer.rules() + " "
                        + (timer.interrupts() ? "decides" : "marks"))
                .toList();
        List<String> written = table().stream()
                .flatMap(row -> row.elements().stream()
                        .filter(element -> !element.startsWith("userTask_"))
                        .map(element -> row.process() + " " + element + " [" + row.rule() + "] " + row.passing()))
                .toList();

        assertThat(drawn).isNotEmpty().containsExactlyInAnyOrderElementsOf(written);
        assertThat(table())
                .filteredOn(row -> !row.passing().equals("shows"))
                .allMatch(row -> row.elements().stream().anyMatch(element -> !element.startsWith("userTask_")));
    }

    @Test
    void onlyTheCoSignatureAndTheReturnWindowDecide() {
        assertThat(table()).extracting(Row::passing).containsOnly("decides", "marks", "shows");
        assertThat(table())
                .filteredOn(row -> row.passing().equals("decides"))
                .extracting(Row::rule)
                .containsExactlyInAnyOrder("coSignature", "returnWindow");
    }

    @Test
    void everyStepOfEveryModelStandsInTheTableWithItsRule() throws Exception {
        List<Row> table = table();
        assertThat(models())
                .filteredOn(dated -> !dated.timer())
                .allSatisfy(step -> assertThat(table)
                        .as("%s %s", step.process(), step.element())
                        // a term of its own counts for a step, and only without one that of the whole process
                        .filteredOn(row -> table.stream().anyMatch(own -> own.names(step.process(), step.element()))
                                ? row.names(step.process(), step.element())
                                : row.namesAll(step.process()))
                        .isNotEmpty()
                        .allMatch(row -> step.rules().contains(row.rule())));
        assertThat(table)
                .allSatisfy(row -> assertThat(row.elements())
                        .allSatisfy(element -> assertThat(models())
                                .as("what the table names is drawn")
                                .anyMatch(dated -> dated.process().equals(row.process())
                                        && dated.element().equals(element))));
    }

    @Test
    void theTablesNameEveryRuleOfTheCalendarAndNoOther() throws IOException {
        Set<String> named = new LinkedHashSet<>(carriedByNoStep());
        assertThat(table()).noneMatch(row -> named.contains(row.rule()));
        table().forEach(row -> named.add(row.rule()));

        assertThat(named).containsExactlyInAnyOrderElementsOf(rulesOfTheCalendar());
    }
}
