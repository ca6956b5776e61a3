package org.banhao.administration.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.DeadlineRules;
import org.banhao.calendar.WorkCalendar;
import org.banhao.notice.Reminders;
import org.banhao.notice.Reminders.Rung;
import org.banhao.notice.Reminders.Told;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** When a deadline reminds and whom; each ladder says in a sentence what it does, and on which days for a date one chooses. */
@Controller
@RequestMapping("/admin/reminders")
class RemindersPage {

    private final Reminders reminders;
    private final DeadlineRules rules;
    private final WorkCalendar calendar;
    private final SignedIn signedIn;
    private final Clock clock;

    RemindersPage(Reminders reminders, DeadlineRules rules, WorkCalendar calendar, SignedIn signedIn, Clock clock) {
        this.reminders = reminders;
        this.rules = rules;
        this.calendar = calendar;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @GetMapping
    String show(@RequestParam(required = false) @Nullable String due, Model model, HttpServletResponse response) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        LocalDate example = calendar.plusWorkingDays(ChineseTime.day(clock.instant()), 10);
        if (due != null) {
            try {
                example = Inputs.date("due", "到期日", due);
                LocalDate today = ChineseTime.day(clock.instant());
                if (example.isBefore(today.minusYears(1)) || example.isAfter(today.plusYears(2))) {
                    throw new Refusal("due", "“到期日”请选择一年前至两年后之间的一天。");
                }
            } catch (Refusal refusal) {
                response.setStatus(HttpStatus.BAD_REQUEST.value());
                model.addAttribute("refused", refusal.sentence());
                example = ChineseTime.day(clock.instant());
            }
        }
        return page(model, example);
    }

    @PostMapping("/rungs")
    String add(
            @RequestParam(defaultValue = "") String key,
            @RequestParam(required = false) @Nullable String days,
            @RequestParam(required = false) @Nullable List<String> told,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return act(
                () -> reminders.add(key, Inputs.number("days", "与到期日相隔", days), told(told)),
                "已增加一级催办，从下一次催办起生效。",
                model,
                response,
                redirect);
    }

    @PostMapping("/rungs/change")
    String change(
            @RequestParam(required = false) @Nullable String id,
            @RequestParam(required = false) @Nullable List<String> told,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return act(
                () -> reminders.change(Inputs.number("id", "催办级", id), told(told)),
                "已修改告知对象，从下一次催办起生效。",
                model,
                response,
                redirect);
    }

    @PostMapping("/rungs/remove")
    String remove(
            @RequestParam(required = false) @Nullable String id,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return act(() -> reminders.remove(Inputs.number("id", "催办级", id)), "已删除一级催办。", model, response, redirect);
    }

    @PostMapping("/own")
    String own(
            @RequestParam(defaultValue = "") String key,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return act(() -> reminders.own(key), "已设为单独规定，请修改其中各级。", model, response, redirect);
    }

    @PostMapping("/usual")
    String usual(
            @RequestParam(defaultValue = "") String key,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        return act(() -> reminders.asUsual(key), "已恢复通用的催办规则。", model, response, redirect);
    }

    private String act(
            Runnable change, String done, Model model, HttpServletResponse response, RedirectAttributes redirect) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        try {
            change.run();
            redirect.addFlashAttribute("told", done);
            return "redirect:/admin/reminders";
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return page(model, calendar.plusWorkingDays(ChineseTime.day(clock.instant()), 10));
        }
    }

    private static Set<Told> told(@Nullable List<String> codes) {
        Set<Told> told = EnumSet.noneOf(Told.class);
        if (codes != null) codes.forEach(code -> told.add(Told.of(code)));
        return told;
    }

    private String page(Model model, LocalDate due) {
        Map<String, String> names = new LinkedHashMap<>();
        rules.all().stream()
                .filter(rule -> !rule.byMoment())
                .forEach(rule -> names.putIfAbsent(rule.key(), rule.name()));
        Map<String, List<Rung>> present = reminders.ladders();
        List<Ladder> ladders = new ArrayList<>();
        present.forEach((key, rungs) -> ladders.add(new Ladder(
                key,
                key.equals(Reminders.USUAL) ? "通用规则" : names.getOrDefault(key, key),
                rungs,
                String.join("；", rungs.stream().map(Rung::sentence).toList()) + "。",
                reminders.example(rungs, due))));
        names.keySet().removeAll(present.keySet());
        model.addAttribute("ladders", ladders);
        model.addAttribute("others", names);
        model.addAttribute("receivers", Told.values());
        model.addAttribute("due", due.toString());
        model.addAttribute("dueText", ChineseTime.text(due));
        return "admin/reminders";
    }

    /** @param example what happens on which day for the chosen due day */
    record Ladder(String key, String name, List<Rung> rungs, String sentence, List<String> example) {

        public boolean usual() {
            return key.equals(Reminders.USUAL);
        }
    }
}
