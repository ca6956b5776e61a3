package org.banhao.administration.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.administration.domain.RunningCases;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.flow.Migrations.Behind;
import org.banhao.flow.Migrations.Plan;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Cases that run on an older version of a process are taken over to the latest one: first tried and shown, then confirmed. The steps are
 * named as people know them, their ids travel with the form.
 */
@Controller
@RequestMapping("/admin/migrations")
class MigrationsPage {

    /** Before the id of a step: the field that names its place in the latest version. */
    private static final String TO = "to.";

    private final RunningCases cases;
    private final SignedIn signedIn;
    private final Clock clock;

    MigrationsPage(RunningCases cases, SignedIn signedIn, Clock clock) {
        this.cases = cases;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @GetMapping
    String list(Model model) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        model.addAttribute("behind", cases.behind());
        return "admin/migrations";
    }

    @PostMapping("/plan")
    String plan(
            @RequestParam(defaultValue = "") String version,
            @RequestParam Map<String, String> given,
            Model model,
            HttpServletResponse response) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        return planned(version, instead(given), null, model, response);
    }

    @PostMapping("/migrate")
    String migrate(
            @RequestParam(defaultValue = "") String version,
            @RequestParam Map<String, String> given,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        Map<String, String> instead = instead(given);
        try {
            if (!"yes".equals(given.get("checked"))) {
                throw new Refusal("checked", "迁移以后不能退回旧版，请先核对各步骤的去处，勾选“已核对”后再迁移。");
            }
            redirect.addFlashAttribute("told", "已迁移" + cases.migrate(version, instead) + "件，从现在起按新版流程办理。");
            return "redirect:/admin/migrations";
        } catch (Refusal refusal) {
            return planned(version, instead, refusal, model, response);
        }
    }

    /** @param refused why it was not done */
    private String planned(
            String version,
            Map<String, String> instead,
            @Nullable Refusal refused,
            Model model,
            HttpServletResponse response) {
        if (refused != null) {
            response.setStatus((refused instanceof Overtaken ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST).value());
            model.addAttribute("refused", refused.sentence());
        }
        try {
            Instant begin = clock.instant();
            Plan plan = cases.plan(version, instead);
            // each case is tried once more before it is moved
            long seconds = 1 + 2 * Duration.between(begin, clock.instant()).toSeconds();
            model.addAttribute("plan", plan);
            model.addAttribute("instead", instead);
            model.addAttribute("seconds", seconds);
            return "admin/migration";
        } catch (Refusal unfit) {
            if (refused == null && !instead.isEmpty()) return planned(version, Map.of(), unfit, model, response);
            if (refused == null) {
                response.setStatus(HttpStatus.BAD_REQUEST.value());
                model.addAttribute("refused", unfit.sentence());
            }
            List<Behind> behind = cases.behind();
            model.addAttribute("behind", behind);
            return "admin/migrations";
        }
    }

    /** Only what goes elsewhere: the rest finds its namesake. */
    private static Map<String, String> instead(Map<String, String> given) {
        Map<String, String> instead = new LinkedHashMap<>();
        given.forEach((field, to) -> {
            if (!field.startsWith(TO) || to.isBlank()) return;
            String from = field.substring(TO.length());
            if (!from.equals(to)) instead.put(from, to);
        });
        return instead;
    }
}
