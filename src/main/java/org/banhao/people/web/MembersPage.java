package org.banhao.people.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.people.Member;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.people.domain.Accounts;
import org.banhao.people.domain.Roster;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 名册: who may propose, since when and until when, and by which account. */
@Controller
@RequestMapping("/admin/members")
class MembersPage {

    private static final int MOST = 500;

    private final Roster roster;
    private final SignedIn signedIn;

    MembersPage(Roster roster, SignedIn signedIn) {
        this.roster = roster;
        this.signedIn = signedIn;
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String all,
            Model model) {
        allowed();
        LocalDate day = dayOrNull(on);
        List<Roster.Entry> entries = roster.search(q, kind, day, !all.isEmpty());
        model.addAttribute("q", q);
        model.addAttribute("kind", kind);
        model.addAttribute("all", !all.isEmpty());
        LocalDate shown = day == null ? roster.today() : day;
        model.addAttribute("on", shown);
        model.addAttribute("onText", ChineseTime.text(shown));
        model.addAttribute("counts", roster.inOffice(day));
        model.addAttribute("entries", entries);
        model.addAttribute("full", entries.size() == MOST);
        model.addAttribute("kinds", Roster.KINDS);
        return "people/members";
    }

    // ---- a new one

    @GetMapping("/new")
    String blank(@RequestParam(defaultValue = "member") String kind, Model model) {
        allowed();
        return form(Map.of("kind", kind, "with", "new"), model);
    }

    private static String form(Map<String, String> typed, Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("kinds", Roster.KINDS);
        return "people/member-new";
    }

    @PostMapping
    String add(
            @RequestParam Map<String, String> typed,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        allowed();
        Roster.Added added;
        String me = signedIn.person().id();
        try {
            Roster.Input input = input(typed, text(typed, "id"), text(typed, "kind"));
            if (text(typed, "with").equals("present")) {
                added = roster.add(me, input, text(typed, "present"));
            } else {
                String person = input.kind().equals("member") ? text(typed, "name") : text(typed, "contact");
                if (person.isBlank()) {
                    boolean member = input.kind().equals("member");
                    throw new Refusal(member ? "name" : "contact", member ? "请填写「姓名」。" : "请填写「联系人姓名」。");
                }
                added = roster.add(
                        me,
                        input,
                        new Accounts.NewAccount(
                                text(typed, "login"),
                                person,
                                text(typed, "post"),
                                text(typed, "email"),
                                text(typed, "phone")));
            }
        } catch (Refusal refusal) {
            // the same field stands in the part for an account that exists
            boolean present = text(typed, "with").equals("present") && "login".equals(refusal.field());
            Wrong.show(present ? new Refusal("present", refusal.sentence()) : refusal, response, model);
            return form(typed, model);
        }
        String password = added.password();
        if (password != null) {
            onward.addFlashAttribute(
                    "initial",
                    new AccountsPage.Initial(added.login(), text(typed, "name").strip(), password));
        }
        onward.addFlashAttribute("told", "已登记" + text(typed, "name").strip() + "，可以用账号" + added.login() + "提出提案。");
        onward.addAttribute("id", added.id());
        return "redirect:/admin/members/{id}";
    }

    // ---- one of them

    @GetMapping("/{id}")
    String one(@PathVariable String id, Model model) {
        allowed();
        Roster.Entry entry = roster.get(id);
        Member m = entry.member();
        return one(
                entry,
                Map.of(
                        "name", m.name(),
                        "number", m.number(),
                        "sector", m.sector(),
                        "party", m.party(),
                        "post", m.post(),
                        "since", day(entry.since()),
                        "until", day(m.inOfficeUntil())),
                model);
    }

    private String one(Roster.Entry entry, Map<String, String> typed, Model model) {
        model.addAttribute("entry", entry);
        model.addAttribute("m", entry.member());
        model.addAttribute("typed", typed);
        model.addAttribute("today", roster.today());
        return "people/member";
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable String id,
            @RequestParam Map<String, String> typed,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        allowed();
        Roster.Entry entry = roster.get(id);
        try {
            roster.change(id, input(typed, id, entry.member().kind()));
        } catch (Refusal refusal) {
            Wrong.show(refusal, response, model);
            return one(entry, typed, model);
        }
        return done(id, "已保存。", onward);
    }

    @PostMapping("/{id}/account")
    String account(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String login,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        allowed();
        try {
            roster.account(signedIn.person().id(), id, login);
        } catch (Refusal refusal) {
            Wrong.show(refusal, response, model);
            model.addAttribute("login", login);
            return one(id, model);
        }
        return done(id, "已改由账号" + login.strip() + "提出提案。", onward);
    }

    @PostMapping("/{id}/leaving")
    String leave(@PathVariable String id, @RequestParam(defaultValue = "") String last, RedirectAttributes onward) {
        allowed();
        roster.leave(id, date(last, "until", "离任日期"));
        return done(id, "离任已登记，次日起不能再提出或联名提案；以前的提案照常办理。", onward);
    }

    // ---- helpers

    private void allowed() {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR, Roles.PROPOSAL_CLERK);
    }

    private static Roster.Input input(Map<String, String> typed, String id, String kind) {
        return new Roster.Input(
                id,
                kind,
                text(typed, "name"),
                text(typed, "number"),
                text(typed, "sector"),
                text(typed, "party"),
                text(typed, "post"),
                date(text(typed, "since"), "since", "任职日期"),
                date(text(typed, "until"), "until", "任期截止"));
    }

    private static String text(Map<String, String> typed, String field) {
        return typed.getOrDefault(field, "");
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    private static @Nullable LocalDate dayOrNull(String text) {
        try {
            return text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeException notADay) {
            return null;
        }
    }

    private static @Nullable LocalDate date(String text, String field, String label) {
        try {
            return text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeException notADay) {
            throw new Refusal(field, "「" + label + "」请选择日历上的一天。");
        }
    }

    private static String done(String id, String told, RedirectAttributes onward) {
        onward.addFlashAttribute("told", told);
        onward.addAttribute("id", id);
        return "redirect:/admin/members/{id}";
    }
}
