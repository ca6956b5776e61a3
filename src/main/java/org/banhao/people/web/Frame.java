package org.banhao.people.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import org.banhao.people.NavigationEntries;
import org.banhao.people.NavigationEntries.NavigationEntry;
import org.banhao.people.domain.Account;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the frame of every own page shows: who is signed in, and where he may go. */
@ControllerAdvice
class Frame {

    private final ObjectProvider<NavigationEntries> modules;
    private final SessionEnd end;

    Frame(ObjectProvider<NavigationEntries> modules, SessionEnd end) {
        this.modules = modules;
        this.end = end;
    }

    /** @param current the page shown lies there */
    public record Link(String href, String label, boolean current) {}

    @ModelAttribute
    void fill(HttpServletRequest request, Model model) {
        Account account = CurrentPerson.account();
        model.addAttribute(
                "signedInName", account == null ? null : account.person().name());
        model.addAttribute("sessionLeft", account == null ? null : end.left(request));
        model.addAttribute("navigation", account == null ? List.of() : links(account, Answers.path(request)));
    }

    private List<Link> links(Account account, String path) {
        List<NavigationEntry> entries = entries(account);
        // /admin lies above /admin/people: only the nearest one is where we are
        String nearest = entries.stream()
                .map(NavigationEntry::href)
                .filter(href -> path.equals(href) || path.startsWith(href + "/"))
                .max(Comparator.comparingInt(String::length))
                .orElse(null);
        return entries.stream()
                .map(e -> new Link(e.href(), e.label(), e.href().equals(nearest)))
                .toList();
    }

    List<NavigationEntry> entries(@Nullable Account account) {
        if (account == null || account.mustChangePassword()) return List.of();
        return modules.orderedStream()
                .flatMap(m -> m.entries(account.groups()).stream())
                .distinct()
                .sorted(Comparator.comparingInt(NavigationEntry::order).thenComparing(NavigationEntry::href))
                .toList();
    }
}
