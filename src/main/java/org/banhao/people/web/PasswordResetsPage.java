package org.banhao.people.web;

import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.people.domain.PasswordResets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the three administrators ask of one another: all of them see all requests, each acts on his own. */
@Controller
@RequestMapping("/admin/resets")
class PasswordResetsPage {

    private static final String[] THREE = {
        Roles.SYSTEM_ADMINISTRATOR, Roles.SECURITY_ADMINISTRATOR, Roles.AUDIT_ADMINISTRATOR
    };

    private final PasswordResets resets;
    private final SignedIn signedIn;
    private final String address;

    PasswordResetsPage(PasswordResets resets, SignedIn signedIn, @Value("${banhao.address:}") String address) {
        this.resets = resets;
        this.signedIn = signedIn;
        this.address = address;
    }

    @GetMapping
    String page(Model model) {
        signedIn.require(THREE);
        model.addAttribute("requests", resets.latest(signedIn.person().id()));
        return "people/resets";
    }

    @PostMapping("/{id}/confirm")
    String confirm(@PathVariable long id, RedirectAttributes onward) {
        signedIn.require(THREE);
        String token = resets.confirm(signedIn.person().id(), id);
        onward.addFlashAttribute("link", address + "/new-password?token=" + token);
        return "redirect:/admin/resets";
    }

    @PostMapping("/{id}/refuse")
    String refuse(@PathVariable long id, @RequestParam(defaultValue = "") String reason, RedirectAttributes onward) {
        signedIn.require(THREE);
        resets.refuse(signedIn.person().id(), id, reason);
        onward.addFlashAttribute("told", "已记录为不同意，申请人可以看到原因。");
        return "redirect:/admin/resets";
    }

    @PostMapping("/{id}/withdraw")
    String withdraw(@PathVariable long id, RedirectAttributes onward) {
        signedIn.require(THREE);
        resets.withdraw(signedIn.person().id(), id);
        onward.addFlashAttribute("told", "申请已撤回，发出的链接不再有效。");
        return "redirect:/admin/resets";
    }
}
