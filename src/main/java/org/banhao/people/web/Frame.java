package org.banhao.people.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.banhao.people.NavigationEntries;
import org.banhao.people.NavigationEntries.Group;
import org.banhao.people.NavigationEntries.NavigationEntry;
import org.banhao.people.domain.Account;
import org.banhao.people.domain.LargeText;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.thymeleaf.context.LazyContextVariable;

/** What the frame of every own page shows: who is signed in, where he may go, and in which size he reads. */
@ControllerAdvice
class Frame {

    private final ObjectProvider<NavigationEntries> modules;
    private final SessionEnd end;
    private final LargeText largeText;

    Frame(ObjectProvider<NavigationEntries> modules, SessionEnd end, LargeText largeText) {
        this.modules = modules;
        this.end = end;
        this.largeText = largeText;
    }

    /** @param current the page shown lies there */
    public record Link(String href, String label, boolean current) {}

    /**
     * A way that stands by itself, or a menu of them. A menu of one would be a press for nothing: its entry stands by itself.
     *
     * @param href null: a menu
     * @param links empty when it is no menu
     */
    public record Item(@Nullable String href, String label, boolean current, List<Link> links) {}

    @ModelAttribute
    void fill(HttpServletRequest request, Model model) {
        Account account = CurrentPerson.account();
        String path = Answers.path(request);
        model.addAttribute(
                "signedInName", account == null ? null : account.person().name());
        model.addAttribute("sessionLeft", account == null ? null : end.left(request));
        model.addAttribute("navigation", account == null ? List.of() : items(account, path));
        // asked by pages with a frame only, not by each call of a script
        model.addAttribute("largeText", new LazyContextVariable<Boolean>() {
            @Override
            protected Boolean loadValue() {
                return !broken(request) && large(account);
            }
        });
        // what answers something sent, or says what went wrong, cannot be opened again by its address
        boolean again = request.getMethod().equals("GET") && !path.equals("/error");
        model.addAttribute("here", again ? Answers.address(request) : "/");
    }

    /** The page that says so must not fail for the same reason. */
    private static boolean broken(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status && status >= 500;
    }

    boolean large(@Nullable Account account) {
        return account != null && largeText.chosenBy(account.person().id());
    }

    /** @param path where the reader is */
    List<Item> items(@Nullable Account account, String path) {
        List<NavigationEntry> entries = entries(account);
        // /admin lies above /admin/people: only the nearest one is where we are
        String nearest = entries.stream()
                .map(NavigationEntry::href)
                .filter(href -> path.equals(href) || path.startsWith(href + "/"))
                .max(Comparator.comparingInt(String::length))
                .orElse(null);
        Map<Group, List<Link>> menus = new EnumMap<>(Group.class);
        for (NavigationEntry e : entries) {
            menus.computeIfAbsent(e.group(), any -> new ArrayList<>())
                    .add(new Link(e.href(), e.label(), e.href().equals(nearest)));
        }
        List<Item> items = new ArrayList<>();
        Set<Group> stand = EnumSet.noneOf(Group.class);
        for (NavigationEntry e : entries) {
            List<Link> links = menus.getOrDefault(e.group(), List.of());
            if (e.group() == Group.FRONT || links.size() == 1) {
                items.add(new Item(e.href(), e.label(), e.href().equals(nearest), List.of()));
            } else if (stand.add(e.group())) {
                items.add(
                        new Item(null, e.group().label(), links.stream().anyMatch(Link::current), List.copyOf(links)));
            }
        }
        return items;
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
