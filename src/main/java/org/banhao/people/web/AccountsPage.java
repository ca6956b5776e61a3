package org.banhao.people.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.people.domain.Accounts;
import org.banhao.people.domain.PasswordResets;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Accounts for the system administrator, memberships for the security administrator, on one page. */
@Controller
@RequestMapping("/admin/people")
class AccountsPage {

    private static final int MOST = 100;

    private final Accounts accounts;
    private final PasswordResets resets;
    private final SignedIn signedIn;

    AccountsPage(Accounts accounts, PasswordResets resets, SignedIn signedIn) {
        this.accounts = accounts;
        this.resets = resets;
        this.signedIn = signedIn;
    }

    /** Shown once, on the next page. */
    public record Initial(String login, String name, String password) {}

    @GetMapping
    String page(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String state, Model model) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR, Roles.SECURITY_ADMINISTRATOR);
        boolean system = signedIn.has(Roles.SYSTEM_ADMINISTRATOR);
        boolean closed = state.equals("closed");
        List<Accounts.Line> lines = accounts.search(q, !closed, MOST + 1);
        model.addAttribute("q", q);
        model.addAttribute("closed", closed);
        model.addAttribute("lines", lines.subList(0, Math.min(MOST, lines.size())));
        model.addAttribute("more", lines.size() > MOST);
        model.addAttribute("me", signedIn.person().id());
        model.addAttribute("system", system);
        model.addAttribute("security", signedIn.has(Roles.SECURITY_ADMINISTRATOR));
        model.addAttribute("groups", accounts.groups());
        model.addAttribute("nameSecurity", system && accounts.securityAdministratorMissing());
        model.addAttribute("nameAudit", system && accounts.auditAdministratorMissing());
        return "people/accounts";
    }

    @PostMapping
    String create(
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String post,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String phone,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        String password;
        try {
            password = accounts.create(new Accounts.NewAccount(login, name, post, email, phone));
        } catch (Refusal refusal) {
            Wrong.show(refusal, response, model);
            model.addAttribute(
                    "typed", Map.of("login", login, "name", name, "post", post, "email", email, "phone", phone));
            return page("", "", model);
        }
        String id = login.strip().toLowerCase(Locale.ROOT);
        onward.addFlashAttribute("initial", new Initial(id, name.strip(), password));
        return to(id, onward);
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String post,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String phone,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        try {
            accounts.change(new Accounts.NewAccount(id, name, post, email, phone));
        } catch (Refusal refusal) {
            Wrong.show(refusal, response, model);
            model.addAttribute("changing", id);
            model.addAttribute("typed", Map.of("name", name, "post", post, "email", email, "phone", phone));
            return page(id, "", model);
        }
        onward.addFlashAttribute("told", "已保存" + name.strip() + "的资料。");
        return to(id, onward);
    }

    @PostMapping("/{id}/api")
    String api(@PathVariable String id, @RequestParam(defaultValue = "") String may, RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        boolean allowed = may.equals("yes");
        accounts.api(signedIn.person().id(), id, allowed);
        onward.addFlashAttribute("told", allowed ? "已允许账号 " + id + " 调用接口。" : "已收回账号 " + id + " 的接口权限。");
        return to(id, onward);
    }

    @PostMapping("/{id}/password")
    String reset(@PathVariable String id, RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        String password = accounts.resetPassword(signedIn.person().id(), id);
        onward.addFlashAttribute("initial", new Initial(id, id, password));
        return to(id, onward);
    }

    /** For one of the three administrators: {@link PasswordResets}. */
    @PostMapping("/{id}/reset")
    String askReset(
            @PathVariable String id, @RequestParam(defaultValue = "") String reason, RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        onward.addFlashAttribute("code", resets.ask(signedIn.person().id(), id, reason));
        return "redirect:/admin/resets";
    }

    @PostMapping("/{id}/deactivation")
    String deactivate(@PathVariable String id, RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        accounts.deactivate(signedIn.person().id(), id);
        onward.addFlashAttribute("told", "账号 " + id + " 已停用，其群组已全部退出，在办事项已交回。");
        onward.addAttribute("state", "closed");
        return to(id, onward);
    }

    @PostMapping("/{id}/groups")
    String join(@PathVariable String id, @RequestParam(defaultValue = "") String group, RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR, Roles.SECURITY_ADMINISTRATOR);
        String me = signedIn.person().id();
        if (signedIn.has(Roles.SECURITY_ADMINISTRATOR)) accounts.join(me, id, group.strip());
        else accounts.nameAdministrator(me, id, group.strip());
        onward.addFlashAttribute("told", "已加入群组，对方下一次操作时生效。");
        return to(id, onward);
    }

    @PostMapping("/{id}/groups/{group}/end")
    String leave(@PathVariable String id, @PathVariable String group, RedirectAttributes onward) {
        signedIn.require(Roles.SECURITY_ADMINISTRATOR);
        accounts.leave(signedIn.person().id(), id, group);
        onward.addFlashAttribute("told", "已退出群组，由此群组签收的待办已交回。");
        return to(id, onward);
    }

    private static String to(String id, RedirectAttributes onward) {
        onward.addAttribute("q", id);
        return "redirect:/admin/people";
    }
}
