package org.banhao.administration.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.banhao.administration.domain.RunningCases;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.flow.MigrationRuns.Run;
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

/**
 * Cases that run on an older version of a process are taken over to the latest one: first tried and shown, then confirmed; both
 * go on in the background, and the page looks how far they are. The steps are
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

    /** How often a page looks again while something is under way. */
    private static final int SECONDS = 2;

    /** @param state in words */
    record Listed(long id, String what, String asked, String state) {}

    @GetMapping
    String list(Model model) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        return listed(model);
    }

    private String listed(Model model) {
        Instant now = clock.instant();
        model.addAttribute("behind", cases.behind());
        model.addAttribute(
                "runs",
                cases.latest().stream()
                        .map(run -> new Listed(run.id(), title(run), asked(run), state(run, now)))
                        .toList());
        return "admin/migrations";
    }

    /** Tried in the background. */
    @PostMapping("/plan")
    String plan(
            @RequestParam(defaultValue = "") String version,
            @RequestParam Map<String, String> given,
            Model model,
            HttpServletResponse response) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        return begun(version, given, true, model, response);
    }

    /** Done in the background. */
    @PostMapping("/migrate")
    String migrate(
            @RequestParam(defaultValue = "") String version,
            @RequestParam Map<String, String> given,
            Model model,
            HttpServletResponse response) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        return begun(version, given, false, model, response);
    }

    private String begun(
            String version, Map<String, String> given, boolean trial, Model model, HttpServletResponse response) {
        try {
            if (!trial && !"yes".equals(given.get("checked"))) {
                throw new Refusal("checked", "迁移以后不能退回旧版，请先核对各步骤的去处，勾选“已核对”后再迁移。");
            }
            return "redirect:/admin/migrations/" + cases.start(version, instead(given), trial);
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return listed(model);
        }
    }

    @GetMapping("/{id}")
    String one(@PathVariable String id, Model model, HttpServletResponse response) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        Run run;
        try {
            run = cases.one(number(id));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return listed(model);
        }
        Instant now = clock.instant();
        boolean running = run.running(now);
        if (running) response.setHeader("Refresh", String.valueOf(SECONDS));
        model.addAttribute("run", run);
        model.addAttribute("title", title(run));
        model.addAttribute("asked", asked(run));
        model.addAttribute("running", running);
        model.addAttribute("state", state(run, now));
        model.addAttribute("plan", run.outcome());
        // without an end or with a failure it may be tried anew, with the same places
        model.addAttribute("again", !running && run.outcome() == null && run.moved() == null);
        return "admin/migration";
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new Refusal("没有这次试算或者迁移，请从列表中重新选择。");
        }
    }

    private static String title(Run run) {
        return (run.trial() ? "试算迁移：" : "迁移：") + run.name() + "第" + run.fromVersion() + "版到第" + run.toVersion() + "版";
    }

    private static String asked(Run run) {
        return run.askedBy() + "，" + ChineseTime.text(run.askedAt());
    }

    private static String state(Run run, Instant now) {
        String failure = run.failure();
        if (failure != null) return failure;
        Integer moved = run.moved();
        if (moved != null) return "已迁移" + moved + "件，从现在起按新版流程办理。";
        if (run.outcome() != null) {
            int cannot = run.outcome().cannot().size();
            return "已试算" + run.cases() + "件，" + (cannot == 0 ? "都可以迁移。" : cannot + "件不能迁移。");
        }
        // who stopped just after the last case had moved did not come to say so
        if (!run.running(now)) return run.trial() ? "中断，没有一件迁移，请重新试算。" : "没有等到结果，请在列表中核对是否已迁移。";
        return run.trying()
                ? "正在逐件试算，已试" + Math.min(run.done(), run.cases()) + "/" + run.cases() + "件。"
                : "正在迁移，已办" + (run.done() - run.cases()) + "/" + run.cases() + "件；全部办完才算数。";
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
