package org.banhao.people.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.banhao.base.Refusal;
import org.banhao.people.domain.PasswordResets;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where the owner of one of the three administrators' accounts chooses his password; open, its link is the secret. */
@Controller
class NewPasswordPage {

    private final PasswordResets resets;

    NewPasswordPage(PasswordResets resets) {
        this.resets = resets;
    }

    @GetMapping("/new-password")
    String page(@RequestParam(defaultValue = "") String token, Model model) {
        Optional<Boolean> needsCode = resets.needsCode(token);
        if (needsCode.isEmpty()) throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        model.addAttribute("token", token);
        model.addAttribute("needsCode", needsCode.get());
        return "people/new-password";
    }

    @PostMapping("/new-password")
    String choose(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        try {
            resets.redeem(token, code, password, again);
        } catch (Refusal refusal) {
            if (resets.needsCode(token).isEmpty()) throw refusal;
            Wrong.show(refusal, response, model);
            return page(token, model);
        }
        onward.addFlashAttribute("told", "密码已设置，请用新密码登录。");
        return "redirect:/login";
    }
}
