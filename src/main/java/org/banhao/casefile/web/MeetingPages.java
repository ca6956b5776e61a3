package org.banhao.casefile.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.casefile.domain.StoredMeetings;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 会议: the list, and one meeting with who came, its agenda, its decisions and its minutes. */
@Controller
@RequestMapping("/meetings")
class MeetingPages {

    private final StoredMeetings meetings;
    private final SignedIn signedIn;

    MeetingPages(StoredMeetings meetings, SignedIn signedIn) {
        this.meetings = meetings;
        this.signedIn = signedIn;
    }

    @GetMapping
    String list(Model model) {
        if (!meetings.reads(me())) throw new AccessDeniedException("no meetings");
        model.addAttribute("lines", meetings.readable(me()));
        model.addAttribute("kinds", meetings.kept(me()));
        model.addAttribute("quorums", meetings.quorums());
        if (!model.containsAttribute("typed")) model.addAttribute("typed", Map.of());
        return "casefile/meetings";
    }

    @PostMapping
    String create(@RequestParam Map<String, String> typed, RedirectAttributes onward) {
        try {
            long id = meetings.create(typed.get("kind"), typed.get("name"), day(typed), me());
            onward.addFlashAttribute("told", "会议已建立。");
            return "redirect:/meetings/" + id;
        } catch (Refusal refusal) {
            return refused("/meetings", refusal, typed, onward);
        }
    }

    /** The rule of one kind, from today on. */
    @PostMapping("/quorum")
    String quorum(@RequestParam Map<String, String> typed, RedirectAttributes onward) {
        return act(
                "/meetings",
                "法定人数已保存，从今天起召开的会议适用。",
                typed,
                onward,
                () -> meetings.quorum(
                        typed.getOrDefault("kind", ""),
                        number(typed.get("numerator")),
                        number(typed.get("denominator")),
                        typed.containsKey("moreThan"),
                        typed.containsKey("refuses"),
                        typed.get("basis"),
                        me()));
    }

    @GetMapping("/{id}")
    String page(@PathVariable long id, Model model) {
        model.addAttribute("view", meetings.view(id, me()));
        model.addAttribute("words", new CaseWords());
        if (!model.containsAttribute("typed")) model.addAttribute("typed", Map.of());
        return "casefile/meeting";
    }

    @PostMapping("/{id}")
    String change(@PathVariable long id, @RequestParam Map<String, String> typed, RedirectAttributes onward) {
        return act(
                at(id),
                "会议信息已保存。",
                typed,
                onward,
                () -> meetings.change(
                        id, typed.get("name"), day(typed), hour(typed), typed.get("place"), typed.get("chair"), me()));
    }

    @PostMapping("/{id}/attendance")
    String attendance(@PathVariable long id, @RequestParam Map<String, String> typed, RedirectAttributes onward) {
        return act(
                at(id),
                "到会人员已登记。",
                typed,
                onward,
                () -> meetings.attendance(
                        id,
                        typed.get("present"),
                        typed.get("absent"),
                        typed.get("guests"),
                        typed.get("quorumReason"),
                        me()));
    }

    @PostMapping("/{id}/agenda")
    String plan(@PathVariable long id, @RequestParam Map<String, String> typed, RedirectAttributes onward) {
        return act(
                at(id),
                "已列入议程。",
                typed,
                onward,
                () -> meetings.plan(id, typed.get("caseNumber"), typed.get("subject"), me()));
    }

    @PostMapping("/{id}/agenda/waiting")
    String planWaiting(@PathVariable long id, @RequestParam Map<String, String> typed, RedirectAttributes onward) {
        return act(at(id), "等待本会议的事项已列入议程。", typed, onward, () -> meetings.planWaiting(id, me()));
    }

    @PostMapping("/{id}/agenda/{item}/removal")
    String drop(
            @PathVariable long id,
            @PathVariable long item,
            @RequestParam Map<String, String> typed,
            RedirectAttributes onward) {
        return act(at(id), "已从议程里去掉。", typed, onward, () -> meetings.drop(item, me()));
    }

    @PostMapping("/{id}/agenda/{item}/decision")
    String decide(
            @PathVariable long id,
            @PathVariable long item,
            @RequestParam Map<String, String> typed,
            RedirectAttributes onward) {
        return act(
                at(id),
                "会议决定已登记。",
                "decide-" + item,
                typed,
                onward,
                () -> meetings.record(item, typed.get("words"), typed.get("note"), me()));
    }

    @PostMapping("/{id}/decisions/{decision}/correction")
    String correct(
            @PathVariable long id,
            @PathVariable long decision,
            @RequestParam Map<String, String> typed,
            RedirectAttributes onward) {
        return act(
                at(id),
                "已更正；原记录保留在旁边。",
                "correct-" + decision,
                typed,
                onward,
                () -> meetings.correct(decision, typed.get("words"), typed.get("note"), me()));
    }

    @PostMapping("/{id}/minutes")
    String minutes(
            @PathVariable long id,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            RedirectAttributes onward) {
        return act(at(id), "会议纪要已上传。", Map.of(), onward, () -> {
            if (file == null || file.isEmpty()) throw new Refusal("file", "请选择要上传的会议纪要。");
            try (InputStream content = file.getInputStream()) {
                meetings.minutes(id, String.valueOf(file.getOriginalFilename()), content, me());
            } catch (IOException e) {
                throw new Refusal("file", "没有收到完整的文件，请重新选择后再试。");
            }
        });
    }

    @PostMapping("/{id}/end")
    String close(@PathVariable long id, @RequestParam Map<String, String> typed, RedirectAttributes onward) {
        return act(at(id), "会议已结束，记录不再变动；登记有误的，可以更正。", typed, onward, () -> meetings.close(id, me()));
    }

    private static String act(
            String to, String told, Map<String, String> typed, RedirectAttributes onward, Runnable act) {
        return act(to, told, "", typed, onward, act);
    }

    /** @param place of several like forms of the page the one it was typed in */
    private static String act(
            String to, String told, String place, Map<String, String> typed, RedirectAttributes onward, Runnable act) {
        try {
            act.run();
            onward.addFlashAttribute("told", told);
            return "redirect:" + to;
        } catch (Refusal refusal) {
            onward.addFlashAttribute("typedAt", place);
            return refused(to, refusal, typed, onward);
        }
    }

    /** What was typed is not lost. */
    private static String refused(String to, Refusal refusal, Map<String, String> typed, RedirectAttributes onward) {
        onward.addFlashAttribute("refused", refusal.sentence());
        onward.addFlashAttribute("typed", typed);
        return "redirect:" + to;
    }

    private static String at(long id) {
        return "/meetings/" + id;
    }

    private static @Nullable LocalDate day(Map<String, String> typed) {
        try {
            String text = typed.getOrDefault("heldOn", "");
            return text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            throw new Refusal("heldOn", "「会议日期」请选择一个日期。");
        }
    }

    private static @Nullable LocalTime hour(Map<String, String> typed) {
        try {
            String text = typed.getOrDefault("heldAt", "");
            return text.isBlank() ? null : LocalTime.parse(text.strip());
        } catch (DateTimeException e) {
            throw new Refusal("heldAt", "「时刻」请照 09:00 的样子填写，或者留空。");
        }
    }

    private static @Nullable Integer number(@Nullable String typed) {
        try {
            return typed == null ? null : Integer.valueOf(typed.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private String me() {
        return signedIn.person().id();
    }
}
