package org.banhao.people.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.people.Absence;
import org.banhao.people.Person;
import org.banhao.people.SignedIn;
import org.banhao.people.domain.Absences;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 外出与代理: one's own, and for heads and the system administrator that of others. Who has no work in Tasklist finds nothing to enter. */
@Controller
@RequestMapping("/absence")
class AbsencePage {

    private final Absences absences;
    private final SignedIn signedIn;
    private final Clock clock;

    AbsencePage(Absences absences, SignedIn signedIn, Clock clock) {
        this.absences = absences;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /** @param mine the reader may end it */
    public record Line(long id, String sentence, boolean mine) {}

    /** @param person for whom a head enters it; null: oneself */
    @GetMapping
    String page(@RequestParam(required = false) @Nullable String person, Model model) {
        return page(person, Map.of(), model);
    }

    private String page(@Nullable String asked, Map<String, String> typed, Model model) {
        String me = signedIn.person().id();
        List<Person> persons = absences.mayEnterFor(me);
        String person = persons.stream()
                .map(Person::id)
                .filter(id -> id.equals(asked))
                .findFirst()
                .orElse(
                        persons.stream().anyMatch(p -> p.id().equals(me))
                                ? me
                                : persons.isEmpty() ? "" : persons.get(0).id());
        LocalDate today = ChineseTime.day(clock.instant());
        model.addAttribute(
                "absences",
                absences.concerning(me).stream()
                        .map(one -> line(one, me, today, persons))
                        .toList());
        model.addAttribute("persons", persons);
        model.addAttribute("person", person);
        model.addAttribute("substitutes", person.isEmpty() ? List.of() : absences.substitutesFor(person));
        model.addAttribute("today", today.toString());
        model.addAttribute("typed", typed);
        return "people/absence";
    }

    private static Line line(Absence one, String me, LocalDate today, List<Person> persons) {
        boolean mine = one.personId().equals(me) || persons.stream().anyMatch(p -> p.id().equals(one.personId()));
        return new Line(
                one.id(),
                one.personName() + "自" + ChineseTime.text(one.from()) + "至" + ChineseTime.text(one.until()) + "外出，由"
                        + one.substituteName() + "代理" + (one.from().isAfter(today) ? "（尚未开始）" : "（代理中）"),
                mine);
    }

    @PostMapping
    String enter(
            @RequestParam Map<String, String> form,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        try {
            Absence entered = absences.enter(
                    signedIn.person().id(),
                    form.getOrDefault("person", ""),
                    form.getOrDefault("substitute", ""),
                    date("from", "外出自", form),
                    date("until", "至", form));
            onward.addFlashAttribute(
                    "told",
                    "已登记：" + entered.personName() + "自" + ChineseTime.text(entered.from()) + "至"
                            + ChineseTime.text(entered.until()) + "外出，由" + entered.substituteName() + "代理；到期自动恢复。");
            return "redirect:/absence";
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("wrong", Map.of(String.valueOf(refusal.field()), refusal.sentence()));
            model.addAttribute("refused", refusal.sentence());
            return page(form.get("person"), form, model);
        }
    }

    @PostMapping("/{id}/end")
    String end(@PathVariable String id, HttpServletResponse response, Model model, RedirectAttributes onward) {
        try {
            if (!id.matches("\\d{1,18}")) throw new Refusal("没有这条外出登记，请刷新页面后再试。");
            Absence ended = absences.end(signedIn.person().id(), Long.parseLong(id));
            onward.addFlashAttribute("told", ended.personName() + "的外出登记已结束，事项恢复由本人办理。");
            return "redirect:/absence";
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return page(null, Map.of(), model);
        }
    }

    private static LocalDate date(String field, String label, Map<String, String> form) {
        try {
            return LocalDate.parse(form.getOrDefault(field, "").strip());
        } catch (DateTimeException e) {
            throw new Refusal(field, "“" + label + "”请选择日历上的一天。");
        }
    }
}
