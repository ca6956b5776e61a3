package org.banhao.people.web;

import java.util.ArrayList;
import java.util.List;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where a person begins: at the one place of his role, or at a choice of them. */
@Controller
class LandingPage {

    private final SignedIn signedIn;
    private final Frame frame;

    LandingPage(SignedIn signedIn, Frame frame) {
        this.signedIn = signedIn;
        this.frame = frame;
    }

    public record Place(String href, String label, String what) {}

    @GetMapping("/")
    String land(Model model) {
        signedIn.person();
        List<Place> places = places(signedIn.groups());
        if (places.size() == 1) return "redirect:" + places.get(0).href();
        model.addAttribute("places", places);
        return "people/landing";
    }

    @GetMapping("/admin")
    String administration(Model model) {
        signedIn.require(PeoplePages.ADMINISTRATORS.toArray(String[]::new));
        model.addAttribute(
                "places",
                frame.entries(CurrentPerson.account()).stream()
                        .filter(e -> !e.href().equals("/admin") && !e.href().equals("/password"))
                        .toList());
        return "people/administration";
    }

    static List<Place> places(List<String> groups) {
        List<Place> places = new ArrayList<>();
        if (groups.contains(Roles.STAFF))
            places.add(new Place("/camunda/app/tasklist/default/", "我的待办", "签收、办理、提交交给您和您的岗位的事项"));
        if (groups.contains(Roles.MEMBER)
                || groups.contains(Roles.ORGANIZATION_CONTACT)
                || groups.contains(Roles.SECTOR_CONVENER)) places.add(new Place("/my", "我的提案", "撰写、联名、提交提案，查看办理进展"));
        if (groups.stream().anyMatch(PeoplePages.ADMINISTRATORS::contains))
            places.add(new Place("/admin", "系统管理", "账号与授权、规则、运行情况"));
        return places;
    }
}
