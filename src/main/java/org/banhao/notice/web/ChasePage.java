package org.banhao.notice.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.banhao.base.OneOfMany.Outcome;
import org.banhao.base.Refusal;
import org.banhao.casefile.OtherPile;
import org.banhao.notice.domain.ChasePile;
import org.banhao.notice.domain.ChasePile.Line;
import org.banhao.people.SignedIn;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** 成批催办: what others owe, by keyboard. */
@Controller
@Order(10)
class ChasePage implements OtherPile {

    static final String PAGE = "/chase";

    private static final List<String> DAYS = List.of("late", "three");

    private final ChasePile pile;
    private final SignedIn signedIn;

    ChasePage(ChasePile pile, SignedIn signedIn) {
        this.pile = pile;
        this.signedIn = signedIn;
    }

    @Override
    public String name() {
        return "催办";
    }

    @Override
    public String href() {
        return PAGE;
    }

    @Override
    public boolean offered(List<String> groups) {
        return pile.offered(groups);
    }

    @GetMapping(PAGE)
    String page(
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String step,
            @RequestParam(defaultValue = "") String days,
            Model model,
            HttpServletResponse response) {
        if (!pile.offered(signedIn.groups())) throw new Refusal("您的岗位没有催办，请联系交办部门或提案委员会办公室。");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        ChasePile.Lines all = pile.lines(signedIn.person().id(), signedIn.groups());
        List<Line> lines = all.lines().stream()
                .filter(line -> unit.isEmpty() || line.unit().equals(unit))
                .filter(line -> step.isEmpty() || line.step().equals(step))
                .filter(line -> days.isEmpty()
                        || line.light().light().equals("late")
                        || days.equals(DAYS.get(1)) && line.light().light().equals("soon"))
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute(
                "late",
                lines.stream()
                        .filter(line -> line.light().light().equals("late"))
                        .count());
        model.addAttribute("all", all.lines().size());
        model.addAttribute("more", all.more());
        model.addAttribute(
                "units",
                all.lines().stream().map(Line::unit).distinct().sorted().toList());
        model.addAttribute(
                "steps",
                all.lines().stream().map(Line::step).distinct().sorted().toList());
        model.addAttribute("unit", unit);
        model.addAttribute("step", step);
        model.addAttribute("days", days);
        model.addAttribute("words", ChasePile.WORDS);
        model.addAttribute("wide", true);
        return "piles/chase";
    }

    @PostMapping("/api/chases")
    @ResponseBody
    ResponseEntity<List<ChasePile.Done>> chase(
            @RequestParam(defaultValue = "") List<String> key, @RequestParam(defaultValue = "") String words) {
        return fresh(pile.chase(key, words, me(), signedIn.groups()));
    }

    @PostMapping("/api/chases/preview")
    @ResponseBody
    ResponseEntity<Map<String, String>> preview(
            @RequestParam(defaultValue = "") String key, @RequestParam(defaultValue = "") String words) {
        return fresh(Map.of("text", pile.preview(key, words, me(), signedIn.groups())));
    }

    @PostMapping("/api/chases/undo")
    @ResponseBody
    ResponseEntity<List<Outcome>> undo(@RequestParam(defaultValue = "") List<String> key) {
        return fresh(pile.undo(key.stream().map(ChasePage::id).toList(), me()));
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notOne) {
            throw new Refusal("key", "没有这次催办，请刷新页面后重试。");
        }
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    private String me() {
        return signedIn.person().id();
    }
}
