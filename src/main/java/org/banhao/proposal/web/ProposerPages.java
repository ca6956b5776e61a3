package org.banhao.proposal.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseReading;
import org.banhao.casefile.Retractions;
import org.banhao.document.Documents;
import org.banhao.flow.Processes;
import org.banhao.people.Letters;
import org.banhao.people.Member;
import org.banhao.people.People;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.Consent;
import org.banhao.proposal.domain.ContactWay;
import org.banhao.proposal.domain.Defect;
import org.banhao.proposal.domain.DraftContent;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.Incomplete;
import org.banhao.proposal.domain.Merging;
import org.banhao.proposal.domain.Missing;
import org.banhao.proposal.domain.MyProposals;
import org.banhao.proposal.domain.Proposal;
import org.banhao.proposal.domain.ResearchForm;
import org.banhao.proposal.domain.Review;
import org.banhao.proposal.domain.Seconding;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.Source;
import org.banhao.proposal.domain.Submission;
import org.banhao.proposal.domain.WordIntake;
import org.banhao.proposal.domain.feedback.Feedback;
import org.banhao.proposal.domain.feedback.Feedbacks;
import org.banhao.proposal.domain.handling.DeliveredReply;
import org.banhao.proposal.domain.handling.Handlings;
import org.banhao.proposal.domain.handling.OwnConsultations;
import org.banhao.proposal.domain.revisit.Revisits;
import org.banhao.proposal.domain.solicitation.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Writing, signing and following proposals: {@code /my} for those who propose, {@code /proposals/on-behalf} for the
 * clerk who types in what came on paper. The use cases know whose proposal it is.
 */
@Controller
@RequestMapping({ProposerPages.MY, ProposerPages.ON_BEHALF})
class ProposerPages {

    static final String MY = "/my";
    static final String ON_BEHALF = "/proposals/on-behalf";

    private final Drafts drafts;
    private final WordIntake intake;
    private final Submission submission;
    private final Merging merging;
    private final MyProposals mine;
    private final Seconding seconding;
    private final Handlings handlings;
    private final OwnConsultations consultations;
    private final Topics topics;
    private final Revisits revisits;
    private final Documents documents;
    private final CaseReading reading;
    private final Feedbacks feedbacks;
    private final Retractions retractions;
    private final Sessions sessions;
    private final Processes processes;
    private final People people;
    private final Letters letters;
    private final SignedIn signedIn;
    private final Clock clock;

    ProposerPages(
            Drafts drafts,
            WordIntake intake,
            Submission submission,
            Merging merging,
            MyProposals mine,
            Seconding seconding,
            Handlings handlings,
            OwnConsultations consultations,
            Topics topics,
            Revisits revisits,
            Documents documents,
            CaseReading reading,
            Feedbacks feedbacks,
            Retractions retractions,
            Sessions sessions,
            Processes processes,
            People people,
            Letters letters,
            SignedIn signedIn,
            Clock clock) {
        this.drafts = drafts;
        this.intake = intake;
        this.submission = submission;
        this.merging = merging;
        this.mine = mine;
        this.seconding = seconding;
        this.handlings = handlings;
        this.consultations = consultations;
        this.topics = topics;
        this.revisits = revisits;
        this.documents = documents;
        this.reading = reading;
        this.feedbacks = feedbacks;
        this.retractions = retractions;
        this.sessions = sessions;
        this.processes = processes;
        this.people = people;
        this.letters = letters;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /** The two addresses of these pages, so that links stay on the side one came in by. */
    @ModelAttribute("base")
    static String base(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + ON_BEHALF) ? ON_BEHALF : MY;
    }

    private String me() {
        return signedIn.person().id();
    }

    // ---- lists

    @GetMapping
    String list(@ModelAttribute("base") String base, Model model) {
        String me = me();
        model.addAttribute("own", mine.own(me));
        model.addAttribute("retractable", retractions.retractable(me));
        Optional<Session> open = sessions.open();
        model.addAttribute("open", open.isPresent());
        model.addAttribute("closing", MyProposals.closingLine(open, clock.instant()));
        if (base.equals(ON_BEHALF)) {
            model.addAttribute("members", people.members());
            return "proposal/on-behalf";
        }
        model.addAttribute("invited", mine.invited(me));
        model.addAttribute("topics", topics.visible().size());
        model.addAttribute("maySecond", seconding.maySecond(me));
        model.addAttribute("awaiting", feedbacks.awaiting(me));
        model.addAttribute("memberships", people.membershipsOf(me));
        model.addAttribute("mocks", drafts.mocks(me));
        return "proposal/my";
    }

