package org.banhao.proposal.web;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import org.banhao.base.Refusal;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.handling.ConsultationKind;
import org.banhao.proposal.domain.handling.ConsultationVerdict;
import org.banhao.proposal.domain.handling.OwnConsultations;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What who proposes says of a contact or consultation, and one he enters himself; both stand on the page of his proposal. */
@Controller
@RequestMapping("/my/proposals/{number}/consultations")
class MyConsultationPage {

    private final OwnConsultations consultations;
    private final SignedIn signedIn;

    MyConsultationPage(OwnConsultations consultations, SignedIn signedIn) {
        this.consultations = consultations;
        this.signedIn = signedIn;
    }

    @PostMapping("/{consultation}")
    String say(
            @PathVariable String number,
            @PathVariable String consultation,
            @RequestParam(defaultValue = "") String verdict,
            @RequestParam(defaultValue = "") String opinion,
            RedirectAttributes onward) {
        try {
            ConsultationVerdict said = Coded.find(ConsultationVerdict.class, verdict);
            consultations.say(id(consultation), number, said, opinion, person());
            onward.addFlashAttribute(
                    "told",
                    said == ConsultationVerdict.DISPUTED ? "您的意见已记下，承办单位和提案委员会办公室已收到通知；这次登记不算与您的联系。" : "已确认，谢谢。");
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
            onward.addFlashAttribute("saidOf", consultation);
            onward.addFlashAttribute("said", verdict);
            onward.addFlashAttribute("saidOpinion", opinion);
        }
        return "redirect:/my/proposals/" + number;
    }

    private static long id(String typed) {
        try {
            return Long.parseLong(typed);
        } catch (NumberFormatException e) {
            throw new Refusal("没有这次联系或协商，请刷新页面查看。");
        }
    }

    @PostMapping
    String enter(
            @PathVariable String number,
            @RequestParam MultiValueMap<String, String> fields,
            RedirectAttributes onward) {
        try {
            consultations.enter(
                    number,
                    new OwnConsultations.Contact(
                            Coded.find(ConsultationKind.class, fields.getFirst("kind")),
                            moment(fields.getFirst("heldAt")),
                            fields.getFirst("place"),
                            DraftFields.filled(fields, "units"),
                            fields.getFirst("people"),
                            fields.getFirst("views")),
                    fields.getFirst("once"),
                    person());
            onward.addFlashAttribute("told", "已登记，承办单位已收到通知。");
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
            onward.addFlashAttribute("contact", fields);
        }
        return "redirect:/my/proposals/" + number;
    }

    private static @Nullable LocalDateTime moment(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal("heldAt", "「时间」不是一个日期和钟点，请重新填写。");
        }
    }

    private String person() {
        return signedIn.person().id();
    }
}
