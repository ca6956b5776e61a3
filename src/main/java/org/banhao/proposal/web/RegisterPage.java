package org.banhao.proposal.web;

import java.util.List;
import java.util.function.Supplier;
import org.banhao.base.Refusal;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.NumberOrder;
import org.banhao.proposal.domain.Registration;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 立案编号: choose an order, look at the list with its numbers, confirm. */
@Controller
@RequestMapping("/proposals/register")
class RegisterPage {

    private final Registration registration;
    private final SignedIn signedIn;

    RegisterPage(Registration registration, SignedIn signedIn) {
        this.registration = registration;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(@RequestParam(defaultValue = "collectiveFirst") String order, Model model) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        NumberOrder chosen = order(order);
        Session open = registration.session().orElse(null);
        model.addAttribute("term", open);
        model.addAttribute("noneOpen", Sessions.NONE_OPEN);
        model.addAttribute("orders", NumberOrder.values());
        model.addAttribute("order", chosen);
        model.addAttribute("waiting", open == null ? List.of() : registration.preview(chosen));
        model.addAttribute("numbered", open == null ? List.of() : registration.previewRenumbering(chosen));
        return "proposal/register";
    }

    /** @param expected the case numbers in the order that was on the page */
    @PostMapping
    String number(
            @RequestParam String order,
            @RequestParam(defaultValue = "") List<String> expected,
            RedirectAttributes onward) {
        return act(order, onward, () -> "已编号" + registration.numberAll(order(order), expected, person()) + "件。");
    }

    @PostMapping("/renumber")
    String renumber(@RequestParam String order, RedirectAttributes onward) {
        return act(order, onward, () -> "已重排，改动" + registration.renumber(order(order), person()) + "件。");
    }

    @PostMapping("/publish")
    String publish(@RequestParam(defaultValue = "collectiveFirst") String order, RedirectAttributes onward) {
        return act(order, onward, () -> {
            registration.publish(person());
            return "案号已公布，此后不再变动；新的提案接续编号。";
        });
    }

    private String act(String order, RedirectAttributes onward, Supplier<String> act) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        try {
            onward.addFlashAttribute("told", act.get());
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        onward.addAttribute("order", order);
        return "redirect:/proposals/register";
    }

    private String person() {
        return signedIn.person().id();
    }

    private static NumberOrder order(String code) {
        return Coded.choice(NumberOrder.class, code, "order", "排列顺序");
    }
}
