package org.banhao.casefile.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.banhao.casefile.Retractions;
import org.banhao.casefile.domain.Dossiers;
import org.banhao.casefile.domain.Dossiers.Dossier;
import org.banhao.people.Person;
import org.banhao.people.SignedIn;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The page of a case, and the same content without the frame for the 卷宗 tab. Who may not read it gets the answer of a case
 * that does not exist.
 */
@Controller
class CasePages {
    private final Dossiers dossiers;
    private final Retractions retractions;
    private final SignedIn signedIn;

    CasePages(Dossiers dossiers, Retractions retractions, SignedIn signedIn) {
        this.dossiers = dossiers;
        this.retractions = retractions;
        this.signedIn = signedIn;
    }

    @GetMapping("/cases/{number}")
    String page(@PathVariable String number, Model model, HttpServletResponse response) {
        model.addAttribute(
                "retractable", retractions.retractable(signedIn.person().id(), number));
        return show(read(number, "页面"), "casefile/case", "casefile/none", model, response);
    }

    @GetMapping("/cases/{number}/fragment")
    String fragment(@PathVariable String number, Model model, HttpServletResponse response) {
        return showFragment(read(number, "卷宗"), model, response);
    }

    /** For Tasklist, which knows only the task. */
    @GetMapping("/cases/by-task/{taskId}")
    String byTask(@PathVariable String taskId, Model model, HttpServletResponse response) {
        Person person = signedIn.person();
        List<String> groups = signedIn.groups();
        return showFragment(
                dossiers.caseOfTask(taskId, person.id(), groups)
                        .flatMap(number -> dossiers.read(number, person.id(), groups, "卷宗")),
                model,
                response);
    }

    private Optional<Dossier> read(String number, String where) {
        return dossiers.read(number, signedIn.person().id(), signedIn.groups(), where);
    }

    private static String showFragment(Optional<Dossier> dossier, Model model, HttpServletResponse response) {
        return show(dossier, "casefile/dossier :: dossier", "casefile/no-dossier :: none", model, response);
    }

    private static String show(
            Optional<Dossier> dossier, String view, String none, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (dossier.isEmpty()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return none;
        }
        model.addAttribute("dossier", dossier.get());
        model.addAttribute("words", new CaseWords());
        return view;
    }
}
