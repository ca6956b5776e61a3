package org.banhao.proposal.web;

import java.util.List;
import org.banhao.base.Refusal;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.people.Unit;
import org.banhao.proposal.domain.assignment.Outcome;
import org.banhao.proposal.domain.assignment.UnitSuccession;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 职责划转: a closed unit's proposals are looked at first, then all of them go over to another. */
@Controller
@RequestMapping("/proposals/assignment/succession")
class SuccessionPage {

    private final UnitSuccession succession;
    private final People people;
    private final SignedIn signedIn;

    SuccessionPage(UnitSuccession succession, People people, SignedIn signedIn) {
        this.succession = succession;
        this.people = people;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(@RequestParam(defaultValue = "") String from, Model model) {
        signedIn.require(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER);
        model.addAttribute("from", from);
        model.addAttribute(
                "fromName",
                from.isBlank() ? "" : people.unit(from).map(Unit::name).orElse(from));
        model.addAttribute("units", people.units());
        model.addAttribute("holders", succession.holders(signedIn.person().id()));
        model.addAttribute(
                "lines",
                from.isBlank()
                        ? List.of()
                        : succession.preview(from, signedIn.person().id()));
        return "proposal/succession";
    }

    @PostMapping
    String move(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") List<Long> expected,
            RedirectAttributes onward) {
        signedIn.require(Roles.PARTY_OFFICE_ASSIGNER, Roles.GOVERNMENT_OFFICE_ASSIGNER);
        onward.addAttribute("from", from);
        try {
            Outcome outcome = succession.move(
                    from, to, reason, expected, signedIn.person().id());
            onward.addFlashAttribute("told", "已划转" + outcome.done() + "件。");
            if (!outcome.failures().isEmpty()) {
                onward.addFlashAttribute("refused", "有" + outcome.failures().size() + "件没有划转成，见下表。");
                onward.addFlashAttribute("failures", outcome.failures());
            }
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/proposals/assignment/succession";
    }
}
