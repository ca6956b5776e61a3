package org.banhao.monitoring.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.domain.FactorBook;
import org.banhao.monitoring.domain.Limits;
import org.banhao.monitoring.domain.Outlets;
import org.banhao.monitoring.domain.Typed;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 排放限值 of standards, which one holds at an outlet on a day, and 监测因子. */
@Controller
class LimitPages {

    private final Limits limits;
    private final FactorBook factors;
    private final Outlets outlets;
    private final Registry registry;
    private final Clock clock;

    LimitPages(Limits limits, FactorBook factors, Outlets outlets, Registry registry, Clock clock) {
        this.limits = limits;
        this.factors = factors;
        this.outlets = outlets;
        this.registry = registry;
        this.clock = clock;
    }

    record Row(
            long id,
            String factor,
            String averaging,
            String amount,
            String source,
            String basis,
            String span,
            String who,
            boolean fresh,
            boolean over) {}

    record Category(String name, List<Row> rows) {}

    @GetMapping("/monitoring/limits")
    String show(@RequestParam Map<String, String> form, Model model, HttpServletResponse response) {
        try {
            fill(form, model);
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            fill(Map.of(), model);
        }
        return "monitoring/limits";
    }

    private void fill(Map<String, String> form, Model model) {
        LocalDate today = ChineseTime.day(clock.instant());
        Map<String, String> categories = outlets.categories();
        String category = form.get("shown");
        if (category == null || !categories.containsKey(category)) category = null;
        Map<String, Factor> byCode = new TreeMap<>();
        registry.factors().forEach(factor -> byCode.put(factor.code(), factor));
        List<Category> shown = new ArrayList<>();
        for (Limits.Standard one : limits.standards(category)) {
            if (shown.isEmpty() || !shown.get(shown.size() - 1).name().equals(one.category()))
                shown.add(new Category(one.category(), new ArrayList<>()));
            shown.get(shown.size() - 1).rows().add(row(one, byCode));
        }
        LocalDate day = Typed.dayOrNull("day", "日期", form.get("day"));
        String outlet = form.getOrDefault("outlet", "");
        if (!outlet.isBlank()) {
            model.addAttribute("holding", limits.holding(id(outlet, "没有这个排放口，请从列表中重新选择。"), day == null ? today : day));
            model.addAttribute(
                    "heldBy",
                    registry.outlet(Long.parseLong(outlet)).map(Outlet::title).orElse(""));
        }
        model.addAttribute("tab", "limits");
        model.addAttribute("form", form);
        model.addAttribute("outlets", limits.outlets());
        model.addAttribute("outlet", outlet);
        model.addAttribute("day", (day == null ? today : day).toString());
        model.addAttribute("today", today.toString());
        model.addAttribute("categories", categories);
        model.addAttribute("category", category);
        model.addAttribute("shown", shown);
        model.addAttribute(
                "factors", byCode.values().stream().filter(Factor::pollutant).toList());
        model.addAttribute("industries", Limits.INDUSTRIES);
        model.addAttribute("keeps", limits.mayKeep());
    }

    private static Row row(Limits.Standard one, Map<String, Factor> factors) {
        EmissionLimit limit = one.limit();
        Factor factor = factors.get(limit.factor());
        LocalDate until = limit.validUntil();
        Double lowest = limit.lowest();
        return new Row(
                limit.id(),
                factor == null ? limit.factor() : factor.name(),
                limit.averaging().label() + "均值",
                (lowest == null ? "" : Typed.plain(lowest) + "—")
                        + Typed.plain(limit.highest())
                        + (factor == null || factor.unit().equals("无量纲") ? "" : " " + factor.unit()),
                limit.source().label(),
                limit.basis(),
                "自" + ChineseTime.text(limit.validFrom()) + (until == null ? "起" : "至" + ChineseTime.text(until)),
                one.enteredBy(),
                one.fresh(),
                one.over());
    }

    @PostMapping("/monitoring/limits")
    String add(
            @RequestParam Map<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            limits.add(
                    form.get("source"),
                    form.get("category"),
                    form.get("factor"),
                    form.get("averaging"),
                    form.get("lowest"),
                    form.get("highest"),
                    form.get("basis"),
                    form.get("validFrom"),
                    form.get("validUntil"));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("wrong", refusal.field());
            fill(form, model);
            return "monitoring/limits";
        }
        redirect.addAttribute("shown", form.get("category"));
        return done("限值已登记。生效日期以来的数据不会自动重新判定，需要的请由数据员重新判定。", "/monitoring/limits", redirect);
    }

    @PostMapping("/monitoring/limits/categories")
    String addCategory(@RequestParam Map<String, String> form, RedirectAttributes redirect) {
        limits.addCategory(form.get("industry"), form.get("name"));
        return done("类别已增加，可以登记限值，并在排放口资料里选用。", "/monitoring/limits", redirect);
    }

    @PostMapping("/monitoring/limits/{id}/end")
    String end(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String lastDay,
            RedirectAttributes redirect) {
        limits.end(id(id, "没有这项限值，请刷新页面后再试。"), lastDay);
        return done("失效日期已登记。", "/monitoring/limits", redirect);
    }

    @PostMapping("/monitoring/limits/{id}/delete")
    String delete(@PathVariable String id, RedirectAttributes redirect) {
        limits.delete(id(id, "没有这项限值，请刷新页面后再试。"));
        return done("误录的限值已删除。", "/monitoring/limits", redirect);
    }

    // ---- factors

    @GetMapping("/monitoring/factors")
    String factors(@RequestParam Map<String, String> form, Model model) {
        model.addAttribute("tab", "factors");
        model.addAttribute("form", form);
        model.addAttribute("factors", factors.all());
        model.addAttribute("kinds", new TreeMap<>(FactorBook.KINDS));
        model.addAttribute("averagings", new TreeMap<>(FactorBook.AVERAGINGS));
        model.addAttribute("keeps", limits.mayKeep());
        return "monitoring/factors";
    }

    @PostMapping("/monitoring/factors")
    String addFactor(
            @RequestParam Map<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            factors.add(input(form));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("wrong", refusal.field());
            return factors(form, model);
        }
        return done("因子已增加，以后收到的数据按它显示和判定。", "/monitoring/factors", redirect);
    }

    @PostMapping("/monitoring/factors/change")
    String changeFactor(@RequestParam Map<String, String> form, RedirectAttributes redirect) {
        factors.change(input(form));
        return done("已保存。", "/monitoring/factors", redirect);
    }

    private static FactorBook.Input input(Map<String, String> form) {
        return new FactorBook.Input(
                form.get("code"),
                form.get("name"),
                form.get("unit"),
                form.get("kind"),
                form.get("averaging"),
                form.containsKey("pollutant"),
                form.containsKey("negative"),
                form.get("decimals"));
    }

    private static long id(String typed, String sentence) {
        if (!typed.matches("\\d{1,18}")) throw new Refusal(sentence);
        return Long.parseLong(typed);
    }

    private static String done(String told, String page, RedirectAttributes redirect) {
        redirect.addFlashAttribute("told", told);
        return "redirect:" + page;
    }
}
