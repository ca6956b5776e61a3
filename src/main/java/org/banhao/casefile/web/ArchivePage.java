package org.banhao.casefile.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.banhao.base.FileAnswers;
import org.banhao.base.OneOfMany.Outcome;
import org.banhao.casefile.OtherPile;
import org.banhao.casefile.domain.ArchivePackages;
import org.banhao.casefile.domain.Archived;
import org.banhao.casefile.domain.Archiving;
import org.banhao.casefile.domain.CaseList;
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

/** 成批归档: closed cases, with what their files lack, by keyboard; and those that lie in the archive. */
@Controller
@Order(20)
class ArchivePage implements OtherPile {

    private final Archiving archiving;
    private final ArchivePackages packages;
    private final CaseList list;
    private final SignedIn signedIn;

    ArchivePage(Archiving archiving, ArchivePackages packages, CaseList list, SignedIn signedIn) {
        this.archiving = archiving;
        this.packages = packages;
        this.list = list;
        this.signedIn = signedIn;
    }

    @Override
    public String name() {
        return "归档";
    }

    @Override
    public String href() {
        return "/archive";
    }

    @Override
    public boolean offered(List<String> groups) {
        return groups.stream().anyMatch(CasefilePageRules.OF_ARCHIVE::contains);
    }

    /** @param show {@code complete}, {@code lacking}, {@code archived}; empty: all that wait */
    @GetMapping("/archive")
    String page(
            @RequestParam(defaultValue = "") String session,
            @RequestParam(defaultValue = "") String show,
            Model model,
            HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        boolean archived = show.equals("archived");
        Archiving.Lines all = archiving.lines(archived, session, me(), signedIn.groups());
        List<Archiving.Line> lines = all.lines().stream()
                .filter(line -> switch (show) {
                    case "complete" -> line.missing().isEmpty();
                    case "lacking" -> !line.missing().isEmpty();
                    default -> true;
                })
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute(
                "complete",
                lines.stream().filter(line -> line.missing().isEmpty()).count());
        model.addAttribute("more", all.more());
        model.addAttribute("most", Archiving.MOST_LINES);
        model.addAttribute("packed", ArchivePackages.MOST);
        model.addAttribute("archived", archived);
        model.addAttribute("session", session);
        model.addAttribute("show", show);
        model.addAttribute("sessions", list.offer(signedIn.groups(), "").sessions());
        model.addAttribute("retentions", Archived.Retention.values());
        model.addAttribute("wide", true);
        return "piles/archive";
    }

    @PostMapping("/api/archive")
    @ResponseBody
    ResponseEntity<List<Outcome>> archive(
            @RequestParam(defaultValue = "") List<String> key,
            @RequestParam(defaultValue = "") String retention,
            @RequestParam(defaultValue = "") String note) {
        return fresh(archiving.archive(key, retention, note, me(), signedIn.groups()));
    }

    /** 取消归档. */
    @PostMapping("/api/archive/out")
    @ResponseBody
    ResponseEntity<List<Outcome>> takeOut(
            @RequestParam(defaultValue = "") List<String> key, @RequestParam(defaultValue = "") String reason) {
        return fresh(archiving.takeOut(key, reason, me(), signedIn.groups()));
    }

    /** Complete on disk before its first byte is sent: a package that breaks off looks like one. */
    @PostMapping("/archive/packages")
    void packages(@RequestParam(defaultValue = "") List<String> key, HttpServletResponse response) throws IOException {
        ArchivePackages.Archive archive = packages.of(key, signedIn.person(), signedIn.groups());
        FileAnswers.sendAway(response, archive.name(), FileAnswers.ZIP, archive.file());
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }

    private String me() {
        return signedIn.person().id();
    }
}
