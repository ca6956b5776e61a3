package org.banhao.paper.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.banhao.base.FileAnswers;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.banhao.document.PdfConversion;
import org.banhao.paper.domain.Issuers;
import org.banhao.paper.domain.Templates;
import org.banhao.people.Roles;
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

/** 公文模板, and how the organs are called on their papers. */
@Controller
@RequestMapping("/admin/papers")
class TemplatesPage {

    private final Templates templates;
    private final Issuers issuers;
    private final PdfConversion pdf;
    private final SignedIn signedIn;

    TemplatesPage(Templates templates, Issuers issuers, PdfConversion pdf, SignedIn signedIn) {
        this.templates = templates;
        this.issuers = issuers;
        this.pdf = pdf;
        this.signedIn = signedIn;
    }

    @GetMapping
    String list(Model model) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        return show(model);
    }

    private String show(Model model) {
        model.addAttribute("lines", templates.list());
        List<Issuers.Issuer> organs = issuers.list();
        model.addAttribute("issuers", organs);
        Object opened = model.getAttribute("opened");
        // nothing is numbered before the committee has its words
        model.addAttribute(
                "issuersOpen",
                organs.get(0).changedAt() == null
                        || organs.stream().anyMatch(organ -> organ.unitId().equals(opened)));
        model.addAttribute("pdf", pdf.available());
        return "paper/templates";
    }

    @GetMapping("/{kind}/{version}")
    ResponseEntity<InputStreamResource> template(@PathVariable String kind, @PathVariable int version) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        return saved(templates.file(kind, "模板第" + version + "版"), templates.content(kind, version));
    }

    @GetMapping("/{kind}/{version}/preview")
    ResponseEntity<InputStreamResource> preview(@PathVariable String kind, @PathVariable int version) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        return saved(templates.file(kind, "示例"), templates.preview(kind, version));
    }

    private static ResponseEntity<InputStreamResource> saved(Templates.FileOf file, byte[] content) {
        return FileAnswers.saved(file.name(), file.mediaType(), content);
    }

    @GetMapping("/{kind}/{version}/preview.pdf")
    ResponseEntity<InputStreamResource> previewPdf(@PathVariable String kind, @PathVariable int version) {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        String name = templates.file(kind, "示例").name();
        return FileAnswers.pdf(
                PaperFiles.pdfName(name),
                pdf.convert(name, templates.preview(kind, version)).bytes());
    }

    @PostMapping("/{kind}/upload")
    String upload(
            @PathVariable String kind,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String note,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response)
            throws IOException {
        model.addAttribute("note", note);
        return act(
                kind,
                () -> {
                    try (InputStream content = PaperFiles.opened(file)) {
                        int version = templates.upload(kind, PaperFiles.name(file), content, note);
                        return "“" + templates.name(kind) + "”的模板已更新为第" + version + "版，从现在起使用；已经生成的文件不变。";
                    }
                },
                model,
                onward,
                response);
    }

    /** What is done to templates and organs; says what was done. */
    private interface Act {
        String run() throws IOException;
    }

    /** @param opened kind or unit: what stays unfolded beside the sentence when it is refused */
    private String act(String opened, Act act, Model model, RedirectAttributes onward, HttpServletResponse response)
            throws IOException {
        signedIn.require(Roles.RULES_ADMINISTRATOR);
        try {
            onward.addFlashAttribute("told", act.run());
        } catch (Refusal refusal) {
            response.setStatus((refusal instanceof Overtaken ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST).value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("opened", opened);
            return show(model);
        }
        return "redirect:/admin/papers";
    }

    @PostMapping("/{kind}/use")
    String use(
            @PathVariable String kind,
            @RequestParam(defaultValue = "-1") int version,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response)
            throws IOException {
        return act(
                kind,
                () -> {
                    templates.use(kind, version);
                    return "“" + templates.name(kind) + "”改用" + (version == 0 ? "随系统提供的模板" : "第" + version + "版模板")
                            + "。";
                },
                model,
                onward,
                response);
    }

    @PostMapping("/issuers")
    String issuer(
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String letter,
            @RequestParam(defaultValue = "") String opinion,
            @RequestParam(defaultValue = "") String notice,
            @RequestParam(defaultValue = "") String address,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response)
            throws IOException {
        model.addAttribute("typed", Issuers.typed(unit, name, letter, opinion, notice, address));
        return act(
                unit,
                () -> {
                    issuers.change(unit, name, letter, opinion, notice, address);
                    return "“" + name + "”的发文信息已保存。";
                },
                model,
                onward,
                response);
    }

    @PostMapping("/numbers")
    String numbers(
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String series,
            @RequestParam(defaultValue = "0") int used,
            Model model,
            RedirectAttributes onward,
            HttpServletResponse response)
            throws IOException {
        return act(
                unit,
                () -> {
                    issuers.beginAfter(unit, series, used);
                    return "今年从第" + (used + 1) + "号接着编。";
                },
                model,
                onward,
                response);
    }
}
