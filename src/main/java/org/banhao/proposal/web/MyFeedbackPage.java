package org.banhao.proposal.web;

import jakarta.servlet.http.HttpServletResponse;
import org.banhao.base.Refusal;
import org.banhao.casefile.Retractions;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.feedback.Feedbacks;
import org.banhao.proposal.domain.feedback.ProposerFeedback;
import org.banhao.proposal.domain.feedback.Rating;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A proposer says what he thinks of a reply. What he has said is shown once more before it is final. */
@Controller
@RequestMapping("/my/feedback")
class MyFeedbackPage {

    private final Feedbacks feedbacks;
    private final ProposerFeedback giving;
    private final Retractions retractions;
    private final SignedIn signedIn;

    MyFeedbackPage(Feedbacks feedbacks, ProposerFeedback giving, Retractions retractions, SignedIn signedIn) {
        this.feedbacks = feedbacks;
        this.giving = giving;
        this.retractions = retractions;
        this.signedIn = signedIn;
    }

    @GetMapping("/{id}")
    String page(@PathVariable String id, Model model) {
        return show(id, giving.begun(FeedbackFields.id(id), person()), false, model);
    }

    private String show(String id, ProposerFeedback.Typed typed, boolean confirming, Model model) {
        Feedbacks.Asked asked = feedbacks.of(FeedbackFields.id(id), person());
        model.addAttribute("asked", asked);
        model.addAttribute(
                "retractable",
                retractions.retractable(person(), asked.feedback().caseNumber()));
        model.addAttribute("minutes", retractions.window().toMinutes());
        model.addAttribute("typed", typed);
        model.addAttribute("confirming", confirming);
        model.addAttribute("ratings", Rating.values());
        return "proposal/my-feedback";
    }

    /** First shown again for confirmation, then handed in; works without scripts. */
    @PostMapping("/{id}")
    String give(
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> fields,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response) {
        ProposerFeedback.Typed typed = FeedbackFields.typed(fields);
        if (fields.containsKey("change")) {
            return show(id, typed, false, model);
        }
        long feedback = FeedbackFields.id(id);
        try {
            if (!fields.containsKey("confirmed")) {
                giving.check(feedback, typed, person());
                return show(id, typed, true, model);
            }
            giving.give(feedback, typed, person());
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("wrong", refusal.field());
            return show(id, typed, false, model);
        }
        onward.addFlashAttribute("told", "反馈已提交，谢谢。");
        return "redirect:/my/feedback/" + feedback;
    }

    private String person() {
        return signedIn.person().id();
    }
}
