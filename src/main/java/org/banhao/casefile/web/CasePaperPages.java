package org.banhao.casefile.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.banhao.base.FileAnswers;
import org.banhao.base.Refusal;
import org.banhao.casefile.PaperPreviews;
import org.banhao.casefile.domain.ArchivePackages;
import org.banhao.casefile.domain.CasePapers;
import org.banhao.casefile.domain.Dossiers;
import org.banhao.people.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
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
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Papers of a case: looked at, compared, handed in anew; its links; and the whole of it as a package. */
@Controller
@RequestMapping("/cases/{number}")
class CasePaperPages {
    private final CasePapers papers;
    private final Dossiers dossiers;
    private final ArchivePackages archives;
    private final SignedIn signedIn;

    CasePaperPages(CasePapers papers, Dossiers dossiers, ArchivePackages archives, SignedIn signedIn) {
        this.papers = papers;
        this.dossiers = dossiers;
        this.archives = archives;
        this.signedIn = signedIn;
    }

    private String me() {
        return signedIn.person().id();
    }

    @GetMapping("/papers/{id}")
    String preview(@PathVariable String number, @PathVariable String id, Model model, HttpServletResponse response) {
        PaperPreviews.Preview preview =
                papers.preview(number, id, me(), signedIn.groups()).orElseThrow(CasePaperPages::none);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("number", number);
        model.addAttribute("preview", preview);
        model.addAttribute("words", new CaseWords());
        return "casefile/paper";
    }

    @GetMapping("/compare")
    String compare(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String of,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "0") int to,
            Model model,
            HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute(
                "compared",
                papers.compare(number, of, from, to, me(), signedIn.groups()).orElseThrow(CasePaperPages::none));
        return "casefile/compare";
    }

    @PostMapping("/papers/{id}/versions")
    String revise(
            @PathVariable String number,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes onward)
            throws IOException {
        try {
            String name = file == null ? null : file.getOriginalFilename();
            if (file == null || name == null || name.isEmpty()) throw new Refusal("file", "请选择新版本的文件。");
            try (InputStream content = file.getInputStream()) {
                dossiers.revise(number, id, name, content, reason, signedIn.person(), signedIn.groups());
            }
            onward.addFlashAttribute("told", "已更新，原来的版本仍然保留。");
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return back(number);
    }

    @PostMapping("/links")
    String link(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String to,
            RedirectAttributes onward) {
        return done(number, onward, "已关联。", () -> dossiers.link(number, kind, to, me(), signedIn.groups()));
    }

    @PostMapping("/links/ended")
    String unlink(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String to,
            RedirectAttributes onward) {
        return done(number, onward, "已取消关联。", () -> dossiers.unlink(number, kind, to, me(), signedIn.groups()));
    }

    private static String done(String number, RedirectAttributes onward, String told, Runnable act) {
        try {
            act.run();
            onward.addFlashAttribute("told", told);
        } catch (Refusal refusal) {
            onward.addFlashAttribute("refused", refusal.sentence());
        }
        return back(number);
    }

    private static String back(String number) {
        return "redirect:/cases/" + number;
    }

    /** Complete on disk before its first byte is sent: a package that breaks off looks like one. */
    @GetMapping("/archive")
    void archive(@PathVariable String number, HttpServletResponse response) throws IOException {
        List<String> groups = signedIn.groups();
        ArchivePackages.Archive archive =
                archives.of(number, signedIn.person(), groups).orElseThrow(CasePaperPages::none);
        FileAnswers.sendAway(response, archive.name(), FileAnswers.ZIP, archive.file());
    }

    @GetMapping("/contents.xlsx")
    ResponseEntity<InputStreamResource> contents(@PathVariable String number) {
        return archives.contents(number, signedIn.person(), signedIn.groups())
                .orElseThrow(CasePaperPages::none)
                .download();
    }

    private static ResponseStatusException none() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
