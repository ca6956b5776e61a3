package org.banhao.proposal.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.banhao.base.Refusal;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.selection.KeySelection;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 重点提案: candidates of the committee, what the meetings said of them, and for the leaders what is theirs. */
@Controller
@RequestMapping("/proposals/key")
class KeyPage {

    private final KeySelection selection;
    private final Sessions sessions;
    private final SignedIn signedIn;

    KeyPage(KeySelection selection, Sessions sessions, SignedIn signedIn) {
        this.selection = selection;
        this.sessions = sessions;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(@RequestParam(defaultValue = "") String session, Model model) {
        String chosen = session.isEmpty() ? sessions.open().map(Session::id).orElse("") : session;
        model.addAttribute("board", chosen.isEmpty() ? null : selection.board(chosen, me()));
        model.addAttribute("terms", sessions.all());
        model.addAttribute("noneOpen", Sessions.NONE_OPEN);
        model.addAttribute("committee", signedIn.has(Roles.PROPOSAL_CLERK) || signedIn.has(Roles.COMMITTEE_DIRECTOR));
        model.addAttribute("director", signedIn.has(Roles.COMMITTEE_DIRECTOR));
        model.addAttribute("chair", signedIn.has(Roles.SUPERVISING_CHAIR));
        model.addAttribute("secretary", signedIn.has(Roles.MEETING_SECRETARY));
        return "proposal/key";
    }

    @PostMapping
    String nominate(@RequestParam MultiValueMap<String, String> fields, RedirectAttributes onward) {
        List<String> cases = new ArrayList<>(DraftFields.filled(fields, "case"));
        for (String typed : DraftFields.filled(fields, "cases")) {
            cases.addAll(Arrays.asList(typed.split("[\\s，,、；;]+")));
        }
        return act(
                fields,
                onward,
                "已列为候选。",
                () -> selection.nominate(
                        session(fields), fields.getFirst("name"), fields.getFirst("reason"), cases, me()));
    }

    @PostMapping("/rule")
    String rule(@RequestParam MultiValueMap<String, String> fields, RedirectAttributes onward) {
        return act(
                fields,
                onward,
                "遴选程序已保存。",
                () -> selection.partyGroupFirst(session(fields), fields.containsKey("partyGroupFirst"), me()));
    }

    @PostMapping("/{topic}/drop")
    String drop(
            @PathVariable String topic, @RequestParam MultiValueMap<String, String> fields, RedirectAttributes onward) {
        return act(fields, onward, "已取消候选。", () -> selection.drop(id(topic), fields.getFirst("reason"), me()));
    }

    @PostMapping("/{topic}/revocation")
    String revoke(
            @PathVariable String topic, @RequestParam MultiValueMap<String, String> fields, RedirectAttributes onward) {
        return act(fields, onward, "已撤销，有关各方已告知。", () -> selection.revoke(id(topic), fields.getFirst("reason"), me()));
    }

    @PostMapping("/passed")
    String pass(@RequestParam MultiValueMap<String, String> fields, RedirectAttributes onward) {
        return act(
                fields,
                onward,
                "党组会议意见已登记。",
                () -> selection.pass(
                        meeting(fields),
                        DraftFields.filled(fields, "topic").stream()
                                .map(KeyPage::id)
                                .toList(),
                        me()));
    }

    /** Fields of a line end in its topic: {@code verdict-7}. */
    @PostMapping("/decisions")
    String decide(@RequestParam MultiValueMap<String, String> fields, RedirectAttributes onward) {
        return act(fields, onward, "主席会议决定已登记，有关各方已告知。", () -> {
            List<KeySelection.Decision> decisions = new ArrayList<>();
            for (String topic : DraftFields.filled(fields, "topic")) {
                decisions.add(new KeySelection.Decision(
                        id(topic),
                        "select".equals(fields.getFirst("verdict-" + topic)),
                        fields.getFirst("chair-" + topic),
                        fields.getFirst("official-" + topic),
                        fields.getFirst("note-" + topic)));
            }
            selection.decide(meeting(fields), decisions, me());
        });
    }

    private static String act(
            MultiValueMap<String, String> fields, RedirectAttributes onward, String told, Runnable act) {
        onward.addAttribute("session", session(fields));
        try {
            act.run();
            onward.addFlashAttribute("told", told);
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
            // what was typed is not lost
            onward.addFlashAttribute("typed", fields);
        }
        return "redirect:/proposals/key";
    }

    private static String session(MultiValueMap<String, String> fields) {
        return String.valueOf(fields.getFirst("session"));
    }

    private static long meeting(MultiValueMap<String, String> fields) {
        try {
            return Long.parseLong(String.valueOf(fields.getFirst("meeting")));
        } catch (NumberFormatException e) {
            throw new Refusal("meeting", "请选择会议。");
        }
    }

    private static long id(String topic) {
        try {
            return Long.parseLong(topic);
        } catch (NumberFormatException e) {
            throw new Refusal("没有这个重点选题，请刷新页面后重新选择。");
        }
    }

    private String me() {
        return signedIn.person().id();
    }
}
