package org.banhao.proposal.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.banhao.base.Refusal;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.feedback.DissatisfiedFeedback;
import org.banhao.proposal.domain.feedback.FeedbackDesk;
import org.banhao.proposal.domain.feedback.ProposerFeedback;
import org.banhao.proposal.domain.feedback.Rating;
import org.banhao.proposal.domain.handling.ClassCorrections;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The committee's page: who has not answered; paper and telephone; a second handling; the class of a delivered reply. */
@Controller
@RequestMapping("/proposals/feedback")
class FeedbackPage {

    private final FeedbackDesk desk;
    private final ProposerFeedback giving;
    private final DissatisfiedFeedback dissatisfied;
    private final ClassCorrections corrections;
    private final SignedIn signedIn;

    FeedbackPage(
            FeedbackDesk desk,
            ProposerFeedback giving,
            DissatisfiedFeedback dissatisfied,
            ClassCorrections corrections,
            SignedIn signedIn) {
        this.desk = desk;
        this.giving = giving;
        this.dissatisfied = dissatisfied;
        this.corrections = corrections;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(
            @RequestParam(name = "case", defaultValue = "") String caseNumber,
            Model model,
            HttpServletResponse response) {
        return show(caseNumber, new LinkedMultiValueMap<>(), model, response);
    }

    private String show(
            String caseNumber, MultiValueMap<String, String> typed, Model model, HttpServletResponse response) {
        if (caseNumber.isEmpty()) {
            model.addAttribute("outstanding", desk.outstanding());
            return "proposal/feedback-list";
        }
        try {
            model.addAttribute("page", desk.page(caseNumber));
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("outstanding", desk.outstanding());
            return "proposal/feedback-list";
        }
        model.addAttribute("typed", typed);
        model.addAttribute("fields", FeedbackFields.shown(typed));
        model.addAttribute("nothing", FeedbackFields.NOTHING);
        model.addAttribute("ratings", Rating.values());
        model.addAttribute("clerk", signedIn.has(Roles.PROPOSAL_CLERK));
        return "proposal/feedback";
    }

    @PostMapping("/enter")
    String enter(
            @RequestParam(name = "case", defaultValue = "") String caseNumber,
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam(name = "feedbackScan", required = false) @Nullable MultipartFile scan,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response) {
        return done(
                caseNumber,
                "已代录入；记录里写明由谁代谁录入。",
                () -> giving.enterFor(
                        FeedbackFields.id(String.valueOf(fields.getFirst("feedback"))),
                        FeedbackFields.typed(fields),
                        fields.getFirst("way"),
                        upload(scan),
                        person()),
                fields,
                model,
                onward,
                response);
    }

    @PostMapping("/rehandle")
    String rehandle(
            @RequestParam(name = "case", defaultValue = "") String caseNumber,
            @RequestParam MultiValueMap<String, String> fields,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response) {
        return done(
                caseNumber,
                "已要求再次办理，承办单位的待办和期限已经开始。",
                () -> dissatisfied.order(
                        FeedbackFields.id(String.valueOf(fields.getFirst("handling"))),
                        fields.getFirst("rehandleReason"),
                        person()),
                fields,
                model,
                onward,
                response);
    }

    @PostMapping("/class")
    String correctClass(
            @RequestParam(name = "case", defaultValue = "") String caseNumber,
            @RequestParam MultiValueMap<String, String> fields,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response) {
        return done(
                caseNumber,
                "类别已更正；原答复和原类别不变。",
                () -> corrections.correct(
                        FeedbackFields.id(String.valueOf(fields.getFirst("handling"))),
                        fields.getFirst("resultClass"),
                        fields.getFirst("classReason"),
                        person()),
                fields,
                model,
                onward,
                response);
    }

    /** A refusal must not cost what was typed. */
    private String done(
            String caseNumber,
            String told,
            Runnable act,
            MultiValueMap<String, String> fields,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response) {
        try {
            act.run();
        } catch (Refusal refusal) {
            String page = show(caseNumber, fields, model, response);
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return page;
        }
        onward.addFlashAttribute("told", told);
        onward.addAttribute("case", caseNumber);
        return "redirect:/proposals/feedback";
    }

    private static ProposerFeedback.@Nullable Upload upload(@Nullable MultipartFile file) {
        if (file == null || file.isEmpty()) {
            return null;
        }
        try {
            return new ProposerFeedback.Upload(String.valueOf(file.getOriginalFilename()), file.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String person() {
        return signedIn.person().id();
    }
}
