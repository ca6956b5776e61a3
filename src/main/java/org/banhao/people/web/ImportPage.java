package org.banhao.people.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.banhao.base.FileAnswers;
import org.banhao.base.Refusal;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.people.domain.RosterImport;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Rosters of members and units from a table: template, looking through, import. */
@Controller
class ImportPage {

    private static final String MEMBERS = "members";

    private final RosterImport rosters;
    private final SignedIn signedIn;

    ImportPage(RosterImport rosters, SignedIn signedIn) {
        this.rosters = rosters;
        this.signedIn = signedIn;
    }

    @GetMapping("/admin/members/import")
    String members(Model model) {
        return show(MEMBERS, model);
    }

    @GetMapping("/admin/units/import")
    String units(Model model) {
        return show("units", model);
    }

    private String show(String kind, Model model) {
        allowed(kind);
        boolean members = kind.equals(MEMBERS);
        model.addAttribute("kind", kind);
        model.addAttribute("members", members);
        if (!model.containsAttribute("done")) model.addAttribute("done", false);
        if (!model.containsAttribute("accounts")) model.addAttribute("accounts", false);
        model.addAttribute("most", members ? RosterImport.MOST_MEMBERS : RosterImport.MOST_UNITS);
        model.addAttribute(
                "columns",
                String.join("、", (members ? RosterImport.MEMBER_SAMPLE : RosterImport.UNIT_SAMPLE).keySet()));
        return "people/import";
    }

    @GetMapping("/admin/members/import/template.xlsx")
    ResponseEntity<InputStreamResource> memberTemplate() throws IOException {
        allowed(MEMBERS);
        return template("委员名册导入模板", RosterImport.MEMBER_SAMPLE);
    }

    @GetMapping("/admin/units/import/template.xlsx")
    ResponseEntity<InputStreamResource> unitTemplate() throws IOException {
        allowed("units");
        return template("单位名册导入模板", RosterImport.UNIT_SAMPLE);
    }

    @PostMapping("/admin/members/import")
    String checkMembers(
            @RequestParam MultipartFile file,
            @RequestParam(defaultValue = "") String accounts,
            HttpServletResponse response,
            Model model)
            throws IOException {
        allowed(MEMBERS);
        try (InputStream in = file.getInputStream()) {
            checked(rosters.checkMembers(signedIn.person().id(), in, !accounts.isEmpty()), response, model);
        } catch (Refusal refusal) {
            Wrong.show(refusal, response, model);
        }
        model.addAttribute("accounts", !accounts.isEmpty());
        return show(MEMBERS, model);
    }

    @PostMapping("/admin/units/import")
    String checkUnits(@RequestParam MultipartFile file, HttpServletResponse response, Model model) throws IOException {
        allowed("units");
        try (InputStream in = file.getInputStream()) {
            checked(rosters.checkUnits(signedIn.person().id(), in), response, model);
        } catch (Refusal refusal) {
            Wrong.show(refusal, response, model);
        }
        return show("units", model);
    }

    private static void checked(RosterImport.Result result, HttpServletResponse response, Model model) {
        if (!result.problems().isEmpty()) response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        result(result, model);
    }

    private static void result(RosterImport.Result result, Model model) {
        model.addAttribute("result", result);
        for (RosterImport.Outcome outcome : RosterImport.Outcome.values()) {
            model.addAttribute("n" + outcome.name(), result.count(outcome));
        }
        // what stays as it is need not be read
        model.addAttribute(
                "entries",
                result.entries().stream()
                        .filter(entry -> entry.outcome() != RosterImport.Outcome.SAME)
                        .toList());
    }

    @PostMapping("/admin/members/import/{id}")
    String importMembers(@PathVariable long id, HttpServletResponse response, Model model) {
        return adopt(MEMBERS, id, response, model);
    }

    @PostMapping("/admin/units/import/{id}")
    String importUnits(@PathVariable long id, HttpServletResponse response, Model model) {
        return adopt("units", id, response, model);
    }

    /** Shown at once and never again: the passwords of new accounts stand on this page. */
    private String adopt(String kind, long id, HttpServletResponse response, Model model) {
        allowed(kind);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        try {
            result(rosters.adopt(kind, signedIn.person().id(), id), model);
            model.addAttribute("done", true);
        } catch (Refusal refusal) {
            Wrong.show(refusal, response, model);
        }
        return show(kind, model);
    }

    private void allowed(String kind) {
        if (kind.equals(MEMBERS)) signedIn.require(Roles.SYSTEM_ADMINISTRATOR, Roles.PROPOSAL_CLERK);
        else signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
    }

    private static ResponseEntity<InputStreamResource> template(String name, Map<String, String> sample)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Workbook book = new Workbook(out, "Banhao", "1.0");
        Worksheet page = book.newWorksheet(name);
        List<String> columns = List.copyOf(sample.keySet());
        for (int i = 0; i < columns.size(); i++) {
            page.value(0, i, columns.get(i));
            page.value(1, i, String.valueOf(sample.get(columns.get(i))));
            page.width(i, 18);
        }
        page.range(0, 0, 0, columns.size() - 1).style().bold().set();
        // as text: a number keeps its zeros, a date is read as it is written
        page.range(1, 0, RosterImport.MOST_MEMBERS, columns.size() - 1)
                .style()
                .format("@")
                .set();
        page.freezePane(0, 1);
        book.finish();
        return FileAnswers.saved(name + ".xlsx", FileAnswers.XLSX, out.toByteArray());
    }
}
