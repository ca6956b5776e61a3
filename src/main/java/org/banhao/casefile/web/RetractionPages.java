package org.banhao.casefile.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.casefile.Retractions;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 刚刚提交: what one did in the last minutes, as a page, as a line on other pages, and for Tasklist. Everybody sees his own only. */
@Controller
class RetractionPages {

    private static final String PAGE = "/retractions";
    /** Pages of this application that lead here and are come back to. */
    private static final String BACK = "/(my|cases|proposals|retractions)(/[A-Za-z0-9-]+)*";

    private final Retractions retractions;
    private final SignedIn signedIn;
    private final Clock clock;

    RetractionPages(Retractions retractions, SignedIn signedIn, Clock clock) {
        this.retractions = retractions;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    String page(Model model) {
        model.addAttribute("recent", retractions.recent(me()));
        model.addAttribute("minutes", retractions.window().toMinutes());
        return "casefile/retractions";
    }

    @PostMapping(PAGE + "/{id}")
    String retract(@PathVariable String id, @RequestParam(defaultValue = PAGE) String back, RedirectAttributes onward) {
        try {
            Retractions.Retracted done = retractions.retract(id, me());
            onward.addFlashAttribute("told", told(done));
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return "redirect:" + (back.matches(BACK) ? back : PAGE);
    }

    private static String told(Retractions.Retracted done) {
        return "已撤回「" + done.name() + "」" + (done.taskId() == null ? "，可以修改后重新提交。" : "，请重新办理。");
    }

    /**
     * @param left milliseconds until {@code until}: the clock of who reads it may be wrong
     * @param why null: it can be retracted
     */
    record Line(
            String id,
            String number,
            String title,
            String name,
            Instant until,
            long left,
            @Nullable String why) {}

    @GetMapping("/api/retractions")
    @ResponseBody
    ResponseEntity<List<Line>> recent() {
        Instant now = clock.instant();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(retractions.recent(me()).stream()
                        .map(one -> new Line(
                                one.id(),
                                one.caseNumber(),
                                one.title(),
                                one.name(),
                                one.until(),
                                Duration.between(now, one.until()).toMillis(),
                                one.why()))
                        .toList());
    }

    @PostMapping("/api/retractions/{id}")
    @ResponseBody
    ResponseEntity<Map<String, @Nullable String>> retract(@PathVariable String id) {
        Map<String, @Nullable String> answer = new LinkedHashMap<>();
        try {
            Retractions.Retracted done = retractions.retract(id, me());
            answer.put("message", told(done));
            answer.put("task", done.taskId());
            return ResponseEntity.ok(answer);
        } catch (Refusal refusal) {
            answer.put("type", "Refusal");
            answer.put("message", refusal.sentence());
            return ResponseEntity.badRequest().body(answer);
        }
    }

    private String me() {
        return signedIn.person().id();
    }
}
