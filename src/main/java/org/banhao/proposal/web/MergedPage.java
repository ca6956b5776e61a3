package org.banhao.proposal.web;

import org.banhao.base.Refusal;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Merging;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 并案: what is merged into what, who objects, and the way back. */
@Controller
@RequestMapping("/proposals/merged")
class MergedPage {

    private final Merging merging;
    private final SignedIn signedIn;

    MergedPage(Merging merging, SignedIn signedIn) {
        this.merging = merging;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(@RequestParam(defaultValue = "") String open, Model model) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        model.addAttribute("lines", merging.lines());
        model.addAttribute("open", open);
        return "proposal/merged";
    }

    @PostMapping("/{number}/undo")
    String undo(
            @PathVariable String number, @RequestParam(defaultValue = "") String reason, RedirectAttributes onward) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        try {
            merging.undo(number, signedIn.person().id(), reason);
            onward.addFlashAttribute("told", "并案已撤销，" + number + "重新进入初审，已告知双方提案者。");
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
            onward.addAttribute("open", number);
        }
        return "redirect:/proposals/merged";
    }
}
