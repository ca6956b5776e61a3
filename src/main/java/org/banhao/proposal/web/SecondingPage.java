package org.banhao.proposal.web;

import org.banhao.base.Refusal;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Seconding;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 附议: what a member may second, and what he has seconded. */
@Controller
@RequestMapping(SecondingPage.SECONDING)
class SecondingPage {

    static final String SECONDING = "/my/seconding";

    private final Seconding seconding;
    private final SignedIn signedIn;

    SecondingPage(Seconding seconding, SignedIn signedIn) {
        this.seconding = seconding;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(Model model) {
        model.addAttribute("maySecond", seconding.maySecond(me()));
        model.addAttribute("offers", seconding.offers(me()));
        model.addAttribute("own", seconding.own(me()));
        return "proposal/seconding";
    }

    @PostMapping("/{number}")
    String second(@PathVariable String number, RedirectAttributes onward) {
        return told(onward, "已附议，并告知提案者；交办以前可以撤回。", () -> seconding.second(number, me()));
    }

    @PostMapping("/{number}/withdraw")
    String withdraw(@PathVariable String number, RedirectAttributes onward) {
        return told(onward, "附议已撤回。", () -> seconding.withdraw(number, me()));
    }

    private static String told(RedirectAttributes onward, String done, Runnable act) {
        try {
            act.run();
            onward.addFlashAttribute("told", done);
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:" + SECONDING;
    }

    private String me() {
        return signedIn.person().id();
    }
}
