package org.banhao.proposal.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.banhao.base.PrintedTable;
import org.banhao.base.Refusal;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.Category;
import org.banhao.proposal.domain.Coded;
import org.banhao.proposal.domain.Session;
import org.banhao.proposal.domain.Sessions;
import org.banhao.proposal.domain.solicitation.Participation;
import org.banhao.proposal.domain.solicitation.Solicitations;
import org.banhao.proposal.domain.solicitation.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 提案征集: topics, who has submitted and who has not, reminders and figures of a session. */
@Controller
@RequestMapping("/proposals/solicitation")
class SolicitationPage {

    private static final List<String> TOPIC_COLUMNS = List.of("序号", "选题", "来源", "类别", "说明", "已提交提案");
    private static final List<String> MISSING_COLUMNS = List.of("序号", "姓名或名称", "界别", "手机", "提交情况");

    private final Solicitations solicitations;
    private final Topics topics;
    private final Participation participation;
    private final Sessions sessions;
    private final SignedIn signedIn;
    private final Clock clock;

    SolicitationPage(
            Solicitations solicitations,
            Topics topics,
            Participation participation,
            Sessions sessions,
            SignedIn signedIn,
            Clock clock) {
        this.solicitations = solicitations;
        this.topics = topics;
        this.participation = participation;
        this.sessions = sessions;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @GetMapping
    String page(@RequestParam(defaultValue = "") String session, Model model) {
        signedIn.require(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
        Session chosen = session.isEmpty() ? sessions.open().orElse(null) : sessions.get(session);
        model.addAttribute("chosen", chosen);
        model.addAttribute("noneOpen", Sessions.NONE_OPEN);
        if (chosen != null) {
            var solicitation = solicitations.of(chosen.id()).orElse(null);
            List<Participation.Line> lines = participation.lines(chosen.id());
            model.addAttribute("terms", sessions.all());
            model.addAttribute("solicitation", solicitation);
            model.addAttribute("figures", participation.figures(chosen.id(), solicitation));
            model.addAttribute("lines", lines);
            model.addAttribute(
                    "missing", lines.stream().filter(line -> !line.submitted()).count());
            model.addAttribute("topics", topics.of(chosen.id()));
            model.addAttribute("answered", topics.answered(chosen.id()));
            model.addAttribute("categories", Category.values());
        }
        return "proposal/solicitation";
    }

    @PostMapping
    String begin(@RequestParam String session, RedirectAttributes onward) {
        return act(session, onward, () -> {
            solicitations.begin(session, me());
            return "征集已启动，请在“待办”里写好征集通知。";
        });
    }

    @PostMapping("/reminder")
    String remind(@RequestParam String session, RedirectAttributes onward) {
        return act(session, onward, () -> "已提醒" + solicitations.remind(session, me()) + "人。");
    }

    @PostMapping("/denominator")
    String denominator(
            @RequestParam String session,
            @RequestParam(defaultValue = "") String denominator,
            @RequestParam(defaultValue = "") String denominatorNote,
            RedirectAttributes onward) {
        return act(session, onward, () -> {
            solicitations.denominator(
                    session, denominator.isBlank() ? null : number(denominator), denominatorNote, me());
            return "参与率的分母已保存。";
        });
    }

    private static int number(String typed) {
        try {
            return Integer.parseInt(typed.strip());
        } catch (NumberFormatException e) {
            throw new Refusal("denominator", "「分母」请填写整数，或者留空。");
        }
    }

    // ---- topics

    @PostMapping("/topics")
    String add(@RequestParam String session, @RequestParam Map<String, String> typed, RedirectAttributes onward) {
        return act(session, onward, () -> {
            topics.add(session, typed.get("title"), typed.get("source"), category(typed), typed.get("note"), me());
            return "选题已加入。";
        });
    }

    @PostMapping("/topics/{id}")
    String change(
            @PathVariable long id,
            @RequestParam String session,
            @RequestParam Map<String, String> typed,
            RedirectAttributes onward) {
        return act(session, onward, () -> {
            topics.change(id, typed.get("title"), typed.get("source"), category(typed), typed.get("note"), me());
            return "选题已保存。";
        });
    }

    @PostMapping("/topics/{id}/deletion")
    String delete(@PathVariable long id, @RequestParam String session, RedirectAttributes onward) {
        return act(session, onward, () -> {
            topics.delete(id, me());
            return "选题已删去。";
        });
    }

    private static @Nullable Category category(Map<String, String> typed) {
        String code = typed.getOrDefault("category", "");
        return code.isEmpty() ? null : Coded.choice(Category.class, code, "category", "类别");
    }

    /** @param takeIn absent: only looked at */
    @PostMapping("/table")
    String table(
            @RequestParam String session,
            @RequestParam("file") MultipartFile file,
            @RequestParam(required = false) @Nullable String takeIn,
            RedirectAttributes onward) {
        return act(session, onward, () -> {
            if (file.isEmpty()) {
                throw new Refusal("file", "请选择要导入的.xlsx表格。");
            }
            try (InputStream content = file.getInputStream()) {
                if (takeIn != null) {
                    return "已导入" + topics.takeIn(session, content, me()) + "个选题。";
                }
                Topics.DryRun run = topics.check(session, content, me());
                onward.addFlashAttribute("run", run);
                return run.problems().isEmpty()
                        ? "表格没有问题，可以导入" + run.fresh().size() + "个选题。"
                        : "表格有" + run.problems().size() + "处要改，见下面的清单；改好后再导入。";
            } catch (IOException e) {
                throw new Refusal("file", "没有收到完整的文件，请重新选择后再试。");
            }
        });
    }

    @GetMapping("/topics.xlsx")
    ResponseEntity<InputStreamResource> topicTable(@RequestParam String session) {
        signedIn.require(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
        Map<Long, Integer> answered = topics.answered(session);
        return new PrintedTable(
                        "参考选题",
                        sessions.get(session).name() + "提案参考选题",
                        clock.instant(),
                        TOPIC_COLUMNS,
                        List.of(6, 50, 26, 14, 40, 12),
                        topics.of(session).stream()
                                .map(topic -> List.of(
                                        topic.title(),
                                        topic.source(),
                                        topic.categoryName(),
                                        topic.note(),
                                        answered.getOrDefault(topic.id(), 0) + "件"))
                                .toList())
                .download();
    }

    @GetMapping("/missing.xlsx")
    ResponseEntity<InputStreamResource> missingTable(@RequestParam String session) {
        signedIn.require(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
        return new PrintedTable(
                        "未提交名单",
                        sessions.get(session).name() + "尚未提交提案的委员和单位",
                        clock.instant(),
                        MISSING_COLUMNS,
                        List.of(6, 30, 20, 16, 24),
                        participation.missing(session, me()).stream()
                                .map(one -> List.of(
                                        one.line().member().name(),
                                        one.line().sector(),
                                        one.phone(),
                                        one.line().doneLine()))
                                .toList())
                .download();
    }

    private interface Act {
        String done();
    }

    private String act(String session, RedirectAttributes onward, Act act) {
        signedIn.require(Roles.PROPOSAL_CLERK, Roles.COMMITTEE_DIRECTOR);
        onward.addAttribute("session", session);
        try {
            onward.addFlashAttribute("told", act.done());
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:/proposals/solicitation";
    }

    private String me() {
        return signedIn.person().id();
    }
}
