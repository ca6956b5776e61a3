package org.banhao.administration.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.banhao.base.Actor;
import org.banhao.base.Audit;
import org.banhao.base.AuditLog;
import org.banhao.base.ChineseTime;
import org.banhao.base.Csv;
import org.banhao.base.FileAnswers;
import org.banhao.base.Refusal;
import org.banhao.flow.StepNames;
import org.banhao.people.People;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.people.Unit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The audit record for the audit administrator alone. Looking at it is recorded too. */
@Controller
@RequestMapping("/admin/audit")
class AuditPage {

    private static final int PAGE = 100;
    private static final int CHUNK = 1000;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ChineseTime.ZONE);

    private final AuditLog log;
    private final Audit audit;
    private final SignedIn signedIn;
    private final People people;
    private final StepNames steps;
    private final Clock clock;

    AuditPage(AuditLog log, Audit audit, SignedIn signedIn, People people, StepNames steps, Clock clock) {
        this.log = log;
        this.audit = audit;
        this.people = people;
        this.steps = steps;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /** As typed. */
    record Asked(
            @Nullable String who,
            @Nullable String number,
            @Nullable String action,
            @Nullable String from,
            @Nullable String to) {

        AuditLog.Filter filter() {
            LocalDate first = day("from", "起始日期", from);
            LocalDate last = day("to", "截止日期", to);
            if (first != null && last != null && last.isBefore(first)) throw new Refusal("to", "「截止日期」不能早于「起始日期」，请修改。");
            return new AuditLog.Filter(
                    who,
                    number == null ? null : number.strip().toUpperCase(Locale.ROOT),
                    action,
                    first == null ? null : begin(first),
                    last == null ? null : begin(last.plusDays(1)));
        }

        private static Instant begin(LocalDate day) {
            return day.atStartOfDay(ChineseTime.ZONE).toInstant();
        }

        private static @Nullable LocalDate day(String field, String label, @Nullable String text) {
            try {
                return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
            } catch (DateTimeException notADay) {
                throw new Refusal(field, "「" + label + "」请选择日历上的一天。");
            }
        }

        /** 人员 li-ming，案件 TA-2026-000001; 全部 without conditions */
        String words() {
            List<String> words = new ArrayList<>();
            add(words, "人员", who);
            add(words, "案件", number);
            add(words, "操作", action == null || action.isBlank() ? null : AuditWords.of(action));
            add(words, "自", from);
            add(words, "至", to);
            return words.isEmpty() ? "全部" : String.join("，", words);
        }

        private static void add(List<String> words, String label, @Nullable String value) {
            if (value != null && !value.isBlank()) words.add(label + " " + value.strip());
        }
    }

    public record Row(
            String time, String who, String forWhom, String action, String number, String detail, String from) {

        static Row of(AuditLog.Entry e, Function<String, @Nullable String> names) {
            String forWhom = e.forWhomName();
            String number = e.caseNumber();
            return new Row(
                    MOMENT.format(e.at()),
                    e.personId().equals(Actor.SYSTEM.id()) ? e.personName() : e.personName() + "（" + e.personId() + "）",
                    forWhom == null ? "" : "代 " + forWhom + "（" + e.forWhomId() + "）",
                    AuditWords.of(e.action()),
                    number == null ? "" : number,
                    AuditWords.said(e.action(), e.detail(), names),
                    e.address());
        }
    }

    @GetMapping
    String list(
            @ModelAttribute("asked") Asked asked,
            @RequestParam(required = false) @Nullable Long before,
            HttpServletResponse response,
            Model model) {
        signedIn.require(Roles.AUDIT_ADMINISTRATOR);
        List<AuditLog.Entry> entries = List.of();
        try {
            AuditLog.Filter filter = asked.filter();
            audit.record("audit.read", null, asked.words());
            entries = log.page(filter, before, PAGE + 1);
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("wrong", refusal.field());
            model.addAttribute("refused", refusal.sentence());
        }
        boolean more = entries.size() > PAGE;
        List<AuditLog.Entry> shown = more ? entries.subList(0, PAGE) : entries;
        Function<String, @Nullable String> names = names();
        model.addAttribute("asked", asked);
        model.addAttribute("actions", AuditWords.actions());
        model.addAttribute(
                "rows", shown.stream().map(entry -> Row.of(entry, names)).toList());
        model.addAttribute("next", more ? shown.get(PAGE - 1).id() : null);
        return "admin/audit";
    }

    /** All that the filter finds, latest first, for WPS and Excel. */
    @GetMapping("/audit.csv")
    void export(@ModelAttribute("asked") Asked asked, HttpServletResponse response) throws IOException {
        signedIn.require(Roles.AUDIT_ADMINISTRATOR);
        AuditLog.Filter filter = asked.filter();
        audit.record("audit.export", null, asked.words());
        FileAnswers.begin(response, "审计记录-" + ChineseTime.day(clock.instant()) + ".csv", FileAnswers.CSV);
        PrintWriter out = response.getWriter();
        Csv csv = new Csv(out);
        csv.line("编号", "时间", "姓名", "登录名", "代何人", "操作", "操作代码", "案件", "说明", "来源地址");
        Function<String, @Nullable String> names = names();
        Long before = null;
        List<AuditLog.Entry> chunk;
        do {
            chunk = log.page(filter, before, CHUNK);
            for (AuditLog.Entry e : chunk) {
                csv.line(
                        String.valueOf(e.id()),
                        MOMENT.format(e.at()),
                        e.personName(),
                        e.personId(),
                        e.forWhomName(),
                        AuditWords.of(e.action()),
                        e.action(),
                        e.caseNumber(),
                        AuditWords.said(e.action(), e.detail(), names),
                        e.address());
                before = e.id();
            }
        } while (chunk.size() == CHUNK && !out.checkError());
    }

    /** Group, unit or step → its name of today; null for anything else. A name is asked for once. */
    private Function<String, @Nullable String> names() {
        Map<String, String> known = new HashMap<>(steps.all());
        return code -> {
            String name = known.computeIfAbsent(
                    code, any -> people.unit(any).map(Unit::name).orElseGet(() -> people.groupName(any)));
            return name.equals(code) ? null : name;
        };
    }
}
