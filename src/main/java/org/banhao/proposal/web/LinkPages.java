package org.banhao.proposal.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.banhao.base.Audit;
import org.banhao.base.ByLink;
import org.banhao.base.FileAnswers;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseReading;
import org.banhao.casefile.PaperPreviews;
import org.banhao.casefile.Retractions;
import org.banhao.document.Documents;
import org.banhao.document.StoredDocument;
import org.banhao.notice.OneTimeLinks;
import org.banhao.notice.OneTimeLinks.Link;
import org.banhao.notice.OneTimeLinks.Opened;
import org.banhao.people.People;
import org.banhao.proposal.domain.InvitationByLink;
import org.banhao.proposal.domain.MyProposals;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.feedback.FeedbackByLink;
import org.banhao.proposal.domain.feedback.Feedbacks;
import org.banhao.proposal.domain.feedback.ProposerFeedback;
import org.banhao.proposal.domain.feedback.Rating;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * What one-time links open (一次性链接), for a telephone and inside of WeChat: no sign-in, no scripts, no cookies. Looking changes nothing,
 * because messengers and mail scanners look first; the act is the ordinary use case, as the person of the link. The answers' headers
 * are made by the security chain of these addresses.
 */
@Controller
@RequestMapping("/l/{token}")
class LinkPages {

    private static final String STALE = "页面不完整，没有提交。请重新打开链接，再提交一次。";

    private final OneTimeLinks links;
    private final FeedbackByLink feedbackByLink;
    private final Feedbacks feedbacks;
    private final ProposerFeedback giving;
    private final MyProposals mine;
    private final Submission submission;
    private final Retractions retractions;
    private final Documents documents;
    private final CaseReading reading;
    private final PaperPreviews previews;
    private final People people;
    private final Audit audit;

    LinkPages(
            OneTimeLinks links,
            FeedbackByLink feedbackByLink,
            Feedbacks feedbacks,
            ProposerFeedback giving,
            MyProposals mine,
            Submission submission,
            Retractions retractions,
            Documents documents,
            CaseReading reading,
            PaperPreviews previews,
            People people,
            Audit audit) {
        this.links = links;
        this.feedbackByLink = feedbackByLink;
        this.feedbacks = feedbacks;
        this.giving = giving;
        this.mine = mine;
        this.submission = submission;
        this.retractions = retractions;
        this.documents = documents;
        this.reading = reading;
        this.previews = previews;
        this.people = people;
        this.audit = audit;
    }

    /** Programs that look whether a link is there: it tells nothing, and is no opening. */
    @RequestMapping(method = RequestMethod.HEAD)
    ResponseEntity<Void> head() {
        return ResponseEntity.noContent().build();
    }

    @GetMapping
    String page(@PathVariable String token, HttpServletRequest request, HttpServletResponse response, Model model) {
        Opened opened = links.open(token, request.getRemoteAddr());
        return show(token, opened, FeedbackFields.NOTHING, false, response, model);
    }

    @PostMapping
    String act(
            @PathVariable String token,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String address = request.getRemoteAddr();
        Opened opened = links.open(token, address);
        Link link = opened.link();
        ProposerFeedback.Typed typed = FeedbackFields.shown(fields);
        if (opened.state() != OneTimeLinks.State.OPEN || link == null) {
            return show(token, opened, typed, false, response, model);
        }
        try {
            if (!proven(token, link, fields.getFirst("proof"))) throw new Refusal(STALE);
            boolean rating = link.act().equals(FeedbackByLink.KIND);
            if (rating && fields.containsKey("change")) return show(token, opened, typed, false, response, model);
            if (rating && !fields.containsKey("confirmed")) {
                as(link, () -> {
                    giving.check(asked(link), typed, link.personId());
                    return true;
                });
                return show(token, opened, typed, true, response, model);
            }
            links.use(token, one -> rating ? rate(one, typed) : sign(one, fields.getFirst("answer")));
        } catch (Refusal refusal) {
            if (refusal.sentence().equals(OneTimeLinks.DEAD)) {
                // overtaken: by another message's link, the signed-in person, or somebody who revoked it
                return show(token, links.open(token, address), typed, false, response, model);
            }
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return show(token, opened, typed, false, response, model);
        }
        return "redirect:/l/" + token;
    }

    private String rate(Link link, ProposerFeedback.Typed typed) {
        giving.give(asked(link), typed, link.personId());
        return "已反馈";
    }

    private String sign(Link link, @Nullable String answer) {
        boolean yes = "confirm".equals(answer);
        if (!yes && !"decline".equals(answer)) throw new Refusal("answer", "请选择同意联名或者谢绝。");
        if (yes) submission.confirm(link.caseNumber(), link.personId());
        else submission.decline(link.caseNumber(), link.personId());
        return InvitationByLink.words(yes);
    }

    /** The sealed letter, as far as the person may read it signed in. */
    @GetMapping("/letter")
    ResponseEntity<InputStreamResource> letter(@PathVariable String token, HttpServletRequest request) {
        Link link = waiting(token, FeedbackByLink.KIND, request);
        StoredDocument letter = as(link, () -> letter(link, feedbacks.of(asked(link), link.personId())))
                .orElseThrow(LinkPages::none);
        as(link, () -> {
            audit.record("document.read", letter.caseNumber(), letter.id());
            return true;
        });
        return FileAnswers.shown(letter.name(), letter.mediaType(), letter.bytes(), documents.open(letter.id()));
    }

