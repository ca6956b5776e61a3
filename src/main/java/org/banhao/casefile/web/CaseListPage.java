package org.banhao.casefile.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.banhao.base.FileAnswers;
import org.banhao.base.OneOfMany;
import org.banhao.base.PrintedTable;
import org.banhao.base.Refusal;
import org.banhao.casefile.CaseChase;
import org.banhao.casefile.CaseColumn;
import org.banhao.casefile.CaseFiles;
import org.banhao.casefile.CaseRow;
import org.banhao.casefile.Ledger;
import org.banhao.casefile.LedgerLayouts;
import org.banhao.casefile.domain.CaseList;
import org.banhao.casefile.domain.CaseQuery;
import org.banhao.casefile.domain.SavedViews;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The case list and the ledgers: everything that is chosen stands in the address, so that it can be kept, sent and exported. */
@Controller
@RequestMapping("/cases")
class CaseListPage {

    private static final int MOST_CHASED = 200;

    private final CaseList list;
    private final LedgerLayouts layouts;
    private final SavedViews views;
    private final CaseFiles cases;
    // told by a floor above
    private final ObjectProvider<CaseChase> chase;
    private final SignedIn signedIn;

    CaseListPage(
            CaseList list,
            LedgerLayouts layouts,
            SavedViews views,
            CaseFiles cases,
            ObjectProvider<CaseChase> chase,
            SignedIn signedIn) {
        this.list = list;
        this.layouts = layouts;
        this.views = views;
        this.cases = cases;
        this.chase = chase;
        this.signedIn = signedIn;
    }

    /** A column that can be chosen. */
    public record Choice(String id, String label, boolean chosen) {}

    /** One case that could not be chased, and why. */
    public record NotChased(String number, String title, String why) {}

    @GetMapping
    String page(HttpServletRequest request, HttpServletResponse response, Model model) {
        String person = signedIn.person().id();
        if (request.getQueryString() == null) {
            SavedViews.SavedView first = views.first(person).orElse(null);
            if (first != null) return "redirect:/cases?" + (first.query().isEmpty() ? "all=yes" : first.query());
        }
        return show(request, response, model);
    }

    private String show(HttpServletRequest request, HttpServletResponse response, Model model) {
        String person = signedIn.person().id();
        List<String> groups = signedIn.groups();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        CaseQuery query = CaseQuery.ALL;
        CaseList.Page page = new CaseList.Page(CaseColumn.USUAL, List.of(), 0, null);
        Ledger ledger = null;
        try {
            Typed typed = typed(request);
            query = typed.query();
            ledger = list.ledger(query.ledger(), groups);
            page = list.page(typed.strict(), person, groups);
        } catch (Refusal refusal) {
            // what was typed stays, beside the sentence
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("failed", true);
        }
        model.addAttribute("query", query);
        model.addAttribute("ledger", ledger);
        model.addAttribute("page", page);
        model.addAttribute("offer", list.offer(groups, ledger == null ? query.kind() : ledger.kind()));
        model.addAttribute("views", views.of(person));
        model.addAttribute("choices", choices(page.columns(), ledger));
        model.addAttribute("address", address(query));
        model.addAttribute("first", query.after().isEmpty());
        model.addAttribute("next", page.next() == null ? null : "/cases?" + and(address(query), "after", page.next()));
        CaseChase chaser = chase.getIfAvailable();
        model.addAttribute("chases", chaser != null && chaser.offered(groups));
        model.addAttribute("titleLed", page.columns().contains(CaseColumn.TITLE));
        model.addAttribute("wide", true);
        return "casefile/cases";
    }

