package org.banhao.monitoring.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.domain.CommandDesk;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 反控命令 of all outlets: which wait for a second person, which are open, which were. */
@Controller
@RequestMapping("/monitoring/commands")
class CommandPages {

    private final CommandDesk commands;
    private final Registry registry;

    CommandPages(CommandDesk commands, Registry registry) {
        this.commands = commands;
        this.registry = registry;
    }

    @GetMapping
    String show(@RequestParam Map<String, String> form, Model model) {
        model.addAttribute("entries", commands.entries());
        model.addAttribute("commands", commands.known());
        model.addAttribute("outlets", registry.outlets());
        model.addAttribute("form", form);
        return "monitoring/commands";
    }

    @PostMapping
    String open(
            @RequestParam Map<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            commands.open(
                    number(form.get("outlet"), "请选择排放口。"),
                    (int) number(form.get("command"), "请选择命令。"),
                    form.get("reason"),
                    form.get("validUntil"));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("wrong", refusal.field());
            return show(form, model);
        }
        return done("已提出，请另一人同意后生效。", redirect);
    }

    @PostMapping("/{right}/agree")
    String agree(@PathVariable String right, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        commands.agree(number(form.get("outlet"), "请选择排放口。"), number(right, "没有这项开通，请刷新页面后再试。"));
        return done("已同意，命令可以在设备页面发送。", redirect);
    }

    @PostMapping("/{right}/close")
    String close(@PathVariable String right, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        commands.close(number(form.get("outlet"), "请选择排放口。"), number(right, "没有这项开通，请刷新页面后再试。"));
        return done("已关闭。", redirect);
    }

    private static long number(@org.jspecify.annotations.Nullable String typed, String sentence) {
        if (typed == null || !typed.matches("\\d{1,9}")) throw new Refusal(sentence);
        return Long.parseLong(typed);
    }

    private static String done(String told, RedirectAttributes redirect) {
        redirect.addFlashAttribute("told", told);
        return "redirect:/monitoring/commands";
    }
}
