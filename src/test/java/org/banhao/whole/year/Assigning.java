package org.banhao.whole.year;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.proposal.domain.assignment.AssignmentTable;
import org.banhao.proposal.domain.assignment.Outcome;
import org.banhao.proposal.domain.assignment.UnitWord;
import org.banhao.proposal.domain.assignment.UnitWords;
import org.jspecify.annotations.Nullable;

/** The two offices choose the units; each unit takes it, wants to give it back, or says nothing; the leaders rule. */
final class Assigning {

    private final Scene scene;
    private final Convening convening;

    Assigning(Scene scene, Convening convening) {
        this.scene = scene;
        this.convening = convening;
    }

    /** What was assigned before the story began counts from the moment that stands there; whoever takes it over may go on counting from it. */
    void before() {
        scene.rows(
                "select case_number, unit_id, clock_start from proposal_assignment where clock_start is not null order by id",
                (row, n) -> {
                    scene.books()
                            .clock(
                                    row.getString("case_number"),
                                    row.getString("unit_id"),
                                    Objects.requireNonNull(Scene.instant(row, "clock_start")));
                    return n;
                });
    }

    private Dice dice() {
        return scene.dice();
    }

    /** That can take a case: open and staffed. */
    List<String> units() {
        return scene.house().units();
    }

    private String office(String unit) {
        return scene.texts(
                        "select o.office from people_unit u join proposal_assigning_office o on o.unit_system ="
                                + " u.unit_system where u.id = ?",
                        unit)
                .get(0);
    }

    @Nullable
    String confirm(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        String office = todo.groups().get(0);
        List<String> own =
                units().stream().filter(unit -> office(unit).equals(office)).toList();
        boolean passedOn = scene.count(
                        "select count(*) from proposal_assignment_plan where case_number = ? and passed_on_reason <>"
                                + " ''",
                        todo.number())
                > 0;
        if (own.isEmpty() || (!passedOn && dice().rare(0.05))) {
            return scene.answer(
                    todo, person, Map.of("confirmation", "otherOffice", "passOnReason", "主要职责在另一系统，请另一办交办。"));
        }
        Map<String, Object> values = new HashMap<>();
        values.put("confirmation", "confirm");
        values.put("changeReason", "按职责分工交办。");
        String lead = dice().one(own);
        List<String> others =
                units().stream().filter(unit -> !unit.equals(lead)).toList();
        int suggestions =
                (int) scene.count("select count(*) from proposal_suggestion where case_number = ?", todo.number());
        String way = dice().weighted(Map.entry("sole", 0.5), Map.entry("led", 0.38), Map.entry("separate", 0.12));
        List<String> chosen = new ArrayList<>(List.of(lead));
        if (way.equals("separate") && suggestions >= 2) {
            String other = dice().one(others);
            chosen.add(other);
            List<String> mine = new ArrayList<>();
            List<String> theirs = new ArrayList<>();
            for (int number = 1; number <= suggestions; number++) {
                if (number == 1 || (number > 2 && dice().chance(0.5))) mine.add(String.valueOf(number));
                else theirs.add(String.valueOf(number));
            }
            values.put(
                    "separate",
                    List.of(
                            Map.of("unit", lead, "numbers", String.join("、", mine)),
                            Map.of("unit", other, "numbers", String.join("、", theirs))));
        } else {
            values.put("leadUnit", lead);
            if (way.equals("led")) {
                List<String> cos = dice().some(others, dice().between(1, 3));
                chosen.addAll(cos);
                values.put("coUnits", cos);
            }
        }
        String done = scene.answer(todo, person, values);
        chosen.forEach(unit -> scene.books().clock(todo.number(), unit, scene.now()));
        return done;
    }

    // ---- the table of one office

    private record Planned(String lead, List<String> cos) {}

    /**
     * An office goes through its table: it enters units for some cases, and then asks those for their word, signs the list off, or assigns
     * them all, at times in a meeting.
     */
    Set<String> table() {
        String person = dice().one(List.of("hou-wang", "qin-huaiyuan"));
        AssignmentTable table = scene.bean(AssignmentTable.class);
        List<String> rests = scene.texts("select case_number from casefile_suspension where until is null");
        List<AssignmentTable.Line> lines = table.lines(new AssignmentTable.Filter(null, null, true), person).stream()
                .filter(line -> !rests.contains(line.caseNumber()))
                .toList();
        String office = scene.texts(
                        "select group_id from people_membership where person_id = ? and group_id like '%-office-assigner'",
                        person)
                .get(0);
        List<String> own =
                units().stream().filter(unit -> office(unit).equals(office)).toList();
        if (lines.isEmpty() || own.isEmpty()) return Set.of();
        Map<String, Planned> planned = new TreeMap<>();
        for (AssignmentTable.Line line : dice().some(lines, dice().between(1, 4))) {
            String lead = dice().one(own);
            List<String> others =
                    units().stream().filter(unit -> !unit.equals(lead)).toList();
            planned.put(line.caseNumber(), new Planned(lead, dice().chance(0.4) ? dice().some(others, 2) : List.of()));
        }
        done(planned, person, typed -> table.plan(typed, person));
        switch (dice().weighted(Map.entry("ask", 0.5), Map.entry("signOff", 0.15), Map.entry("assign", 0.35))) {
            case "ask" -> {
                done(planned, person, typed -> table.ask(typed, person));
                planned.forEach((number, one) -> all(one).forEach(unit -> {
                    // some say nothing before it is assigned
                    if (dice().chance(0.8))
                        scene.later(
                                scene.inWorkingDays(1, 6),
                                unit + " says its word on " + number,
                                () -> word(number, unit));
                }));
            }
            case "signOff" -> done(planned, person, typed -> table.signOff(typed, person));
            default -> {
                String name = "交办会" + scene.now();
                Long meeting = dice().chance(0.5) ? null : assignmentMeeting(name, person);
                done(planned, person, typed -> table.assign(typed, meeting, person));
                planned.forEach(
                        (number, one) -> all(one).forEach(unit -> scene.books().clock(number, unit, scene.now())));
            }
        }
        return planned.keySet();
    }

