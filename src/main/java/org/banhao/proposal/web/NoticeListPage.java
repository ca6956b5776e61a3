package org.banhao.proposal.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.banhao.base.OneOfMany.Outcome;
import org.banhao.base.Refusal;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.proposal.domain.NoticeList;
import org.banhao.proposal.domain.NoticeList.Choice;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** 通知清单: looked at, taken away as a table for the city's short message platform, and marked as handed over. */
@Controller
class NoticeListPage {

    static final String PAGE = "/proposals/notices";
    static final String HANDOVERS = "/api/notice-handovers";

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2999;

    private final NoticeList list;
    private final SignedIn signedIn;

    NoticeListPage(NoticeList list, SignedIn signedIn) {
        this.list = list;
        this.signedIn = signedIn;
    }

    @GetMapping(PAGE)
    String page(
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String show,
            Model model,
            HttpServletResponse response) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Choice choice;
        try {
            choice = choice(reason, from, to, show);
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            choice = list.choice("", null, null, "");
        }
        model.addAttribute("sheet", list.read(choice, me()));
        model.addAttribute("choice", choice);
        model.addAttribute("reasons", list.reasons());
        model.addAttribute("shows", NoticeList.Show.values());
        model.addAttribute("wide", true);
        return "proposal/notices";
    }

    @GetMapping(PAGE + "/list.xlsx")
    ResponseEntity<InputStreamResource> export(
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String show,
            @RequestParam(defaultValue = "") String upTo) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        return NoticeListSheet.table(list.export(
                        choice(reason, from, to, show), upTo.isEmpty() ? Long.MAX_VALUE : number(upTo), me()))
                .download();
    }

    @PostMapping(HANDOVERS)
    @ResponseBody
    ResponseEntity<List<NoticeList.Done>> handOver(@RequestParam(defaultValue = "") List<String> key) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        return fresh(list.handOver(numbers(key), me()));
    }

    @PostMapping(HANDOVERS + "/undo")
    @ResponseBody
    ResponseEntity<List<Outcome>> takeBack(@RequestParam(defaultValue = "") List<String> key) {
        signedIn.require(Roles.PROPOSAL_CLERK);
        return fresh(list.takeBack(numbers(key), me()));
    }

    private Choice choice(String reason, String from, String to, String show) {
        return list.choice(reason, day("from", "起始日期", from), day("to", "截止日期", to), show);
    }

    /** A day that either database can hold. */
    private static @Nullable LocalDate day(String field, String label, String text) {
        if (text.isBlank()) return null;
        try {
            LocalDate day = LocalDate.parse(text.strip());
            if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) return day;
        } catch (DateTimeException notADay) {
            // said below
        }
        throw new Refusal(field, "「" + label + "」请选择日历上的一天。");
    }

    private static List<Long> numbers(List<String> keys) {
        return keys.stream().map(NoticeListPage::number).toList();
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notOne) {
            throw new Refusal("key", "没有这条通知，请刷新页面后重试。");
        }
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    private String me() {
        return signedIn.person().id();
    }
}
