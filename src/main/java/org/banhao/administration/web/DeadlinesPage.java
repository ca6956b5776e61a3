package org.banhao.administration.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.DeadlineRule;
import org.banhao.calendar.DeadlineRules;
import org.banhao.calendar.TermUnit;
import org.banhao.casefile.RetractionWindows;
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

/** How long each obligation lasts, since when and why; a calculator that explains itself. */
@Controller
@RequestMapping("/admin/deadlines")
class DeadlinesPage {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    private final DeadlineRules rules;
    private final RetractionWindows windows;
    private final SignedIn signedIn;
    private final Clock clock;

    DeadlinesPage(DeadlineRules rules, RetractionWindows windows, SignedIn signedIn, Clock clock) {
        this.rules = rules;
        this.windows = windows;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @GetMapping
    String show(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String days,
            @RequestParam(required = false) @Nullable String count,
            Model model,
            HttpServletResponse response) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        if (from != null || days != null) {
            try {
                model.addAttribute(
                        "answer",
                        rules.calculate(
                                Inputs.date("from", "起算日", from),
                                Inputs.number("days", "期限", days),
                                Inputs.unit("count", count)));
            } catch (Refusal refusal) {
                response.setStatus(HttpStatus.BAD_REQUEST.value());
                model.addAttribute("calculationRefused", refusal.sentence());
            }
        }
        model.addAttribute("from", from == null ? today().toString() : from);
        model.addAttribute("days", days == null ? "5" : days);
        model.addAttribute("count", count == null ? "workday" : count);
        return page(model);
    }

    @PostMapping
    String add(
            @RequestParam Map<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        try {
            DeadlineRule rule = rules.add(new DeadlineRules.NewRule(
                    Inputs.words(form.get("key")),
                    Inputs.number("amount", "时限", form.get("amount")),
                    Inputs.unit("unit", form.get("unit")),
                    Inputs.time("cutOff", "截止时刻", form.get("cutOff")),
                    Inputs.words(form.get("basis")),
                    Inputs.words(form.get("range")),
                    "yes".equals(form.get("sure")),
                    Inputs.date("validFrom", "生效日期", form.get("validFrom"))));
            redirect.addFlashAttribute(
                    "told",
                    "“" + rule.name() + "”自" + ChineseTime.text(rule.validFrom()) + "起为" + termWords(rule)
                            + "；此前开始的期限不变。");
            return "redirect:/admin/deadlines";
        } catch (Refusal refusal) {
            return refused(refusal, form, model, response);
        }
    }

    @PostMapping("/retraction")
    String retraction(
            @RequestParam Map<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        try {
            int minutes = Inputs.number("minutes", "撤回时限", form.get("minutes"));
            LocalDate from = Inputs.date("windowFrom", "撤回时限的生效日期", form.get("windowFrom"));
            windows.add(minutes, Inputs.words(form.get("windowBasis")), from);
            redirect.addFlashAttribute("told", "自" + ChineseTime.text(from) + "起，提交后" + minutes + "分钟内可以撤回；此前提交的不变。");
            return "redirect:/admin/deadlines";
        } catch (Refusal refusal) {
            return refused(refusal, form, model, response);
        }
    }

    private String refused(Refusal refusal, Map<String, String> form, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        model.addAttribute("refused", refusal.sentence());
        model.addAttribute("wrong", Inputs.words(refusal.field()));
        model.addAttribute("form", form);
        model.addAttribute("from", today().toString());
        model.addAttribute("days", "5");
        model.addAttribute("count", "workday");
        return page(model);
    }

    private String page(Model model) {
        Map<String, List<RuleRow>> rows = new LinkedHashMap<>();
        for (DeadlineRule rule : rules.all()) {
            rows.computeIfAbsent(rule.key(), key -> new ArrayList<>()).add(RuleRow.of(rule, today()));
        }
        model.addAttribute("obligations", rows);
        model.addAttribute("units", TermUnit.values());
        model.addAttribute(
                "dayUnits",
                Arrays.stream(TermUnit.values()).filter(unit -> !unit.clock()).toList());
        model.addAttribute("tomorrow", today().plusDays(1).toString());
        model.addAttribute(
                "unsure",
                rows.values().stream()
                        .flatMap(List::stream)
                        .filter(row -> row.now() && !row.sure())
                        .count());
        model.addAttribute(
                "windows",
                windows.all().stream().map(row -> WindowRow.of(row, today())).toList());
        model.addAttribute("mostMinutes", RetractionWindows.MOST_MINUTES);
        if (!model.containsAttribute("form")) model.addAttribute("form", Map.of());
        return "admin/deadlines";
    }

    private LocalDate today() {
        return ChineseTime.day(clock.instant());
    }

    private static String termWords(DeadlineRule rule) {
        String term = rule.amount() + rule.unit().words();
        return rule.unit().clock() ? term : term + "，末日" + HOUR.format(rule.cutOff()) + "截止";
    }

    record WindowRow(String minutes, String basis, String validity, String enteredBy, boolean future) {

        static WindowRow of(RetractionWindows.Window row, LocalDate today) {
            return new WindowRow(
                    row.minutes() + "分钟",
                    row.basis(),
                    "自" + RuleRow.day(row.validFrom()),
                    row.enteredBy(),
                    row.validFrom().isAfter(today));
        }
    }

    /** @param when 现行, 已废止, 尚未生效 */
    record RuleRow(
            String key,
            String name,
            String term,
            String until,
            String basis,
            String range,
            boolean sure,
            String when,
            boolean now,
            String validity,
            String enteredBy) {

        static RuleRow of(DeadlineRule rule, LocalDate today) {
            LocalDate to = rule.validTo();
            boolean future = rule.validFrom().isAfter(today);
            boolean past = to != null && to.isBefore(today);
            String untilName = rule.untilName();
            return new RuleRow(
                    rule.key(),
                    rule.name(),
                    termWords(rule),
                    untilName == null ? "" : untilName + "；没有时：",
                    // the page marks it with a sign of its own
                    rule.basis().replace("（待核）", ""),
                    rule.range(),
                    rule.sure(),
                    future ? "尚未生效" : past ? "已废止" : "现行",
                    !future && !past,
                    "自" + day(rule.validFrom()) + (to == null ? "" : "至" + day(to)),
                    rule.enteredBy());
        }

        private static String day(LocalDate day) {
            return day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
        }
    }
}