    @PostMapping("/drafts")
    String begin(@ModelAttribute("base") String base, @RequestParam(defaultValue = "") String member) {
        String number = base.equals(ON_BEHALF) ? drafts.beginOnBehalf(me(), member) : drafts.begin(me(), member);
        return "redirect:" + base + "/drafts/" + number;
    }

    @PostMapping("/mock")
    String beginMock(
            @RequestParam(defaultValue = "") String session,
            @RequestParam(defaultValue = "") String member,
            @RequestParam(defaultValue = "") String team) {
        return "redirect:" + MY + "/drafts/" + drafts.beginMock(me(), session, member, team);
    }

    // ---- a draft

    @GetMapping("/drafts/{number}")
    String draft(@PathVariable String number, Model model) {
        return draftPage(number, List.of(), model);
    }

    private String draftPage(String number, List<Missing> missing, Model model) {
        String me = me();
        Drafts.View view = drafts.view(number, me);
        Proposal proposal = view.proposal();
        model.addAttribute("view", view);
        model.addAttribute("before", intake.before(number, me).orElse(null));
        model.addAttribute("p", proposal);
        model.addAttribute("term", view.session());
        model.addAttribute("suggestions", proposal.suggestions().isEmpty() ? List.of("") : proposal.suggestions());
        model.addAttribute("closing", MyProposals.closingLine(view.session(), clock.instant()));
        model.addAttribute("savedLine", new Drafts.Saved(proposal.version(), proposal.savedAt()).line());
        model.addAttribute("units", people.units());
        model.addAttribute("wishPlaces", wishPlaces(proposal, view.session().wishLimit()));
        model.addAttribute(
                "coSignable",
                people.members().stream()
                        .filter(member ->
                                member.kind().equals("member") && !member.id().equals(proposal.proposerMember()))
                        .map(member -> new CoSignable(member, letters.ofName(member.name())))
                        .toList());
        model.addAttribute(
                "conveners", proposal.needsConvener() ? drafts.conveners(proposal.proposerMember()) : List.of());
        model.addAttribute("categories", Category.values());
        model.addAttribute("consents", Consent.values());
        model.addAttribute("researchForms", ResearchForm.values());
        model.addAttribute("contactWays", ContactWay.values());
        model.addAttribute("sources", Source.values());
        model.addAttribute("earlier", drafts.earlier(proposal, me));
        model.addAttribute("uploadStep", Drafts.step(number));
        model.addAttribute("topics", proposal.mock() ? List.of() : topics.visible());
        model.addAttribute("topic", topics.chosen(number).orElse(null));
        model.addAttribute("missing", missing);
        model.addAttribute("wrong", byField(missing));
        return "proposal/draft";
    }

    /** @param letters by which his name is found as well, see {@link Letters#ofName} */
    record CoSignable(Member member, String letters) {}

    /** As many choices as units may be wished for, those chosen first. */
    private static List<String> wishPlaces(Proposal proposal, int limit) {
        List<String> places = new ArrayList<>(proposal.wish());
        while (places.size() < limit) {
            places.add("");
        }
        return places;
    }

    private static Map<String, String> byField(List<Missing> missing) {
        return missing.stream()
                .collect(Collectors.toMap(
                        Missing::field, Missing::sentence, (first, second) -> first, LinkedHashMap::new));
    }

