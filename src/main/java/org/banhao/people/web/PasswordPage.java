package org.banhao.people.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.people.SignedIn;
import org.banhao.people.domain.Account;
import org.banhao.people.domain.Accounts;
import org.banhao.people.domain.SignIns;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Everybody changes his own password here; the other sessions of the account end, this one goes on. */
@Controller
class PasswordPage {

    private final SignedIn signedIn;
    private final Accounts accounts;
    private final SignIns signIns;

    PasswordPage(SignedIn signedIn, Accounts accounts, SignIns signIns) {
        this.signedIn = signedIn;
        this.accounts = accounts;
        this.signIns = signIns;
    }

    @GetMapping("/password")
    String page(Model model) {
        signedIn.person();
        Account account = CurrentPerson.account();
        model.addAttribute("initial", account != null && account.mustChangePassword());
        model.addAttribute("login", signedIn.person().id());
        return "people/password";
    }

    @PostMapping("/password")
    String change(
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        String me = signedIn.person().id();
        try {
            accounts.changePassword(me, present, password, again);
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("wrong", Map.of(String.valueOf(refusal.field()), refusal.sentence()));
            return page(model);
        }
        signIns.account(me).ifPresent(account -> {
            request.changeSessionId();
            SessionGuard.replace(request.getSession(), account);
        });
        onward.addFlashAttribute("told", "密码已修改，下次请用新密码登录。");
        return "redirect:/password";
    }
}
