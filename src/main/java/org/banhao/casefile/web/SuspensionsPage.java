package org.banhao.casefile.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.casefile.domain.Suspensions;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 暂停办理 for the system administrator: by case number alone, because he does not read cases. */
@Controller
@RequestMapping("/admin/suspensions")
class SuspensionsPage {
    private final Suspensions suspensions;
    private final SignedIn signedIn;

    SuspensionsPage(Suspensions suspensions, SignedIn signedIn) {
        this.suspensions = suspensions;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(Model model) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        List<Suspensions.Suspension> present = suspensions.present();
        model.addAttribute("present", present);
        model.addAttribute("words", new CaseWords());
        if (!model.containsAttribute("typed")) model.addAttribute("typed", Map.of("number", "", "reason", ""));
        return "casefile/suspensions";
    }

    @PostMapping
    String suspend(
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String reason,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        try {
            suspensions.suspend(number, reason);
        } catch (Refusal refusal) {
            String field = refusal.field();
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            if (field == null) model.addAttribute("refused", refusal.sentence());
            model.addAttribute("wrong", Map.of(field == null ? "" : field, refusal.sentence()));
            model.addAttribute("typed", Map.of("number", number, "reason", reason));
            return page(model);
        }
        onward.addFlashAttribute("told", "案件" + number.strip() + "已暂停办理。");
        return "redirect:/admin/suspensions";
    }

    @PostMapping("/{number}/end")
    String resume(
            @PathVariable String number, @RequestParam(defaultValue = "") String reason, RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        suspensions.resume(number, reason);
        onward.addFlashAttribute("told", "案件" + number + "已恢复办理，待办重新出现在承办人的列表中。");
        return "redirect:/admin/suspensions";
    }
}
