package org.banhao.proposal.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Registration;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.SessionAdministration;
import org.banhao.proposal.domain.SessionAdministration.Rules;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 届次: closing hour, who decides, limits; which one new proposals belong to. */
@Controller
@RequestMapping("/proposals/sessions")
class SessionsPage {

    private static final Map<String, String> NUMBERS = new LinkedHashMap<>();
    private static final Map<String, String> USUAL = Map.of(
            "finalDecider", "meeting",
            "titleLimit", "50",
            "textLimit", "1500",
            "suggestionLimit", "500",
            "wishLimit", "3",
            "coSignLeastDays", "1",
            "mergedFiled", "no");

    static {
        NUMBERS.put("titleLimit", "案由最多字数");
        NUMBERS.put("textLimit", "情况、分析各最多字数");
        NUMBERS.put("suggestionLimit", "每条建议最多字数");
        NUMBERS.put("wishLimit", "建议承办单位最多几个");
        NUMBERS.put("coSignLeastDays", "联名确认至少几个工作日");
    }

    private final SessionAdministration sessions;
    private final Registration registration;
    private final People people;
    private final SignedIn signedIn;

    SessionsPage(SessionAdministration sessions, Registration registration, People people, SignedIn signedIn) {
        this.sessions = sessions;
        this.people = people;
        this.registration = registration;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(Model model) {
        return page("", Map.of(), model);
    }

    /** @param open which form is open: empty, {@code new}, or a session's id with what was to be changed */
    private String page(String open, Map<String, String> typed, Model model) {
        signedIn.require(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
        List<SessionAdministration.Line> lines = sessions.all();
        Map<String, Map<String, String>> values = new LinkedHashMap<>();
        lines.forEach(line -> values.put(
                line.session().id(), open.equals(line.session().id() + "/rules") ? typed : values(line.session())));
        model.addAttribute("lines", lines);
        model.addAttribute("values", values);
        model.addAttribute("fresh", open.equals("new") ? typed : USUAL);
        model.addAttribute("numbers", NUMBERS);
        Map<String, List<String>> organizers = new LinkedHashMap<>();
        lines.stream()
                .map(SessionAdministration.Line::session)
                .filter(Session::mock)
                .forEach(session -> organizers.put(session.id(), sessions.organizers(session.id())));
        model.addAttribute("organizers", organizers);
        model.addAttribute(
                "organizations",
                people.members().stream()
                        .filter(member -> !member.kind().equals("member"))
                        .toList());
        model.addAttribute("open", open);
        model.addAttribute("typed", typed);
        model.addAttribute("clerk", signedIn.has(Roles.PROPOSAL_CLERK));
        return "proposal/sessions";
    }

    private static Map<String, String> values(Session session) {
        return Map.of(
                "name", session.name(),
                "finalDecider", session.finalDecider(),
                "titleLimit", String.valueOf(session.titleLimit()),
                "textLimit", String.valueOf(session.textLimit()),
                "suggestionLimit", String.valueOf(session.suggestionLimit()),
                "wishLimit", String.valueOf(session.wishLimit()),
                "coSignLeastDays", String.valueOf(session.coSignLeastDays()),
                "mergedFiled", session.mergedFiled() ? "yes" : "no",
                "closesAt",
                        LocalDateTime.ofInstant(session.closesAt(), ChineseTime.ZONE)
                                .toString());
    }

    @PostMapping
    String add(
            @RequestParam Map<String, String> typed,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        return act(
                "new",
                typed,
                () -> {
                    sessions.add(me(), text(typed, "id"), moment(typed), rules(typed));
                    return "届次已建立。";
                },
                response,
                model,
                onward);
    }

    @PostMapping("/mock")
    String addMock(
            @RequestParam Map<String, String> typed,
            @RequestParam(name = "organizers", defaultValue = "") List<String> organizers,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        return act(
                "mock",
                typed,
                () -> {
                    sessions.addMock(me(), text(typed, "id"), text(typed, "name"), moment(typed), organizers);
                    return "模拟届次已开放，承办单位的联系人可以在“我的提案”录入模拟提案。";
                },
                response,
                model,
                onward);
    }

    @PostMapping("/{id}/mock-end")
    String closeMock(@PathVariable String id, RedirectAttributes onward) {
        try {
            sessions.closeMock(me(), id);
            onward.addFlashAttribute("told", "模拟届次已关闭，不再录入、提交；已提交的继续审查。");
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/proposals/sessions";
    }

    @PostMapping("/{id}/mock-reopening")
    String reopenMock(@PathVariable String id, RedirectAttributes onward) {
        try {
            sessions.reopenMock(me(), id);
            onward.addFlashAttribute("told", "模拟届次已重新开放。");
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/proposals/sessions";
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable String id,
            @RequestParam Map<String, String> typed,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        return act(
                id + "/rules",
                typed,
                () -> {
                    sessions.change(me(), id, rules(typed));
                    return "已保存，从现在起适用；已提交的提案不受影响。";
                },
                response,
                model,
                onward);
    }

    @PostMapping("/{id}/closing")
    String closing(
            @PathVariable String id,
            @RequestParam Map<String, String> typed,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        return act(
                id + "/closing",
                typed,
                () -> {
                    int moved = sessions.moveClosing(me(), id, moment(typed), typed.get("reason"));
                    return "截止时间已调整" + (moved == 0 ? "。" : "，" + moved + "件提案的联名确认期限随之调整，已通知有关人员。");
                },
                response,
                model,
                onward);
    }

    @PostMapping("/{id}/current")
    String current(@PathVariable String id, RedirectAttributes onward) {
        sessions.makeCurrent(me(), id);
        onward.addFlashAttribute("told", "当前届次已更换，新的提案归入此届次。");
        return "redirect:/proposals/sessions";
    }

    @PostMapping("/publication")
    String publish(RedirectAttributes onward) {
        registration.publish(me());
        onward.addFlashAttribute("told", "案号已公布，此后不再变动；新的提案接续编号。");
        return "redirect:/proposals/sessions";
    }

    private interface Act {
        String done();
    }

    private String act(
            String open,
            Map<String, String> typed,
            Act act,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        signedIn.require(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
        try {
            onward.addFlashAttribute("told", act.done());
            return "redirect:/proposals/sessions";
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            String field = refusal.field();
            if (field == null) {
                model.addAttribute("refused", refusal.sentence());
            }
            Map<String, String> wrong = new LinkedHashMap<>();
            wrong.put(field == null ? "" : field, refusal.sentence());
            model.addAttribute("wrong", wrong);
            return page(open, typed, model);
        }
    }

    private String me() {
        return signedIn.person().id();
    }

    private static Rules rules(Map<String, String> typed) {
        return new Rules(
                text(typed, "name"),
                text(typed, "finalDecider"),
                number(typed, "titleLimit", "案由字数"),
                number(typed, "textLimit", "情况、分析字数"),
                number(typed, "suggestionLimit", "每条建议字数"),
                number(typed, "wishLimit", "建议承办单位"),
                number(typed, "coSignLeastDays", "联名确认至少"),
                text(typed, "mergedFiled").equals("yes"));
    }

    private static String text(Map<String, String> typed, String field) {
        return typed.getOrDefault(field, "");
    }

    private static int number(Map<String, String> typed, String field, String label) {
        try {
            return Integer.parseInt(text(typed, field).strip());
        } catch (NumberFormatException notANumber) {
            throw new Refusal(field, "「" + label + "」请填写整数。");
        }
    }

    private static Instant moment(Map<String, String> typed) {
        try {
            return LocalDateTime.parse(text(typed, "closesAt").strip())
                    .atZone(ChineseTime.ZONE)
                    .toInstant();
        } catch (DateTimeException notAMoment) {
            throw new Refusal("closesAt", "「提案截止时间」请选择日期和时刻。");
        }
    }
}
