package org.banhao.monitoring.rules.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.MonitoringRule;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.rules.Threshold;
import org.banhao.monitoring.rules.domain.ThresholdBooks;
import org.banhao.monitoring.rules.domain.ThresholdBooks.Scope;
import org.banhao.monitoring.rules.domain.TrialVerdict;
import org.banhao.monitoring.rules.domain.Trials;
import org.banhao.monitoring.rules.domain.Trials.Line;
import org.banhao.monitoring.rules.domain.Trials.Trial;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** 阈值试算: what other figures would have found in past days, beside what was found. */
@Controller
@RequestMapping("/monitoring/try-out")
class TryOutPage {

    private static final int MOST_LINES = 500;
    private static final int SECONDS = 2;

    private final Trials trials;
    private final ThresholdBooks books;
    private final Registry registry;
    private final RuleTabs tabs;
    private final Clock clock;

    TryOutPage(Trials trials, ThresholdBooks books, Registry registry, RuleTabs tabs, Clock clock) {
        this.trials = trials;
        this.books = books;
        this.registry = registry;
        this.tabs = tabs;
        this.clock = clock;
    }

    record Figure(String code, String label, String unit, String present, String range, String typed) {}

    /** @param open something of it is being tried */
    record Rule(String name, boolean open, List<Figure> figures) {}

    record Listed(long id, String asked, String what, String state) {}

    @GetMapping
    String show(
            @RequestParam Map<String, String> form,
            @RequestParam(name = "outlet", required = false) @Nullable List<String> outlets,
            Model model) {
        fill(form, outlets == null ? List.of() : outlets, model);
        return "monitoring/try-out";
    }

    @PostMapping
    String start(
            @RequestParam Map<String, String> form,
            @RequestParam(name = "outlet", required = false) @Nullable List<String> outlets,
            Model model,
            HttpServletResponse response) {
        List<String> wanted = outlets == null ? List.of() : outlets;
        try {
            List<Long> ids = wanted.stream()
                    .map(one -> Scopes.id(one, "没有这个排放口，请从列表中重新选择。"))
                    .toList();
            return "redirect:/monitoring/try-out/" + trials.start(form, ids, form.get("first"), form.get("last"));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("wrong", refusal.field());
            fill(form, wanted, model);
            return "monitoring/try-out";
        }
    }

    private void fill(Map<String, String> form, List<String> outlets, Model model) {
        LocalDate today = ChineseTime.day(clock.instant());
        Map<MonitoringRule, List<Figure>> byRule = new EnumMap<>(MonitoringRule.class);
        for (ThresholdBooks.Figure one : books.figures(Scope.ALL)) {
            Threshold threshold = one.threshold();
            // when a device was heard is not kept packet by packet: nothing to try it on
            if (threshold.rule() == MonitoringRule.OFFLINE) continue;
            byRule.computeIfAbsent(threshold.rule(), rule -> new ArrayList<>())
                    .add(new Figure(
                            threshold.name(),
                            threshold.label().substring(threshold.rule().label().length() + 1),
                            threshold.unit(),
                            Scopes.number(one.amount()) + threshold.unit(),
                            Scopes.number(threshold.least()) + "—" + Scopes.number(threshold.most()),
                            Objects.requireNonNullElse(form.get(threshold.name()), "")));
        }
        List<Rule> rules = new ArrayList<>();
        byRule.forEach((rule, figures) -> rules.add(new Rule(
                rule.label(),
                rule.name().equals(form.get("rule"))
                        || figures.stream().anyMatch(one -> !one.typed().isBlank()),
                figures)));
        Instant now = clock.instant();
        tabs.show(model, "/monitoring/try-out");
        model.addAttribute("rules", rules);
        model.addAttribute("outlets", registry.outlets());
        model.addAttribute("chosen", outlets);
        model.addAttribute(
                "first",
                Objects.requireNonNullElse(
                        form.get("first"), today.minusDays(14).toString()));
        model.addAttribute(
                "last",
                Objects.requireNonNullElse(form.get("last"), today.minusDays(1).toString()));
        model.addAttribute("today", today.toString());
        model.addAttribute(
                "trials",
                trials.latest().stream()
                        .map(one -> new Listed(
                                one.id(),
                                one.askedBy() + "，" + ChineseTime.text(one.askedAt()),
                                figures(one) + "；" + one.outlets().size() + "个排放口，" + days(one),
                                state(one, now)))
                        .toList());
    }

    // ---- one

    record Shown(
            String verdict,
            String label,
            String outlet,
            String rule,
            String subject,
            @Nullable String wasLevel,
            String was,
            @Nullable String wouldLevel,
            String would) {}

    record Count(String label, String code, long number) {}

    record Use(String href, String label) {}