    /** What the page's script sends a few seconds after the last key. Unknown names are no reason to lose text. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Save(int version, @Nullable DraftContent content) {}

    @PutMapping(
            path = "/drafts/{number}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    ResponseEntity<Map<String, Object>> save(@PathVariable String number, @RequestBody Save body) {
        try {
            DraftContent content = body.content();
            if (content == null) {
                throw new Refusal("没有收到要保存的内容，请刷新页面后重试。");
            }
            Drafts.Saved saved = drafts.save(number, me(), body.version(), content);
            return ResponseEntity.ok(Map.of("version", saved.version(), "saved", saved.line()));
        } catch (Refusal refusal) {
            return ResponseEntity.badRequest()
                    .body(Map.of(
                            "type",
                            "Refusal",
                            "message",
                            refusal.sentence(),
                            "field",
                            Objects.requireNonNullElse(refusal.field(), "")));
        }
    }

    /** Saves what the form holds, then hands it in or lists all that is missing. Works without scripts, too. */
    @PostMapping("/drafts/{number}/submit")
    String submit(
            @ModelAttribute("base") String base,
            @PathVariable String number,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        try {
            drafts.save(number, me(), DraftFields.version(fields), DraftFields.content(fields));
        } catch (Refusal refusal) {
            // nothing of it is stored: the page keeps the text, and the version, so that it overwrites nothing either
            model.addAttribute("typed", DraftFields.content(fields));
            model.addAttribute("typedVersion", DraftFields.version(fields));
            return refusedDraft(number, refusal, response, model);
        }
        if (fields.containsKey("toWord")) {
            return "redirect:" + base + "/drafts/" + number + "/word";
        }
        if (fields.containsKey("saveOnly")) {
            onward.addFlashAttribute("told", "草稿已保存，尚未提交。");
            return "redirect:" + base + "/drafts/" + number;
        }
        try {
            submission.handIn(number, me());
        } catch (Incomplete incomplete) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            return draftPage(number, incomplete.missing(), model);
        } catch (Refusal refusal) {
            return refusedDraft(number, refusal, response, model);
        }
        return "redirect:" + base + "/proposals/" + number + "/receipt";
    }

    private String refusedDraft(String number, Refusal refusal, HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        String field = refusal.field();
        model.addAttribute("refused", refusal.sentence());
        return draftPage(number, field == null ? List.of() : List.of(new Missing(field, refusal.sentence())), model);
    }

    @PostMapping("/drafts/{number}/delete")
    String delete(@ModelAttribute("base") String base, @PathVariable String number, RedirectAttributes onward) {
        drafts.delete(number, me());
        onward.addFlashAttribute("told", "草稿已删除。");
        return "redirect:" + base;
    }

    @PostMapping("/drafts/{number}/attachments/{document}/discard")
    String discard(@ModelAttribute("base") String base, @PathVariable String number, @PathVariable String document) {
        drafts.discardAttachment(number, me(), document);
        return "redirect:" + base + "/drafts/" + number + "#attachments";
    }

    // ---- a proposal that was handed in

    @GetMapping("/proposals/{number}")
    String proposal(@PathVariable String number, Model model, HttpServletRequest request, RedirectAttributes onward) {
        String view = proposalPage(number, List.of(), model);
        Map<String, ?> told = RequestContextUtils.getInputFlashMap(request);
        if (told != null && view.startsWith("redirect:")) {
            // a submission that was just retracted is a draft again: what is told once is told there
            told.forEach(onward::addFlashAttribute);
        }
        return view;
    }

    private String proposalPage(String number, List<Missing> missing, Model model) {
        MyProposals.Page page = mine.page(number, me());
        Proposal proposal = page.proposal();
        if (proposal.draft()) {
            return "redirect:" + model.getAttribute("base") + "/drafts/" + number;
        }
        model.addAttribute("page", page);
        model.addAttribute("retractable", retractions.retractable(me(), number));
        String revise = page.reviseTask();
        if (revise != null) {
            retractions.opened(revise, me());
        }
        model.addAttribute("p", proposal);
        model.addAttribute("term", sessions.get(proposal.sessionId()));
        model.addAttribute("units", people.units());
        model.addAttribute(
                "wishPlaces",
                wishPlaces(proposal, sessions.get(proposal.sessionId()).wishLimit()));
        Review returned = page.returned();
        model.addAttribute(
                "defects",
                returned == null
                        ? List.of()
                        : returned.defects().stream().map(Defect::label).toList());
        List<Revisits.Told> told = revisits.told(proposal);
        model.addAttribute("revisits", told);
        // of a merged proposal they lie in the lead case
        model.addAttribute(
                "evidence",
                told.stream()
                        .collect(Collectors.toMap(
                                one -> one.revisit().id(),
                                one -> one.revisit().evidence().stream()
                                        .filter(this::readable)
                                        .map(id -> documents.find(id).orElseThrow())
                                        .toList())));
        List<DeliveredReply> replies = handlings.repliesTo(number);
        model.addAttribute("replies", replies);
        // of a merged proposal the sealed page lies in the lead case
        model.addAttribute(
                "readable",
                replies.stream()
                        .map(DeliveredReply::sealedDocument)
                        .filter(Objects::nonNull)
                        .filter(this::readable)
                        .collect(Collectors.toSet()));
        model.addAttribute(
                "feedback",
                feedbacks.own(number, me()).stream()
                        .collect(Collectors.toMap(Feedback::handlingId, Function.identity())));
        if (MY.equals(model.getAttribute("base"))) {
            model.addAttribute("consultations", consultations.of(number, me()));
            model.addAttribute("contactUnits", consultations.units(number, me()));
            model.addAttribute("contactKinds", OwnConsultations.KINDS);
            model.addAttribute("once", UUID.randomUUID().toString());
        }
        model.addAttribute("missing", missing);
        model.addAttribute("wrong", byField(missing));
        return "proposal/proposal";
    }

    private boolean readable(String document) {
        return documents
                .find(document)
                .filter(found -> reading.mayRead(found, me(), signedIn.groups()))
                .isPresent();
    }

    @GetMapping("/proposals/{number}/receipt")
    String receipt(@PathVariable String number, Model model) {
        MyProposals.Page page = mine.page(number, me());
        model.addAttribute("page", page);
        model.addAttribute("retractable", retractions.retractable(me(), number));
        model.addAttribute("p", page.proposal());
        model.addAttribute("term", sessions.get(page.proposal().sessionId()));
        return "proposal/receipt";
    }

    @PostMapping("/proposals/{number}/confirm")
    String confirm(@PathVariable String number, RedirectAttributes onward) {
        submission.confirm(number, me());
        onward.addFlashAttribute("told", "已确认，谢谢。");
        return "redirect:" + MY + "/proposals/" + number;
    }

    @PostMapping("/proposals/{number}/decline")
    String decline(RedirectAttributes onward, @PathVariable String number) {
        submission.decline(number, me());
        onward.addFlashAttribute("told", "已谢绝，并告知了第一提案人。");
        return "redirect:" + MY;
    }

    @PostMapping("/proposals/{number}/invitations/{member}/recall")
    String recall(
            @ModelAttribute("base") String base,
            @PathVariable String number,
            @PathVariable String member,
            RedirectAttributes onward) {
        submission.recallInvitation(number, me(), member);
        onward.addFlashAttribute("told", "邀请已撤回。");
        return "redirect:" + base + "/proposals/" + number;
    }

    @PostMapping("/proposals/{number}/back-to-draft")
    String backToDraft(@ModelAttribute("base") String base, @PathVariable String number, RedirectAttributes onward) {
        submission.backToDraft(number, me());
        onward.addFlashAttribute("told", "已收回为草稿，改好后请重新提交。");
        return "redirect:" + base + "/drafts/" + number;
    }

    @PostMapping("/proposals/{number}/withdraw")
    String withdraw(
            @ModelAttribute("base") String base,
            @PathVariable String number,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes onward) {
        return told(base, number, onward, "提案已撤回。", () -> submission.withdraw(number, me(), reason));
    }

    @PostMapping("/proposals/{number}/objection")
    String objectToMerge(
            @ModelAttribute("base") String base,
            @PathVariable String number,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes onward) {
        return told(
                base, number, onward, "异议已记录，提案委员会办公室会与您联系；并案是否撤销，由办公室决定。", () -> merging.object(number, me(), reason));
    }

    /** Back to the page of the proposal, which says what was done or why not. */
    private static String told(String base, String number, RedirectAttributes onward, String done, Runnable act) {
        try {
            act.run();
            onward.addFlashAttribute("told", done);
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:" + base + "/proposals/" + number;
    }

    /** The same contract as the form in Tasklist. */
    @PostMapping("/proposals/{number}/revision")
    String revise(
            @ModelAttribute("base") String base,
            @PathVariable String number,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        String task = mine.page(number, me()).reviseTask();
        if (task == null) {
            throw new Refusal("这份提案现在不在等您修改，请刷新页面查看它的状态。");
        }
        try {
            processes.answer(task, me(), revision(fields));
        } catch (Incomplete incomplete) {
            return typedAgain(number, fields, incomplete.missing(), response, model);
        } catch (Refusal refusal) {
            model.addAttribute("refused", refusal.sentence());
            String field = refusal.field();
            return typedAgain(
                    number,
                    fields,
                    field == null ? List.of() : List.of(new Missing(field, refusal.sentence())),
                    response,
                    model);
        }
        onward.addFlashAttribute("told", "已重新提交，进入审查。");
        return "redirect:" + base + (mine.reads(number, me()) ? "/proposals/" + number : "");
    }

    private static Map<String, Object> revision(MultiValueMap<String, String> fields) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : List.of("title", "situation", "analysis", "changeNote")) {
            String text = fields.getFirst(key);
            if (text != null && !text.isBlank()) {
                // a browser sends CR LF; the limits count one character for a line end
                values.put(key, text.replace("\r\n", "\n"));
            }
        }
        values.put(
                "suggestions",
                DraftFields.all(fields, "suggestions").stream()
                        .map(text -> Map.of("text", text.replace("\r\n", "\n")))
                        .toList());
        List<String> wish = DraftFields.filled(fields, "wish");
        if (!wish.isEmpty()) {
            values.put("wish", wish);
        }
        values.put("noSecret", fields.containsKey("noSecret"));
        return values;
    }

    /** A refusal must not cost what was typed. */
    private String typedAgain(
            String number,
            MultiValueMap<String, String> fields,
            List<Missing> missing,
            HttpServletResponse response,
            Model model) {
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        model.addAttribute("typed", DraftFields.content(fields));
        model.addAttribute("changeNote", fields.getFirst("changeNote"));
        return proposalPage(number, missing, model);
    }
}
