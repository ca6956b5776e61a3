package org.banhao.proposal.web;

import java.time.Clock;
import org.banhao.base.Refusal;
import org.banhao.people.People;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Drafts;
import org.banhao.proposal.domain.MyProposals;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.solicitation.Topics;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 征集通知 and 参考选题 for those who propose: to read, to begin a proposal from, to name in a draft. */
@Controller
@RequestMapping("/my")
class TopicsPage {

    private final Topics topics;
    private final Drafts drafts;
    private final Sessions sessions;
    private final People people;
    private final SignedIn signedIn;
    private final Clock clock;

    TopicsPage(Topics topics, Drafts drafts, Sessions sessions, People people, SignedIn signedIn, Clock clock) {
        this.topics = topics;
        this.drafts = drafts;
        this.sessions = sessions;
        this.people = people;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @GetMapping("/topics")
    String page(Model model) {
        model.addAttribute("call", topics.called().orElse(null));
        model.addAttribute("topics", topics.visible());
        model.addAttribute("memberships", people.membershipsOf(me()));
        model.addAttribute("closing", MyProposals.closingLine(sessions.open(), clock.instant()));
        return "proposal/topics";
    }

    /** A new draft that answers the topic. */
    @PostMapping("/topics/{id}/draft")
    String begin(@PathVariable long id, @RequestParam(defaultValue = "") String member, RedirectAttributes onward) {
        if (topics.visible().stream().noneMatch(topic -> topic.id() == id)) {
            throw new Refusal("这个选题不在本届次的参考选题里，请重新选择。");
        }
        String number = drafts.begin(me(), member);
        topics.choose(number, id, me());
        onward.addFlashAttribute("told", "已新建草稿，并记下对应的参考选题。");
        return "redirect:/my/drafts/" + number;
    }

    @PostMapping("/drafts/{number}/topic")
    String choose(
            @PathVariable String number, @RequestParam(defaultValue = "") String topic, RedirectAttributes onward) {
        try {
            topics.choose(number, topic.isEmpty() ? null : Long.valueOf(topic), me());
            onward.addFlashAttribute("told", "对应的参考选题已保存。");
        } catch (NumberFormatException e) {
            onward.addFlashAttribute("refused", "没有这个选题，请重新选择。");
        }
        return "redirect:/my/drafts/" + number;
    }

    private String me() {
        return signedIn.person().id();
    }
}
