package org.banhao.proposal.web;

import org.banhao.base.Refusal;
import org.banhao.notice.Mailbox;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.Proposals;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What became of the notices of one proposal; the clerk sends one again, or makes its one-time link void. */
@Controller
@RequestMapping("/proposals/deliveries")
class DeliveriesPage {

    private final Mailbox mailbox;
    private final Proposals proposals;
    private final SignedIn signedIn;

    DeliveriesPage(Mailbox mailbox, Proposals proposals, SignedIn signedIn) {
        this.mailbox = mailbox;
        this.proposals = proposals;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(@RequestParam(name = "case", defaultValue = "") String number, Model model) {
        signedIn.require(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
        Proposal proposal = handedIn(number);
        model.addAttribute("p", proposal);
        model.addAttribute("rows", mailbox.ofCase(proposal.caseNumber()));
        model.addAttribute("clerk", signedIn.has(Roles.PROPOSAL_CLERK));
        return "proposal/deliveries";
    }

    @PostMapping("/{number}/{id}/resend")
    String resend(@PathVariable String number, @PathVariable String id, RedirectAttributes onward) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        return told(
                number,
                "已重新发送，几秒后可以看到结果；原来的链接同时失效。",
                () -> mailbox.resend(handedIn(number).caseNumber(), id(id), person()),
                onward);
    }

    @PostMapping("/{number}/{id}/revoke")
    String revoke(@PathVariable String number, @PathVariable String id, RedirectAttributes onward) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        return told(
                number,
                "链接已撤销；需要的，可以重发一个新的。",
                () -> mailbox.revokeLink(handedIn(number).caseNumber(), id(id), person()),
                onward);
    }

    private static String told(String number, String done, Runnable act, RedirectAttributes onward) {
        try {
            act.run();
            onward.addFlashAttribute("told", done);
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        onward.addAttribute("case", number);
        return "redirect:/proposals/deliveries";
    }

    private Proposal handedIn(String number) {
        return proposals
                .find(number)
                .filter(proposal -> !proposal.draft())
                .orElseThrow(() -> new Refusal("caseNumber", "没有这件提案，请从案件页面重新进入。"));
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refusal("没有这封通知，请返回列表重新选择。");
        }
    }

    private String person() {
        return signedIn.person().id();
    }
}
