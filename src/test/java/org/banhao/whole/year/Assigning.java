package org.banhao.whole.year;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The two offices choose the units; each unit takes it, wants to give it back, or says nothing; the leaders rule. */
final class Assigning {

    private final Scene scene;

    Assigning(Scene scene) {
        this.scene = scene;
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
