package org.banhao.paper.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.FileAnswers;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.document.PaperPdfs;
import org.banhao.document.PdfConversion;
import org.banhao.document.StoredDocument;
import org.banhao.paper.domain.PaperBatch;
import org.banhao.paper.domain.PaperDesk;
import org.banhao.paper.domain.PaperPackages;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
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

/** 公文: what can be made, the papers of a desk, one paper with its texts and its sealed version. */
@Controller
@RequestMapping("/papers")
class PapersPage {

    private final PaperDesk desk;
    private final PaperBatch batch;
    private final PaperPackages packages;
    private final PaperPdfs pdf;
    private final PdfConversion conversion;
    private final SignedIn signedIn;

    PapersPage(
            PaperDesk desk,
            PaperBatch batch,
            PaperPackages packages,
            PaperPdfs pdf,
            PdfConversion conversion,
            SignedIn signedIn) {
        this.desk = desk;
        this.batch = batch;
        this.packages = packages;
        this.pdf = pdf;
        this.conversion = conversion;
        this.signedIn = signedIn;
    }

    private String person() {
        return signedIn.person().id();
    }

    @GetMapping
    String list(@RequestParam(name = "case", defaultValue = "") String caseNumber, Model model) {
        model.addAttribute("caseNumber", caseNumber);
        if (caseNumber.isEmpty()) {
            model.addAttribute("offers", desk.sessionOffers(person()));
            model.addAttribute("papers", desk.latest(person()));
            model.addAttribute("batchKinds", desk.batchKinds(person()));
        } else {
            model.addAttribute("offers", desk.offers(caseNumber, person()));
            model.addAttribute("papers", List.of());
            model.addAttribute("batchKinds", List.of());
        }
        return "paper/papers";
    }

    @GetMapping("/new")
    String sheet(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String subject,
            Model model) {
        PaperDesk.Sheet sheet = desk.sheet(kind, subject, person());
        model.addAttribute("sheet", sheet);
        model.addAttribute("inputs", sheet.inputs());
        return "paper/new";
    }

    /** The fields of the page are called {@code input.主送}. */
    @PostMapping
    String make(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam Map<String, String> fields,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response) {
        Map<String, String> typed = inputs(fields);
        try {
            long id = desk.make(kind, subject, typed, person());
            onward.addFlashAttribute("told", "文稿已生成，核对后再编号发文。");
            return "redirect:/papers/" + id;
        } catch (Refusal refusal) {
            model.addAttribute("sheet", desk.sheet(kind, subject, person()));
            model.addAttribute("inputs", typed);
            return refused(refusal, model, response, "paper/new");
        }
    }

