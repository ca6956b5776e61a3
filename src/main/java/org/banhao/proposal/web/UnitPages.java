package org.banhao.proposal.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.banhao.base.Refusal;
import org.banhao.people.People;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.assignment.InnerForwardings;
import org.banhao.proposal.domain.assignment.UnitWords;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The liaison's own pages: the unit's word before 交办, and what the unit holds, with 二次交办 of counties and zones. */
@Controller
@RequestMapping("/proposals")
class UnitPages {

    private final UnitWords words;
    private final InnerForwardings forwardings;
    private final People people;
    private final SignedIn signedIn;

    UnitPages(UnitWords words, InnerForwardings forwardings, People people, SignedIn signedIn) {
        this.words = words;
        this.forwardings = forwardings;
        this.people = people;
        this.signedIn = signedIn;
    }

    private interface Act {
        void run();
    }

    private static void act(RedirectAttributes onward, String told, Act act) {
        try {
            act.run();
            onward.addFlashAttribute("told", told);
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
    }

    @GetMapping("/unit-word")
    String words(Model model) {
        model.addAttribute("asked", words.waiting(person()));
        model.addAttribute("units", people.units());
        if (!model.containsAttribute("typedWord")) {
            model.addAttribute("typedWord", "");
            model.addAttribute("typedReason", "");
        }
        return "proposal/unit-word";
    }

    /** @param word {@code agree} or {@code other} */
    @PostMapping("/unit-word/{id}")
    String word(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String word,
            @RequestParam(defaultValue = "") String other,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes onward) {
        onward.addFlashAttribute("typedWord", String.valueOf(id));
        onward.addFlashAttribute("typedReason", reason);
        act(onward, "意见已报交办部门。", () -> {
            if (!word.equals("agree") && !word.equals("other")) {
                throw new Refusal("word", "请选择同意，或者建议改由其他单位承办。");
            }
            boolean agrees = word.equals("agree");
            words.answer(id, agrees, agrees || other.isBlank() ? null : other, reason, person());
        });
        return "redirect:/proposals/unit-word";
    }

    @GetMapping("/unit-assignments")
    String assignments(Model model) {
        model.addAttribute("lines", forwardings.of(person()));
        return "proposal/unit-assignments";
    }

    @PostMapping("/unit-assignments/{id}/forwardings")
    String forward(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String innerUnit,
            @RequestParam(defaultValue = "") String due,
            @RequestParam(defaultValue = "") String requirement,
            RedirectAttributes onward) {
        act(onward, "已二次交办；对外仍由本单位负责。", () -> forwardings.forward(id, innerUnit, day(due), requirement, person()));
        return "redirect:/proposals/unit-assignments";
    }

    @PostMapping("/unit-assignments/{id}/forwardings/{forwarding}/take-back")
    String takeBack(@PathVariable long id, @PathVariable long forwarding, RedirectAttributes onward) {
        act(onward, "已收回二次交办。", () -> forwardings.takeBack(id, forwarding, person()));
        return "redirect:/proposals/unit-assignments";
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String person() {
        return signedIn.person().id();
    }
}
