package org.banhao.proposal.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.banhao.base.Refusal;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.assignment.AssignmentTable;
import org.banhao.proposal.domain.assignment.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 审查协商与交办: all that waits in one table; what is done to many lines is one button. */
@Controller
@RequestMapping("/proposals/assignment")
class AssignmentPage {

    private final AssignmentTable table;
    private final People people;
    private final SignedIn signedIn;

    AssignmentPage(AssignmentTable table, People people, SignedIn signedIn) {
        this.table = table;
        this.people = people;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "false") boolean ownOnly,
            @RequestParam(defaultValue = "") String meeting,
            Model model) {
        signedIn.require(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER);
        List<Unit> units = people.units();
        model.addAttribute(
                "lines", table.lines(new AssignmentTable.Filter(orNull(unit), orNull(system), ownOnly), person()));
        model.addAttribute("units", units);
        model.addAttribute(
                "systems", units.stream().map(Unit::system).distinct().toList());
        model.addAttribute("unit", unit);
        model.addAttribute("system", system);
        model.addAttribute("ownOnly", ownOnly);
        model.addAttribute("meetings", table.meetings());
        model.addAttribute("meeting", meeting);
        if (!model.containsAttribute("typed")) {
            model.addAttribute("typed", Map.of());
        }
        return "proposal/assignment";
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text;
    }

    /** Fields of a line end in its case number: {@code lead-TA-2026-000001}. The button says what is done to the lines that are ticked. */
    @PostMapping
    String act(@RequestParam MultiValueMap<String, String> fields, RedirectAttributes onward) {
        signedIn.require(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER);
        for (String filter : List.of("unit", "system", "ownOnly", "meeting")) {
            String value = fields.getFirst(filter);
            if (value != null && !value.isBlank()) {
                onward.addAttribute(filter, value);
            }
        }
        List<String> chosen = DraftFields.filled(fields, "case");
        try {
            String act = String.valueOf(fields.getFirst("act"));
            Outcome outcome =
                    switch (act) {
                        case "plan" -> table.plan(typed(fields, chosen), person());
                        case "signOff" -> table.signOff(typed(fields, chosen), person());
                        case "ask" -> table.ask(typed(fields, chosen), person());
                        case "assign" ->
                            table.assign(typed(fields, chosen), meeting(text(fields, "meeting")), person());
                        case "passOn" -> table.passOn(chosen, text(fields, "passOnReason"), person());
                        default -> throw new Refusal("没有这个操作，请刷新页面后再试。");
                    };
            onward.addFlashAttribute("told", told(act, outcome.done()));
            if (!outcome.failures().isEmpty()) {
                onward.addFlashAttribute("refused", "有" + outcome.failures().size() + "件没有办成，见下表。");
                onward.addFlashAttribute("failures", outcome.failures());
                if (!act.equals("passOn")) {
                    onward.addFlashAttribute("typed", kept(fields, outcome));
                }
            }
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/proposals/assignment";
    }

    private static String told(String act, int done) {
        return switch (act) {
            case "plan" -> "已保存" + done + "件。";
            case "signOff" -> "已签定" + done + "件。";
            case "ask" -> "已就" + done + "件征求单位意见。";
            case "assign" -> "已交办" + done + "件，承办单位已通知。";
            default -> "已转另一办" + done + "件。";
        };
    }

    private static List<AssignmentTable.Typed> typed(MultiValueMap<String, String> fields, List<String> chosen) {
        List<AssignmentTable.Typed> lines = new ArrayList<>();
        for (String number : chosen) {
            lines.add(new AssignmentTable.Typed(
                    number,
                    version(text(fields, "version-" + number)),
                    text(fields, "lead-" + number),
                    text(fields, "cos-" + number),
                    text(fields, "separate-" + number),
                    text(fields, "requirement-" + number),
                    text(fields, "reason-" + number)));
        }
        return lines;
    }

    /** @return null: not at a meeting */
    private static @Nullable Long meeting(String text) {
        try {
            return text.isBlank() ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new Refusal("meeting", "请选择一次交办会，或者留空。");
        }
    }

    private static int version(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Refusal("页面内容不完整，请刷新后再试。");
        }
    }

    /** A refusal must not cost what was typed. */
    private static Map<String, Map<String, String>> kept(MultiValueMap<String, String> fields, Outcome outcome) {
        Map<String, Map<String, String>> kept = new LinkedHashMap<>();
        for (Outcome.Failure failure : outcome.failures()) {
            kept.put(
                    failure.caseNumber(),
                    List.of("lead", "cos", "separate", "requirement", "reason").stream()
                            .collect(Collectors.toMap(
                                    name -> name, name -> text(fields, name + "-" + failure.caseNumber()))));
        }
        return kept;
    }

    private static String text(MultiValueMap<String, String> fields, String name) {
        String value = fields.getFirst(name);
        return value == null ? "" : value;
    }

    private String person() {
        return signedIn.person().id();
    }
}
