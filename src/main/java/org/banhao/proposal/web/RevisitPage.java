package org.banhao.proposal.web;

import java.time.Clock;
import java.util.List;
import org.banhao.base.PrintedTable;
import org.banhao.base.Refusal;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.assignment.UnitSuccessors;
import org.banhao.proposal.domain.handling.ResultClasses;
import org.banhao.proposal.domain.revisit.ProposerWord;
import org.banhao.proposal.domain.revisit.Revisits;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 回头看: a yearly round with its preview, what is open, the table of changed results; and the proposer's word. */
@Controller
class RevisitPage {

    private static final String PAGE = "/proposals/revisits";
    private static final List<String> COLUMNS = List.of("序号", "届次", "案号", "提案者", "案由", "主办单位", "原办理结果", "现办理结果", "说明");

    private final Revisits revisits;
    private final UnitSuccessors successors;
    private final ResultClasses classes;
    private final Sessions sessions;
    private final People people;
    private final SignedIn signedIn;
    private final Clock clock;

    RevisitPage(
            Revisits revisits,
            UnitSuccessors successors,
            ResultClasses classes,
            Sessions sessions,
            People people,
            SignedIn signedIn,
            Clock clock) {
        this.revisits = revisits;
        this.successors = successors;
        this.classes = classes;
        this.sessions = sessions;
        this.people = people;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /** @param classCodes with one of them the preview of a round is shown */
    @GetMapping(PAGE)
    String page(
            @RequestParam(defaultValue = "") String session,
            @RequestParam(name = "class", defaultValue = "") List<String> classCodes,
            Model model) {
        signedIn.require(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
        Session chosen = session.isEmpty() ? sessions.open().orElse(null) : sessions.get(session);
        model.addAttribute("chosen", chosen);
        model.addAttribute("noneOpen", Sessions.NONE_OPEN);
        if (chosen != null) {
            model.addAttribute("terms", sessions.all());
            model.addAttribute("classes", classes.of(chosen.id()));
            model.addAttribute("classCodes", classCodes);
            model.addAttribute(
                    "candidates", classCodes.isEmpty() ? null : revisits.preview(chosen.id(), classCodes, me()));
            model.addAttribute("open", revisits.open(me()));
            model.addAttribute("changes", revisits.changes(chosen.id(), "页面", me()));
            model.addAttribute("columns", COLUMNS);
            model.addAttribute("orphans", revisits.orphans(me()));
            model.addAttribute("units", people.units());
        }
        return "proposal/revisits";
    }

    @PostMapping(PAGE)
    String begin(@RequestParam MultiValueMap<String, String> fields, RedirectAttributes onward) {
        String session = String.valueOf(fields.getFirst("session"));
        onward.addAttribute("session", session);
        try {
            List<Long> chosen = DraftFields.filled(fields, "handling").stream()
                    .map(RevisitPage::id)
                    .toList();
            int begun = revisits.beginRound(session, fields.getFirst("name"), chosen, me());
            onward.addFlashAttribute("told", "已启动" + begun + "件回头看，承办单位已收到通知。");
        } catch (Refusal refusal) {
            onward.addAttribute("class", DraftFields.filled(fields, "class").toArray());
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:" + PAGE;
    }

    private static long id(String typed) {
        try {
            return Long.parseLong(typed);
        } catch (NumberFormatException e) {
            throw new Refusal("没有这件答复，请刷新页面后重新选择。");
        }
    }

    @PostMapping(PAGE + "/successor")
    String successor(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes onward) {
        try {
            successors.name(from, to, reason, me());
            onward.addFlashAttribute("told", "接收单位已登记，以后的回头看由其报告。");
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:" + PAGE;
    }

    @GetMapping(PAGE + "/changes.xlsx")
    ResponseEntity<InputStreamResource> table(@RequestParam String session) {
        signedIn.require(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
        return new PrintedTable(
                        "回头看",
                        sessions.get(session).name() + "提案回头看结果变更表",
                        clock.instant(),
                        COLUMNS,
                        List.of(6, 14, 12, 20, 36, 20, 20, 20, 50),
                        revisits.changes(session, "导出", me()).stream()
                                .map(line -> List.of(
                                        line.session(),
                                        line.fileNumber(),
                                        line.proposer(),
                                        line.title(),
                                        line.unit(),
                                        line.original(),
                                        line.present(),
                                        line.note()))
                                .toList())
                .download();
    }

    @PostMapping("/my/proposals/{number}/revisits/{revisit}")
    String word(
            @PathVariable String number,
            @PathVariable String revisit,
            @RequestParam(defaultValue = "") String word,
            @RequestParam(defaultValue = "") String opinion,
            RedirectAttributes onward) {
        try {
            revisits.word(id(revisit), Coded.find(ProposerWord.class, word), opinion, me());
            onward.addFlashAttribute("told", "您的意见已记下，核查时会参考。");
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/my/proposals/" + number;
    }

    private String me() {
        return signedIn.person().id();
    }
}
