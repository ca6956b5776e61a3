package org.banhao.administration.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.banhao.administration.domain.HolidayYears;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.calendar.CalendarDay;
import org.banhao.calendar.HolidayNotice;
import org.banhao.calendar.HolidayNotices;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The year as twelve months; a new notice is read, looked at with what it moves, and confirmed. */
@Controller
@RequestMapping("/admin/calendar")
class CalendarPage {

    private final HolidayNotices notices;
    private final HolidayYears years;
    private final SignedIn signedIn;
    private final Clock clock;

    CalendarPage(HolidayNotices notices, HolidayYears years, SignedIn signedIn, Clock clock) {
        this.notices = notices;
        this.years = years;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @GetMapping
    String show(@RequestParam(required = false) @Nullable String year, Model model, HttpServletResponse response) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        int present = today().getYear();
        try {
            return page(year == null ? present : Inputs.number("year", "年份", year), model);
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return page(present, model);
        }
    }

    @PostMapping("/preview")
    String preview(
            @RequestParam(required = false) @Nullable String year,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String text,
            Model model,
            HttpServletResponse response) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        try {
            HolidayNotice notice = read(year, source, text);
            HolidayNotices.Preview preview = notices.preview(notice);
            Map<String, Line> lines = new LinkedHashMap<>();
            for (CalendarDay day : notice.days()) {
                lines.computeIfAbsent(day.name(), name -> new Line()).add(day);
            }
            model.addAttribute("notice", notice);
            model.addAttribute("lines", lines);
            model.addAttribute("text", Inputs.words(text));
            model.addAttribute("warnings", preview.warnings());
            model.addAttribute(
                    "moves", preview.moves().stream().map(MovedRow::of).toList());
            return "admin/calendar-preview";
        } catch (Refusal refusal) {
            return refused(year, source, text, refusal, model, response);
        }
    }

    @PostMapping("/adopt")
    String adopt(
            @RequestParam(required = false) @Nullable String year,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String text,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        try {
            HolidayNotice notice = read(year, source, text);
            int moved = years.adopt(notice);
            redirect.addFlashAttribute(
                    "told",
                    notice.year() + "年放假安排（" + notice.source() + "）已启用，"
                            + (moved == 0 ? "没有未办结的期限需要改动。" : moved + "项未办结的期限已重算。"));
            redirect.addAttribute("year", notice.year());
            return "redirect:/admin/calendar";
        } catch (Refusal refusal) {
            return refused(year, source, text, refusal, model, response);
        }
    }

    private HolidayNotice read(@Nullable String year, @Nullable String source, @Nullable String text) {
        return notices.read(Inputs.number("year", "年份", year), Inputs.words(source), Inputs.words(text));
    }

    private String refused(
            @Nullable String year,
            @Nullable String source,
            @Nullable String text,
            Refusal refusal,
            Model model,
            HttpServletResponse response) {
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        model.addAttribute("refused", refusal.sentence());
        model.addAttribute("wrong", Inputs.words(refusal.field()));
        model.addAttribute("source", Inputs.words(source));
        model.addAttribute("text", Inputs.words(text));
        model.addAttribute("entryYear", Inputs.words(year));
        return page(today().getYear(), model);
    }

    private String page(int year, Model model) {
        HolidayNotices.YearPicture picture = notices.year(year);
        int present = today().getYear();
        TreeSet<Integer> offered = new TreeSet<>(notices.knownYears());
        offered.add(present);
        offered.add(present + 1);
        offered.add(year);
        List<Integer> enterable = List.of(present, present + 1, present + 2);
        model.addAttribute("picture", picture);
        model.addAttribute("sheet", YearSheet.of(picture.days(), today()));
        model.addAttribute("offered", offered);
        model.addAttribute("enterable", enterable);
        if (!model.containsAttribute("entryYear")) {
            int next = notices.knownYears().contains(present + 1) ? present : present + 1;
            model.addAttribute("entryYear", String.valueOf(picture.known() ? next : year));
        }
        if (picture.enteredAt() != null) model.addAttribute("enteredAt", ChineseTime.text(picture.enteredAt()));
        return "admin/calendar";
    }

    private LocalDate today() {
        return ChineseTime.day(clock.instant());
    }

    /** One festival of the preview. */
    static final class Line {

        private final StringBuilder off = new StringBuilder();
        private final StringBuilder work = new StringBuilder();
        private int count;

        private void add(CalendarDay day) {
            StringBuilder words = day.working() ? work : off;
            if (!words.isEmpty()) words.append("、");
            words.append(day.day().getMonthValue())
                    .append("月")
                    .append(day.day().getDayOfMonth())
                    .append("日");
            if (!day.working()) count++;
        }

        public String getOff() {
            return off.toString();
        }

        public String getWork() {
            return work.isEmpty() ? "无" : work.toString();
        }

        public int getCount() {
            return count;
        }
    }

    record MovedRow(String caseNumber, String name, String from, String to, boolean earlier, String sentence) {

        static MovedRow of(HolidayNotices.Move move) {
            return new MovedRow(
                    move.deadline().caseNumber(),
                    move.deadline().name(),
                    ChineseTime.text(move.deadline().due()),
                    ChineseTime.text(move.due()),
                    move.due().isBefore(move.deadline().due()),
                    move.sentence());
        }
    }
}
