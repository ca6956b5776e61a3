package org.banhao.proposal.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseMeetings;
import org.banhao.casefile.MeetingKind;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Defect;
import org.banhao.proposal.domain.Destination;
import org.banhao.proposal.domain.Meetings;
import org.banhao.proposal.domain.Reviews;
import org.banhao.proposal.domain.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 会议审议: what one meeting decided on many proposals is recorded in one table. */
@Controller
@RequestMapping("/proposals/meetings")
class MeetingsPage {

    private final Meetings meetings;
    private final CaseMeetings caseMeetings;
    private final Reviews reviews;
    private final SignedIn signedIn;

    MeetingsPage(Meetings meetings, CaseMeetings caseMeetings, Reviews reviews, SignedIn signedIn) {
        this.meetings = meetings;
        this.caseMeetings = caseMeetings;
        this.reviews = reviews;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(@RequestParam(defaultValue = "") String meeting, Model model) {
        signedIn.require(Roles.MEETING_SECRETARY);
        List<Meetings.Waiting> waiting = meetings.waiting();
        model.addAttribute(
                "kinds",
                List.of(
                        MeetingKind.COMMITTEE,
                        MeetingKind.CHAIRS_COUNCIL,
                        MeetingKind.PARTY_GROUP,
                        MeetingKind.STANDING_COMMITTEE));
        model.addAttribute("meetings", reviews.meetings());
        model.addAttribute("chosen", meeting);
        model.addAttribute("waiting", waiting);
        model.addAttribute(
                "leads",
                reviews.possibleLeads(
                        waiting.stream().map(Meetings.Waiting::caseNumber).toList()));
        model.addAttribute("verdicts", Verdict.values());
        model.addAttribute("grounds", reviews.grounds());
        model.addAttribute("destinations", Destination.values());
        model.addAttribute("defects", Defect.values());
        return "proposal/meetings";
    }

    @PostMapping
    String create(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String heldOn,
            RedirectAttributes onward) {
        signedIn.require(Roles.MEETING_SECRETARY);
        try {
            long id = caseMeetings.create(kind, name, day(heldOn), person());
            onward.addFlashAttribute("told", "会议已建立。");
            onward.addAttribute("meeting", id);
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/proposals/meetings";
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Fields of a line end in its case number: {@code verdict-TA-2026-000001}. */
    @PostMapping("/decisions")
    String decide(@RequestParam MultiValueMap<String, String> fields, RedirectAttributes onward) {
        signedIn.require(Roles.MEETING_SECRETARY);
        String meeting = String.valueOf(fields.getFirst("meeting"));
        onward.addAttribute("meeting", meeting);
        try {
            Meetings.Outcome outcome = meetings.decide(id(meeting), decisions(fields), person());
            onward.addFlashAttribute("told", "已登记" + outcome.done() + "件。");
            if (!outcome.failures().isEmpty()) {
                onward.addFlashAttribute("refused", "有" + outcome.failures().size() + "件没有登记成，见下表。");
                onward.addFlashAttribute("failures", outcome.failures());
            }
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/proposals/meetings";
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refusal("meeting", "请选择审议的会议。");
        }
    }

    private static List<Meetings.Decision> decisions(MultiValueMap<String, String> fields) {
        List<Meetings.Decision> decisions = new ArrayList<>();
        for (String number : DraftFields.filled(fields, "case")) {
            decisions.add(new Meetings.Decision(
                    number,
                    agendaNumber(number, fields.getFirst("agenda-" + number)),
                    String.valueOf(fields.getFirst("verdict-" + number)),
                    fields.getFirst("lead-" + number),
                    fields.getFirst("ground-" + number),
                    fields.getFirst("destination-" + number),
                    DraftFields.filled(fields, "defects-" + number),
                    fields.getFirst("text-" + number),
                    fields.getFirst("recusal-" + number)));
        }
        return decisions;
    }

    private static @Nullable Integer agendaNumber(String number, @Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        try {
            return Integer.valueOf(typed.strip());
        } catch (NumberFormatException e) {
            throw new Refusal("agendaNumber", "提案" + number + "的「议程序号」请填整数，或者留空。");
        }
    }

    private String person() {
        return signedIn.person().id();
    }
}
