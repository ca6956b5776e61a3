package org.banhao.proposal.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.banhao.base.Refusal;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.handling.Extensions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 申请延期, reached from the page of a case. */
@Controller
@RequestMapping("/proposals/extensions")
class ExtensionPage {

    private final Extensions extensions;
    private final SignedIn signedIn;

    ExtensionPage(Extensions extensions, SignedIn signedIn) {
        this.extensions = extensions;
        this.signedIn = signedIn;
    }

    @GetMapping("/new")
    String page(
            @RequestParam(name = "case", defaultValue = "") String caseNumber,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("until", "");
        model.addAttribute("reason", "");
        return show(caseNumber, model, response);
    }

    private String show(String caseNumber, Model model, HttpServletResponse response) {
        try {
            model.addAttribute("offers", caseNumber.isEmpty() ? List.of() : extensions.offers(caseNumber, person()));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("offers", List.of());
        }
        return "proposal/extension";
    }

    @PostMapping
    String ask(
            @RequestParam(name = "case", defaultValue = "") String caseNumber,
            @RequestParam(defaultValue = "0") String handling,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response) {
        try {
            extensions.ask(id(handling), day(until), reason, person());
        } catch (Refusal refusal) {
            model.addAttribute("until", until);
            model.addAttribute("reason", reason);
            String page = show(caseNumber, model, response);
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return page;
        }
        onward.addFlashAttribute("told", "延期申请已交分管领导审签；批准以前期限不变。");
        return "redirect:/cases/" + caseNumber;
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refusal("没有这项办理，请从案件页重新进入。");
        }
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal("until", "「延到哪一天」不是一个日期，请重新填写。");
        }
    }

    private String person() {
        return signedIn.person().id();
    }
}