    @GetMapping("/list.xlsx")
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CaseQuery query = typed(request).strict();
        List<String> groups = signedIn.groups();
        PrintedTable table = list.table(query, signedIn.person().id(), groups);
        Ledger ledger = list.ledger(query.ledger(), groups);
        // a layout is made for the ledger's own columns
        LedgerLayouts.Layout layout = ledger == null || !query.columns().isEmpty()
                ? null
                : layouts.of(ledger).orElse(null);
        FileAnswers.begin(response, table.fileName(), FileAnswers.XLSX);
        if (layout == null) table.write(response.getOutputStream());
        else layout.write(table, response.getOutputStream());
    }

    // ---- views

    @PostMapping("/views")
    String save(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String query,
            RedirectAttributes onward) {
        String clean = query(query);
        views.save(signedIn.person().id(), name, clean);
        onward.addFlashAttribute("told", "已存为视图「" + name.strip() + "」。");
        return "redirect:/cases?" + (clean.isEmpty() ? "all=yes" : clean);
    }

    @PostMapping("/views/{id}/delete")
    String delete(@PathVariable long id, RedirectAttributes onward) {
        views.delete(signedIn.person().id(), id);
        onward.addFlashAttribute("told", "视图已删除。");
        return "redirect:/cases?all=yes";
    }

    @PostMapping("/views/{id}/first")
    String first(@PathVariable long id, RedirectAttributes onward) {
        views.first(signedIn.person().id(), id);
        onward.addFlashAttribute("told", "已保存：打开「案件」时先看什么。");
        return "redirect:/cases?all=yes";
    }

    // ---- chasing

    /** Each case by itself: one that cannot be chased keeps nobody else waiting. */
    @PostMapping("/chase")
    String chase(
            @RequestParam(defaultValue = "") List<String> number,
            @RequestParam(defaultValue = "") String query,
            RedirectAttributes onward) {
        String person = signedIn.person().id();
        List<String> groups = signedIn.groups();
        CaseChase chaser = chase.getIfAvailable();
        if (chaser == null || !chaser.offered(groups)) throw new Refusal("您的岗位没有催办，请联系交办部门或提案委员会办公室。");
        Set<String> numbers = new LinkedHashSet<>(number);
        numbers.remove("");
        if (numbers.isEmpty()) throw new Refusal("number", "请先勾选要催办的案件。");
        if (numbers.size() > MOST_CHASED) throw new Refusal("number", "一次最多催办" + MOST_CHASED + "件，请分次催办。");
        int chased = 0;
        AtomicInteger told = new AtomicInteger();
        List<NotChased> failed = new ArrayList<>();
        for (String one : numbers) {
            // not to be told apart from a case that is not there
            if (!list.reads(one, person, groups)) {
                failed.add(new NotChased("", "", "所选案件中有一件已不能查看，请刷新页面后重试。"));
                continue;
            }
            Refusal no = OneOfMany.refusal("chasing " + one, () -> told.addAndGet(chaser.chase(one, person, groups)));
            if (no == null) chased++;
            else failed.add(new NotChased(one, title(one), no.sentence()));
        }
        if (chased > 0) onward.addFlashAttribute("told", "已催办" + chased + "件，通知" + told.get() + "人次。");
        onward.addFlashAttribute("notChased", failed);
        String clean = query(query);
        return "redirect:/cases?" + (clean.isEmpty() ? "all=yes" : clean);
    }

    private String title(String number) {
        return cases.find(number).map(CaseRow::title).orElse("");
    }

    // ---- addresses

    /** What could be read of an address, and what could not: a date that cannot be read leaves the other filters alone. */
    private record Typed(CaseQuery query, @Nullable Refusal refusal) {

        CaseQuery strict() {
            if (refusal != null) throw refusal;
            return query;
        }
    }

    private static Typed typed(HttpServletRequest request) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> given.put(name, Arrays.asList(values)));
        return typed(given);
    }

    /** Keeps what the list knows of an address that a form sent back. */
    private static String query(String address) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (String pair : address.split("&")) {
            int equals = pair.indexOf('=');
            if (equals <= 0) continue;
            try {
                given.computeIfAbsent(pair.substring(0, equals), name -> new ArrayList<>())
                        .add(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException notEncoded) {
                throw new Refusal("筛选条件无法识别，请刷新页面后重试。");
            }
        }
        return address(typed(given).strict());
    }

    private static Typed typed(Map<String, List<String>> given) {
        List<CaseColumn> columns = given.getOrDefault("c", List.of()).stream()
                .flatMap(id -> CaseColumn.of(id).stream())
                .distinct()
                .toList();
        LocalDate from = day(one(given, "from"));
        LocalDate until = day(one(given, "until"));
        CaseQuery query = new CaseQuery(
                one(given, "ledger"),
                one(given, "kind"),
                one(given, "session"),
                one(given, "status"),
                one(given, "category"),
                one(given, "unit"),
                one(given, "class"),
                !one(given, "key").isEmpty(),
                one(given, "due"),
                one(given, "state"),
                one(given, "period"),
                from,
                until,
                one(given, "q"),
                columns,
                one(given, "after"));
        String unread = from == null && !one(given, "from").isEmpty()
                ? "from"
                : until == null && !one(given, "until").isEmpty() ? "until" : null;
        return new Typed(query, unread == null ? null : new Refusal(unread, "「登记时间」请选择日历上的一天。"));
    }

    private static String one(Map<String, List<String>> given, String name) {
        List<String> values = given.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0).replace("\0", "").strip();
    }

    /** @return null: it is none, or there is none */
    private static @Nullable LocalDate day(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException notADay) {
            return null;
        }
    }

    private static String address(CaseQuery query) {
        return query.parameters().stream()
                .map(one -> one[0] + "=" + URLEncoder.encode(one[1], StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String and(String address, String name, String value) {
        return (address.isEmpty() ? "" : address + "&") + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Those that are shown first, in their order. */
    private static List<Choice> choices(List<CaseColumn> shown, @Nullable Ledger ledger) {
        List<Choice> choices = new ArrayList<>();
        shown.forEach(column -> choices.add(new Choice(column.id(), column.label(), true)));
        for (CaseColumn column : CaseColumn.values()) {
            if (shown.contains(column) || column.ofUnit() && (ledger == null || !ledger.byUnit())) continue;
            choices.add(new Choice(column.id(), column.label(), false));
        }
        return choices;
    }
}