    private Long assignmentMeeting(String name, String person) {
        return convening.held("assignment", name, person);
    }

    private static List<String> all(Planned planned) {
        List<String> all = new ArrayList<>(List.of(planned.lead()));
        all.addAll(planned.cos());
        return all;
    }

    /** With the lines as they are on the screen now. */
    private void done(Map<String, Planned> planned, String person, Function<List<AssignmentTable.Typed>, Outcome> act) {
        AssignmentTable table = scene.bean(AssignmentTable.class);
        List<AssignmentTable.Typed> typed = table.lines(new AssignmentTable.Filter(null, null, true), person).stream()
                .filter(line -> planned.containsKey(line.caseNumber()))
                .map(line -> {
                    Planned one = Objects.requireNonNull(planned.get(line.caseNumber()));
                    return new AssignmentTable.Typed(
                            line.caseNumber(),
                            line.version(),
                            name(one.lead()),
                            one.cos().stream().map(this::name).collect(Collectors.joining("、")),
                            "",
                            "请按期办理。",
                            "按职责分工交办。");
                })
                .toList();
        scene.as(person, () -> {
            Outcome outcome = act.apply(typed);
            if (!outcome.failures().isEmpty() || outcome.done() != planned.size())
                throw new AssertionError("The table has done " + outcome + " of " + planned);
        });
    }

    private String name(String unit) {
        return scene.texts("select name from people_unit where id = ?", unit).get(0);
    }

    private Set<String> word(String number, String unit) {
        List<String> liaisons = scene.house().of(List.of(unit + ".liaison"));
        if (liaisons.isEmpty()) return Set.of();
        String person = liaisons.get(0);
        UnitWords words = scene.bean(UnitWords.class);
        UnitWord asked = words.waiting(person).stream()
                .map(UnitWords.Asked::word)
                .filter(word ->
                        word.caseNumber().equals(number) && word.unitId().equals(unit))
                .findFirst()
                .orElse(null);
        if (asked == null) return Set.of();
        boolean agrees = dice().chance(0.7);
        List<String> others =
                units().stream().filter(other -> !other.equals(unit)).toList();
        String other = agrees ? null : dice().one(others);
        scene.as(person, () -> words.answer(asked.id(), agrees, other, agrees ? "" : "主要职责在该单位。", person));
        return Set.of(number);
    }

    String unit(Todo todo) {
        return scene.texts("select unit_id from proposal_assignment where id = ?", todo.row())
                .get(0);
    }

    @Nullable
    String answer(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        if (!dice().rare(0.12)) return scene.answer(todo, person, Map.of("unitAnswer", "accept"));
        String unit = unit(todo);
        List<String> others =
                units().stream().filter(other -> !other.equals(unit)).toList();
        return scene.answer(
                todo,
                person,
                Map.of(
                        "unitAnswer", "return",
                        "returnReason", "此事主要是其他部门的职责，本单位没有审批权限。",
                        "dutyBasis", "三定方案第三条",
                        "proposedUnit", dice().one(others),
                        "signedScan", List.of(scene.upload(todo, person))));
    }

    @Nullable
    String rule(Todo todo) {
        String person = scene.somebody(todo, List.of());
        if (person == null) return null;
        String unit = unit(todo);
        String role = scene.texts("select role from proposal_assignment where id = ?", todo.row())
                .get(0);
        List<String> there = scene.texts(
                "select unit_id from proposal_assignment where case_number = ? and state in ('sent',"
                        + " 'returnRequested', 'accepted', 'deemedAccepted', 'kept')",
                todo.number());
        List<String> free =
                units().stream().filter(other -> !there.contains(other)).toList();
        String ruling = free.isEmpty()
                ? "keep"
                : dice().weighted(Map.entry("keep", 0.5), Map.entry("change", 0.3), Map.entry("add", 0.2));
        boolean recount = dice().chance(0.4);
        Map<String, Object> values = new HashMap<>();
        values.put("ruling", ruling);
        values.put("restartClock", recount ? "restart" : "continue");
        values.put("rulingReason", "按三定方案的职责裁定。");
        String other = null;
        if (!ruling.equals("keep")) {
            other = dice().one(free);
            values.put("newUnit", other);
        }
        if (ruling.equals("add")) values.put("addedRole", role.equals("co") || dice().chance(0.7) ? "co" : "lead");
        String done = scene.answer(todo, person, values);
        Instant start =
                recount ? scene.now() : Objects.requireNonNull(scene.books().clock(todo.number(), unit), unit);
        if (!ruling.equals("change")) scene.books().clock(todo.number(), unit, start);
        if (other != null) scene.books().clock(todo.number(), other, start);
        return done;
    }
}
