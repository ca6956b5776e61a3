package org.banhao.monitoring.rules.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.rules.domain.JudgingByHand;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 重新判定 of past days, after something was entered that had been missing. */
@Controller
@RequestMapping("/monitoring/judging")
class JudgingPage {

    private final JudgingByHand judging;
    private final Registry registry;
    private final RuleTabs tabs;
    private final Clock clock;

    JudgingPage(JudgingByHand judging, Registry registry, RuleTabs tabs, Clock clock) {
        this.judging = judging;
        this.registry = registry;
        this.tabs = tabs;
        this.clock = clock;
    }

    @GetMapping
    String show(@RequestParam Map<String, String> form, Model model) {
        tabs.show(model, "/monitoring/judging");
        model.addAttribute("form", form);
        model.addAttribute("outlets", registry.outlets());
        model.addAttribute("today", ChineseTime.day(clock.instant()).toString());
        return "monitoring/judging";
    }

    @PostMapping
    String again(
            @RequestParam Map<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            judging.again(Scopes.id(form.getOrDefault("outlet", ""), "请选择排放口。"), form.get("from"), form.get("reason"));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return show(form, model);
        }
        redirect.addFlashAttribute("told", "已重新判定，变化见监测预警。");
        return "redirect:/monitoring/judging";
    }
}
