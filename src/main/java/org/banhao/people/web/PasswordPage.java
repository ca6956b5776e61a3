package org.banhao.people.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.banhao.base.Audit;
import org.banhao.base.Refusal;
import org.banhao.people.SignedIn;
import org.banhao.people.domain.Account;
import org.banhao.people.domain.Accounts;
import org.banhao.people.domain.SignInThrottle;
import org.banhao.people.domain.SignIns;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Everybody changes his own password here; the other sessions of the account end, this one goes on. Whoever sits down at
 * somebody's open session must not find the password out here: wrong ones wait as at sign-in, and the tenth ends the session.
 * They are counted apart from sign-in and for this person at this address, so nobody is kept from signing in anywhere.
 */
@Controller
class PasswordPage {

    /** Wrong present passwords in one session, and not one more. */
    private static final int MOST_WRONG = 10;

    private static final String WRONG = "banhao.wrongPasswords";

    private final SignedIn signedIn;
    private final Accounts accounts;
    private final SignIns signIns;
    private final SignInThrottle throttle;
    private final Audit audit;

    PasswordPage(SignedIn signedIn, Accounts accounts, SignIns signIns, SignInThrottle throttle, Audit audit) {
        this.signedIn = signedIn;
        this.accounts = accounts;
        this.signIns = signIns;
        this.throttle = throttle;
        this.audit = audit;
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
        String key = "password:" + me;
        String address = request.getRemoteAddr();
        if (!throttle.wait(key, address).isZero())
            return refused(new Refusal("present", "「当前密码」错误次数过多，请稍候再试（最长15分钟）。"), response, model);
        try {
            accounts.changePassword(me, present, password, again);
        } catch (Refusal refusal) {
            if (!"present".equals(refusal.field())) return refused(refusal, response, model);
            throttle.failed(key, address);
            audit.record("people.changePasswordRefused", null, me);
            if (wrongOnceMore(request.getSession()) < MOST_WRONG) return refused(refusal, response, model);
            request.getSession().invalidate();
            return "redirect:/login?guessed";
        }
        throttle.succeeded(key, address);
        request.getSession().removeAttribute(WRONG);
        signIns.account(me).ifPresent(account -> {
            request.changeSessionId();
            SessionGuard.replace(request.getSession(), account);
        });
        onward.addFlashAttribute("told", "密码已修改，下次请用新密码登录。");
        return "redirect:/password";
    }

    private static int wrongOnceMore(HttpSession session) {
        int wrong = session.getAttribute(WRONG) instanceof Integer before ? before + 1 : 1;
        session.setAttribute(WRONG, wrong);
        return wrong;
    }

    private String refused(Refusal refusal, HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        model.addAttribute("wrong", Map.of(String.valueOf(refusal.field()), refusal.sentence()));
        return page(model);
    }
}
