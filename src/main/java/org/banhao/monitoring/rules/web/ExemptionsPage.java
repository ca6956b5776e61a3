package org.banhao.monitoring.rules.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.rules.Exemption;
import org.banhao.monitoring.rules.domain.Exemptions;
import org.banhao.monitoring.rules.domain.ThresholdBooks;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 启停豁免时段: for how long a mark of starting or stopping keeps readings from being judged. */
@Controller
@RequestMapping("/monitoring/exemptions")
class ExemptionsPage {

    private final Exemptions exemptions;
    private final ThresholdBooks books;
    private final Registry registry;
    private final RuleTabs tabs;
    private final Clock clock;

    ExemptionsPage(Exemptions exemptions, ThresholdBooks books, Registry registry, RuleTabs tabs, Clock clock) {
        this.exemptions = exemptions;
        this.books = books;
        this.registry = registry;
        this.tabs = tabs;
        this.clock = clock;
    }

    record Row(
            long id,
            String category,
            String word,
            String factor,
            String longest,
            String basis,
            String span,
            String who,
            boolean over) {}

    @GetMapping
    String show(@RequestParam Map<String, String> form, Model model) {
        LocalDate today = ChineseTime.day(clock.instant());
        Map<String, String> factors = registry.factors().stream().collect(Collectors.toMap(Factor::code, Factor::name));
        tabs.show(model, "/monitoring/exemptions");
        model.addAttribute("form", form);
        model.addAttribute("today", today.toString());
        model.addAttribute("categories", exemptions.categories());
        model.addAttribute(
                "factors", registry.factors().stream().filter(Factor::pollutant).toList());
        model.addAttribute("sets", books.sets());
        model.addAttribute(
                "rows",
                exemptions.all().stream().map(one -> row(one, factors, today)).toList());
        return "monitoring/exemptions";
    }

    private Row row(Exemption one, Map<String, String> factors, LocalDate today) {
        LocalDate until = one.validUntil();
        String factor = one.factor();
        return new Row(
                one.id(),
                exemptions.categories().getOrDefault(one.category(), "其他"),
                one.word(),
                factor == null ? "全部" : factors.getOrDefault(factor, factor),
                one.longest().toHours() + "小时",
                one.basis(),
                // what was shipped has no first day of its own
                (one.validFrom().getYear() <= 2000 ? "" : "自" + ChineseTime.text(one.validFrom()) + "起")
                        + (until == null ? "" : "至" + ChineseTime.text(until)),
                one.enteredBy(),
                until != null && until.isBefore(today));
    }

    @PostMapping
    String add(
            @RequestParam Map<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            exemptions.add(
                    form.get("category"),
                    form.get("word"),
                    form.get("factor"),
                    form.get("hours"),
                    form.get("basis"),
                    form.get("validFrom"));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("wrong", refusal.field());
            return show(form, model);
        }
        redirect.addFlashAttribute("told", "已增加，从生效日期起的标记按此判定。");
        return "redirect:/monitoring/exemptions";
    }

    @PostMapping("/{id}/end")
    String end(@PathVariable String id, RedirectAttributes redirect) {
        exemptions.end(Scopes.id(id, "没有这个豁免时段，请刷新页面后重新选择。"));
        redirect.addFlashAttribute("told", "已停止适用，今天以前的标记仍按原时段判定。");
        return "redirect:/monitoring/exemptions";
    }
}
