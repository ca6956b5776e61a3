package org.banhao.people.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.people.domain.Accounts;
import org.banhao.people.domain.FirstAdministrator;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Open only while there is no account at all; what it makes needs the token from the log. */
@Controller
class FirstAdministratorPage {

    private final FirstAdministrator first;

    FirstAdministratorPage(FirstAdministrator first) {
        this.first = first;
    }

    @GetMapping("/first-administrator")
    String page(@RequestParam(defaultValue = "") String token, Model model) {
        if (!first.open()) throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        model.addAttribute("token", token);
        return "people/first-administrator";
    }

    @PostMapping("/first-administrator")
    String create(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        if (!first.open()) throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        try {
            first.create(
                    token,
                    new Accounts.NewAccount(login, name, "系统管理员", null, null),
                    password,
                    again,
                    request.getRemoteAddr());
        } catch (Refusal refusal) {
            if (refusal.field() == null) first.failed(request.getRemoteAddr());
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("login", login);
            model.addAttribute("name", name);
            model.addAttribute("wrong", Map.of(String.valueOf(refusal.field()), refusal.sentence()));
            return page(token, model);
        }
        onward.addFlashAttribute("told", "账号已创建，请登录。登录后请为安全保密管理员、安全审计员创建账号并指定角色。");
        return "redirect:/login";
    }
}
