package org.banhao.proposal.web;

import java.util.ArrayList;
import java.util.List;
import org.banhao.base.Refusal;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.handling.ResultClasses;
import org.banhao.proposal.domain.handling.ResultClasses.ResultClass;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 办理结果类别 of the current session. */
@Controller
@RequestMapping("/proposals/result-classes")
class ResultClassesPage {

    private static final int MOST = 8;

    private final ResultClasses classes;
    private final Sessions sessions;
    private final SignedIn signedIn;

    ResultClassesPage(ResultClasses classes, Sessions sessions, SignedIn signedIn) {
        this.classes = classes;
        this.sessions = sessions;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(Model model) {
        var session = sessions.current();
        List<ResultClass> lines = new ArrayList<>(classes.of(session.id()));
        while (lines.size() < MOST) {
            lines.add(new ResultClass("", ""));
        }
        model.addAttribute("current", session);
        model.addAttribute("lines", lines);
        return "proposal/result-classes";
    }

    @PostMapping
    String change(@RequestParam MultiValueMap<String, String> fields, RedirectAttributes onward) {
        List<String> codes = DraftFields.all(fields, "code");
        List<String> labels = DraftFields.all(fields, "label");
        List<ResultClass> lines = new ArrayList<>();
        for (int i = 0; i < codes.size() && i < labels.size(); i++) {
            lines.add(new ResultClass(codes.get(i), labels.get(i)));
        }
        try {
            classes.change(
                    String.valueOf(fields.getFirst("session")),
                    lines,
                    signedIn.person().id());
            onward.addFlashAttribute("told", "办理结果类别已保存；已经起草的答复不受影响。");
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/proposals/result-classes";
    }
}