    @GetMapping("/{id}")
    String one(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String show,
            Model model,
            HttpServletResponse response) {
        Trial trial;
        try {
            trial = trials.one(Scopes.id(id, "没有这项试算，请从列表中重新选择。"));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            fill(Map.of(), List.of(), model);
            return "monitoring/try-out";
        }
        Instant now = clock.instant();
        boolean running = trial.running(now);
        if (running) response.setHeader("Refresh", String.valueOf(SECONDS));
        List<Line> lines = trials.lines(trial.id());
        boolean all = show.equals("all");
        List<Count> counts = Arrays.stream(TrialVerdict.values())
                .map(verdict -> new Count(
                        verdict.label(),
                        verdict.code(),
                        lines.stream().filter(line -> line.verdict() == verdict).count()))
                .toList();
        List<Line> shown = lines.stream()
                .filter(line -> all || line.verdict() != TrialVerdict.SAME)
                .toList();
        tabs.show(model, "/monitoring/try-out");
        model.addAttribute("trial", trial);
        model.addAttribute("asked", trial.askedBy() + "，" + ChineseTime.text(trial.askedAt()));
        model.addAttribute("what", figures(trial));
        model.addAttribute("days", days(trial));
        model.addAttribute("running", running);
        model.addAttribute("state", state(trial, now));
        model.addAttribute("finished", trial.endedAt() != null && trial.failure() == null);
        model.addAttribute("counts", counts);
        model.addAttribute("all", all);
        model.addAttribute("cut", shown.size() > MOST_LINES);
        model.addAttribute(
                "lines", shown.stream().limit(MOST_LINES).map(TryOutPage::shown).toList());
        model.addAttribute("uses", uses(trial));
        model.addAttribute("again", again(trial));
        return "monitoring/trial";
    }

    private static Shown shown(Line line) {
        return new Shown(
                line.verdict().code(),
                line.verdict().label(),
                line.outlet().title(),
                line.rule().label(),
                line.subject(),
                code(line.wasLevel()),
                side(line.wasBegan(), line.wasLevel(), line.wasSentence(), "没有预警"),
                code(line.wouldLevel()),
                side(line.wouldBegin(), line.wouldLevel(), line.wouldSentence(), "不会预警"));
    }

    private static @Nullable String code(@Nullable AlertLevel level) {
        return level == null ? null : level.code();
    }

    private static String side(
            @Nullable Instant began, @Nullable AlertLevel level, @Nullable String sentence, String none) {
        if (began == null || level == null) return none;
        return level.shape() + " " + level.label() + "，自" + ChineseTime.text(began) + "起。"
                + Objects.requireNonNullElse(sentence, "");
    }

    private static String figures(Trial trial) {
        return trial.figures().entrySet().stream()
                .map(one -> one.getKey().label()
                        + Scopes.number(one.getValue())
                        + one.getKey().unit())
                .collect(Collectors.joining("，"));
    }

    private static String days(Trial trial) {
        return ChineseTime.text(trial.first()) + "至" + ChineseTime.text(trial.last());
    }

    private static String state(Trial trial, Instant now) {
        if (trial.failure() != null) return trial.failure();
        if (trial.endedAt() != null) return "已完成";
        return trial.running(now)
                ? "正在试算，已完成" + trial.done() + "/" + trial.outlets().size() + "个排放口"
                : "试算中断，请重新试算";
    }

    /** Where these figures may be taken to. */
    private List<Use> uses(Trial trial) {
        Map<String, String> scopes = new LinkedHashMap<>();
        TreeSet<Outlet.Kind> kinds = new TreeSet<>();
        for (long id : trial.outlets())
            registry.outlet(id).ifPresent(outlet -> {
                kinds.add(outlet.kind());
                if (trial.outlets().size() == 1) scopes.put(String.valueOf(id), "用于" + outlet.title());
            });
        if (kinds.size() == 1)
            scopes.put(
                    kinds.first() == Outlet.Kind.GAS ? "gas" : "water",
                    "用于全部" + kinds.first().label() + "排放口");
        scopes.put("all", "用于全部排放口");
        List<Use> uses = new ArrayList<>();
        scopes.forEach((scope, label) -> {
            UriComponentsBuilder to =
                    UriComponentsBuilder.fromPath("/monitoring/thresholds").queryParam("scope", scope);
            trial.figures().forEach((threshold, amount) -> to.queryParam(threshold.name(), Scopes.number(amount)));
            uses.add(new Use(to.fragment("adjust").toUriString(), label));
        });
        return uses;
    }

    private static String again(Trial trial) {
        UriComponentsBuilder to = UriComponentsBuilder.fromPath("/monitoring/try-out")
                .queryParam("first", trial.first())
                .queryParam("last", trial.last());
        trial.outlets().forEach(outlet -> to.queryParam("outlet", outlet));
        trial.figures().forEach((threshold, amount) -> to.queryParam(threshold.name(), Scopes.number(amount)));
        return to.toUriString();
    }
}