    /** An attachment of the proposal to sign: a picture or text here, a PDF one press further, as far as the person may read it signed in. */
    @GetMapping("/papers/{id}")
    String paper(@PathVariable String token, @PathVariable String id, HttpServletRequest request, Model model) {
        Link link = waiting(token, InvitationByLink.KIND, request);
        model.addAttribute("preview", preview(link, id));
        model.addAttribute("address", "/l/" + token);
        return "proposal/link";
    }

    @GetMapping("/papers/{id}/file")
    ResponseEntity<InputStreamResource> file(
            @PathVariable String token, @PathVariable String id, HttpServletRequest request) {
        Link link = waiting(token, InvitationByLink.KIND, request);
        PaperPreviews.Preview preview = preview(link, id);
        StoredDocument paper = preview.document();
        if (preview.made()) {
            return FileAnswers.pdf(
                    paper.name() + ".pdf", as(link, () -> previews.pdf(paper)).bytes());
        }
        if (preview.way() != PaperPreviews.Way.PDF && preview.way() != PaperPreviews.Way.PICTURE) throw none();
        as(link, () -> {
            audit.record("document.read", paper.caseNumber(), paper.id());
            return true;
        });
        return FileAnswers.shown(paper.name(), paper.mediaType(), paper.bytes(), documents.open(paper.id()));
    }

    /** What the page of the link lists, and nothing else of the case. */
    private PaperPreviews.Preview preview(Link link, String id) {
        return as(
                link,
                () -> mine.page(link.caseNumber(), link.personId()).attachments().stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst()
                        .flatMap(one -> previews.preview(
                                link.caseNumber(), id, link.personId(), people.groupsOf(link.personId())))
                        .orElseThrow(LinkPages::none));
    }

    private Link waiting(String token, String act, HttpServletRequest request) {
        Opened opened = links.open(token, request.getRemoteAddr());
        Link link = opened.link();
        if (opened.state() != OneTimeLinks.State.OPEN
                || link == null
                || !link.act().equals(act)) throw none();
        return link;
    }

    private static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    private Optional<StoredDocument> letter(Link link, Feedbacks.Asked asked) {
        String sealed = asked.reply().sealedDocument();
        return sealed == null
                ? Optional.empty()
                : documents
                        .find(sealed)
                        .filter(found -> reading.mayRead(found, link.personId(), people.groupsOf(link.personId())));
    }

    private String show(
            String token,
            Opened opened,
            ProposerFeedback.Typed typed,
            boolean confirming,
            HttpServletResponse response,
            Model model) {
        Link link = opened.link();
        model.addAttribute("state", opened.state().name());
        switch (opened.state()) {
            case WAIT -> sentence(HttpStatus.TOO_MANY_REQUESTS, OneTimeLinks.WAIT, response, model);
            case DEAD -> sentence(HttpStatus.NOT_FOUND, OneTimeLinks.DEAD, response, model);
            case DECIDED -> model.addAttribute("decided", opened.decided());
            case OPEN -> {
                Link open = Objects.requireNonNull(link);
                try {
                    as(open, () -> {
                        fill(token, open, typed, confirming, model);
                        return true;
                    });
                } catch (Refusal overtaken) {
                    model.addAttribute("state", OneTimeLinks.State.DEAD.name());
                    sentence(HttpStatus.NOT_FOUND, OneTimeLinks.DEAD, response, model);
                }
            }
        }
        return "proposal/link";
    }

    private static void sentence(HttpStatus status, String sentence, HttpServletResponse response, Model model) {
        response.setStatus(status.value());
        model.addAttribute("sentence", sentence);
    }

    private void fill(String token, Link link, ProposerFeedback.Typed typed, boolean confirming, Model model) {
        model.addAttribute("name", link.personName());
        model.addAttribute("proof", proof(token, link));
        model.addAttribute("address", "/l/" + token);
        if (link.act().equals(FeedbackByLink.KIND)) {
            Feedbacks.Asked asked = feedbacks.of(asked(link), link.personId());
            model.addAttribute("asked", asked);
            model.addAttribute("letter", letter(link, asked).orElse(null));
            model.addAttribute("typed", typed);
            model.addAttribute("confirming", confirming);
            model.addAttribute("ratings", Rating.values());
            model.addAttribute("minutes", retractions.window().toMinutes());
        } else {
            MyProposals.Page page = mine.page(link.caseNumber(), link.personId());
            model.addAttribute("invited", page);
            model.addAttribute("p", page.proposal());
        }
    }

    private long asked(Link link) {
        return feedbackByLink
                .asked(link.caseNumber(), link.subject(), link.personId())
                .orElseThrow(() -> new Refusal(OneTimeLinks.DEAD))
                .id();
    }

    private static <T extends @Nullable Object> T as(Link link, Supplier<T> act) {
        return ByLink.call(link.holder(), act);
    }

    /** Only who was shown the page of this link can have it; a page elsewhere that sends a form here has not. */
    private static String proof(String token, Link link) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            String what = link.act() + "|" + link.caseNumber() + "|" + link.subject();
            return HexFormat.of().formatHex(mac.doFinal(what.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean proven(String token, Link link, @Nullable String proof) {
        return proof != null
                && MessageDigest.isEqual(
                        proof(token, link).getBytes(StandardCharsets.US_ASCII), proof.getBytes(StandardCharsets.UTF_8));
    }
}