    private static Map<String, String> inputs(Map<String, String> fields) {
        Map<String, String> typed = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith("input.")) typed.put(name.substring("input.".length()), value);
        });
        return typed;
    }

    private static String refused(Refusal refusal, Model model, HttpServletResponse response, String view) {
        response.setStatus((refusal instanceof Overtaken ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST).value());
        model.addAttribute("refused", refusal.sentence());
        return view;
    }

    @GetMapping("/{id:[0-9]+}")
    String one(@PathVariable long id, Model model) {
        return show(id, model);
    }

    private String show(long id, Model model) {
        PaperDesk.View view = desk.read(id, person());
        model.addAttribute("view", view);
        if (!model.containsAttribute("inputs"))
            model.addAttribute("inputs", view.paper().inputs());
        model.addAttribute("pdf", conversion.available());
        return "paper/paper";
    }

    /** What is done to one paper. */
    private interface Act {
        void run() throws IOException;
    }

    private String act(
            long id, Act act, String told, Model model, RedirectAttributes onward, HttpServletResponse response)
            throws IOException {
        try {
            act.run();
        } catch (Refusal refusal) {
            return refused(refusal, model, response, show(id, model));
        }
        onward.addFlashAttribute("told", told);
        return "redirect:/papers/" + id;
    }

    @PostMapping("/{id:[0-9]+}/change")
    String change(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam Map<String, String> fields,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response)
            throws IOException {
        Map<String, String> typed = inputs(fields);
        model.addAttribute("inputs", typed);
        return act(id, () -> desk.change(id, version, typed, person()), "文稿已重新生成。", model, onward, response);
    }

    @PostMapping("/{id:[0-9]+}/edited")
    String edited(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response)
            throws IOException {
        return act(
                id,
                () -> {
                    try (InputStream content = PaperFiles.opened(file)) {
                        desk.edited(id, version, content, person());
                    }
                },
                "修改稿已收存，发文时按修改稿编号。",
                model,
                onward,
                response);
    }

    @PostMapping("/{id:[0-9]+}/issue")
    String issue(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam(defaultValue = "") String signer,
            @RequestParam(defaultValue = "") String day,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response)
            throws IOException {
        return act(
                id,
                () -> desk.issue(id, version, signer, day(day), person()),
                "已发文，请打印用印，再把盖章件传回归卷。",
                model,
                onward,
                response);
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            throw new Refusal("day", "「成文日期」不是一个日期，请重新填写。");
        }
    }

    @PostMapping("/{id:[0-9]+}/seal")
    String seal(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response)
            throws IOException {
        return act(
                id,
                () -> {
                    try (InputStream content = PaperFiles.opened(file)) {
                        desk.seal(id, version, PaperFiles.name(file), content, person());
                    }
                },
                "盖章件已归卷。",
                model,
                onward,
                response);
    }

    @PostMapping("/{id:[0-9]+}/end")
    String end(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response)
            throws IOException {
        return act(id, () -> desk.end(id, version, reason, person()), "已登记。", model, onward, response);
    }

    @GetMapping("/{id:[0-9]+}/files/{version}")
    ResponseEntity<InputStreamResource> file(@PathVariable long id, @PathVariable int version) {
        PaperDesk.Opened opened = desk.open(id, version, person());
        return FileAnswers.saved(
                opened.document().name(),
                opened.document().mediaType(),
                opened.document().bytes(),
                opened.content());
    }

    /** Looked at in place; what fonts were replaced stands above it on the page. */
    @GetMapping("/{id:[0-9]+}/files/{version}/pdf")
    ResponseEntity<InputStreamResource> asPdf(@PathVariable long id, @PathVariable int version) {
        PaperDesk.Opened opened = desk.open(id, version, person());
        return FileAnswers.pdf(
                PaperFiles.pdfName(opened.document().name()),
                pdf.of(opened.document()).bytes());
    }

    /** The page around the PDF: says which fonts it was made without. */
    @GetMapping("/{id:[0-9]+}/files/{version}/preview")
    String preview(@PathVariable long id, @PathVariable int version, Model model) {
        StoredDocument document = desk.file(id, version, person());
        model.addAttribute("paperId", id);
        model.addAttribute("fileVersion", version);
        model.addAttribute("name", document.name());
        model.addAttribute("note", pdf.of(document).note());
        return "paper/preview";
    }

    @GetMapping("/{id:[0-9]+}/signing-sheet")
    ResponseEntity<InputStreamResource> signingSheet(@PathVariable long id) {
        return FileAnswers.saved("发文稿纸.docx", FileAnswers.WORD, desk.signingSheet(id, person()));
    }

    @GetMapping("/register")
    String register(@RequestParam(defaultValue = "0") int year, Model model) {
        model.addAttribute("registers", desk.registers(year, person()));
        return "paper/register";
    }

    // ---- many at once

    @GetMapping("/batch")
    String batch(@RequestParam(defaultValue = "") String kind, Model model) {
        return batchPage(kind, model);
    }

    private String batchPage(String kind, Model model) {
        model.addAttribute("kinds", desk.batchKinds(person()));
        model.addAttribute("chosen", kind);
        model.addAttribute("offers", kind.isEmpty() ? List.of() : desk.all(kind, person()));
        return "paper/batch";
    }

    /** One transaction for each paper; those that failed are named with their reason. */
    @PostMapping("/batch")
    String makeMany(
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(name = "subject", required = false) @Nullable List<String> subjects,
            @RequestParam(defaultValue = "") String signer,
            @RequestParam(defaultValue = "") String day,
            Model model,
            HttpServletResponse response) {
        try {
            model.addAttribute(
                    "result", batch.make(kind, subjects == null ? List.of() : subjects, signer, day(day), person()));
        } catch (Refusal refusal) {
            return refused(refusal, model, response, batchPage(kind, model));
        }
        return batchPage(kind, model);
    }

    /** The latest texts of these papers in one file, complete on disk before its first byte is sent. */
    @GetMapping("/batch.zip")
    void zip(@RequestParam(name = "paper", required = false) @Nullable List<Long> chosen, HttpServletResponse response)
            throws IOException {
        Path file = packages.of(chosen == null ? List.of() : chosen, person());
        FileAnswers.sendAway(response, "公文.zip", FileAnswers.ZIP, file);
    }
}
