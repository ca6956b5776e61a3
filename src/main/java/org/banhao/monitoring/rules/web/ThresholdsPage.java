package org.banhao.monitoring.rules.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.rules.Threshold;
import org.banhao.monitoring.rules.domain.ThresholdBooks;
import org.banhao.monitoring.rules.domain.ThresholdBooks.Entry;
import org.banhao.monitoring.rules.domain.ThresholdBooks.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 预警阈值: what holds for which outlets, since when and why; and a new value, from now on only. */
@Controller
@RequestMapping("/monitoring/thresholds")
class ThresholdsPage {

    private static final int MOST_ENTRIES = 200;

    private final ThresholdBooks books;
    private final Registry registry;
    private final RuleTabs tabs;
    private final Clock clock;

    ThresholdsPage(ThresholdBooks books, Registry registry, RuleTabs tabs, Clock clock) {
        this.books = books;
        this.registry = registry;
        this.tabs = tabs;
        this.clock = clock;
    }

    /**
     * @param from where the figure comes from
     * @param typed what was typed or tried for it
     */
    record Figure(
            String code,
            String label,
            String unit,
            String amount,
            String from,
            String since,
            String range,
            String typed) {}

    record Rule(String name, List<Figure> figures) {}

    record Row(
            long id,
            String label,
            String amount,
            String scope,
            String span,
            String state,
            boolean over,
            String reason,
            String who,
            String decided,
            boolean waits,
            boolean mayEnd) {}

    /** @param form figures that were tried, by the names of thresholds: what is to be set is filled in with them */
    @GetMapping
    String show(@RequestParam Map<String, String> form, Model model, HttpServletResponse response) {
        try {
            fill(form, model);
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            fill(Map.of(), model);
        }
        return "monitoring/thresholds";
    }

    @PostMapping
    String enter(
            @RequestParam Map<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            int entered = books.enter(
                    form, form.get("scope"), form.get("validFrom"), form.get("validUntil"), form.get("reason"));
            redirect.addFlashAttribute(
                    "told", books.sets() ? entered + "项阈值已设定，以前的判定不变。" : entered + "项建议已提交，规则管理员采纳后生效。");
            redirect.addAttribute("scope", Objects.requireNonNullElse(form.get("scope"), "all"));
            return "redirect:/monitoring/thresholds";
        } catch (Refusal refusal) {
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("wrong", refusal.field());
            show(form, model, response);
            model.addAttribute("refused", refusal.sentence());
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return "monitoring/thresholds";
        }
    }

    @PostMapping("/{id}/adopt")
    String adopt(@PathVariable String id, RedirectAttributes redirect) {
        books.adopt(number(id));
        return done("已采纳。", redirect);
    }

    @PostMapping("/{id}/refuse")
    String refuse(
            @PathVariable String id, @RequestParam(defaultValue = "") String reason, RedirectAttributes redirect) {
        books.refuse(number(id), reason);
        return done("已答复不采纳。", redirect);
    }

    @PostMapping("/{id}/end")
    String end(@PathVariable String id, @RequestParam(defaultValue = "") String reason, RedirectAttributes redirect) {
        books.end(number(id), reason);
        return done("已停止适用，以前的判定不变。", redirect);
    }

    private static long number(String typed) {
        return Scopes.id(typed, "没有这条阈值，请刷新页面后重新选择。");
    }

    private static String done(String told, RedirectAttributes redirect) {
        redirect.addFlashAttribute("told", told);
        return "redirect:/monitoring/thresholds";
    }

    private void fill(Map<String, String> form, Model model) {
        Scope scope = books.scope(form.get("scope"));
        Map<String, String> scopes = Scopes.offered(registry);
        Map<MonitoringRule, List<Figure>> byRule = new LinkedHashMap<>();
        for (ThresholdBooks.Figure one : books.figures(scope)) {
            Threshold threshold = one.threshold();
            Instant since = one.since();
            byRule.computeIfAbsent(threshold.rule(), rule -> new ArrayList<>())
                    .add(new Figure(
                            threshold.name(),
                            threshold.label().substring(threshold.rule().label().length() + 1),
                            threshold.unit(),
                            Scopes.number(one.amount()),
                            one.from(),
                            since == null ? "" : ChineseTime.text(since) + "起",
                            Scopes.number(threshold.least()) + "—" + Scopes.number(threshold.most()),
                            Objects.requireNonNullElse(form.get(threshold.name()), "")));
        }
        List<Rule> rules = new ArrayList<>();
        byRule.forEach((rule, figures) -> rules.add(new Rule(rule.label(), figures)));
        List<Entry> entries = books.entries().stream()
                .filter(entry -> scope.equals(Scope.ALL) || entry.scope().equals(scope))
                .toList();
        Instant now = clock.instant();
        tabs.show(model, "/monitoring/thresholds");
        model.addAttribute("scope", Scopes.code(scope));
        model.addAttribute("scopes", scopes);
        model.addAttribute("scopeName", scopes.getOrDefault(Scopes.code(scope), "这个排放口"));
        model.addAttribute("rules", rules);
        model.addAttribute("sets", books.sets());
        model.addAttribute("form", form);
        model.addAttribute(
                "waiting",
                entries.stream()
                        .filter(entry -> entry.decision() == null)
                        .map(entry -> row(entry, scopes, now))
                        .toList());
        model.addAttribute(
                "entries",
                entries.stream()
                        .filter(entry -> entry.decision() != null)
                        .limit(MOST_ENTRIES)
                        .map(entry -> row(entry, scopes, now))
                        .toList());
    }

    private Row row(Entry entry, Map<String, String> scopes, Instant now) {
        Instant until = entry.validUntil();
        boolean adopted = "adopted".equals(entry.decision());
        boolean over = until != null && !until.isAfter(now);
        Instant decidedAt = entry.decidedAt();
        return new Row(
                entry.id(),
                entry.threshold().label(),
                Scopes.number(entry.amount()) + entry.threshold().unit(),
                scopes.getOrDefault(Scopes.code(entry.scope()), "已停用的排放口"),
                span(entry, until),
                state(entry, over, now),
                over || "refused".equals(entry.decision()),
                entry.reason(),
                entry.proposedBy() + "，" + ChineseTime.text(entry.proposedAt()),
                decidedAt == null || Objects.equals(entry.proposedBy(), entry.decidedBy())
                        ? ""
                        : entry.decidedBy() + "，" + ChineseTime.text(decidedAt)
                                + (entry.decisionReason() == null ? "" : "：" + entry.decisionReason()),
                entry.decision() == null,
                adopted && !over && books.sets());
    }

    private static String span(Entry entry, @Nullable Instant until) {
        return "自" + ChineseTime.text(entry.validFrom()) + (until == null ? "起" : "至" + ChineseTime.text(until));
    }

    private static String state(Entry entry, boolean over, Instant now) {
        if (entry.decision() == null) return "待采纳";
        if ("refused".equals(entry.decision())) return "不采纳";
        if (over) return "已停止适用";
        return entry.validFrom().isAfter(now) ? "将生效" : "已采纳";
    }
}
