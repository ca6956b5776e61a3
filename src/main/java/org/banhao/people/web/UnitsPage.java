package org.banhao.people.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.people.Roles;
import org.banhao.people.SignedIn;
import org.banhao.people.domain.Units;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Units in protocol order, for the system administrator. */
@Controller
@RequestMapping("/admin/units")
class UnitsPage {

    private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

    static {
        Units.SYSTEMS.forEach(s -> SYSTEMS.put(s, s));
    }

    private final Units units;
    private final SignedIn signedIn;

    UnitsPage(Units units, SignedIn signedIn) {
        this.units = units;
        this.signedIn = signedIn;
    }

    @GetMapping
    String page(Model model) {
        return page("", Map.of("id", "", "name", "", "system", ""), model);
    }

    /** @param changing id of the unit whose form is open */
    private String page(String changing, Map<String, String> typed, Model model) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        List<Units.Line> lines = units.all();
        model.addAttribute("lines", lines);
        model.addAttribute("open", lines.stream().filter(l -> l.unit().active()).toList());
        model.addAttribute(
                "closed", lines.stream().filter(l -> !l.unit().active()).toList());
        model.addAttribute("systems", SYSTEMS);
        model.addAttribute("changing", changing);
        model.addAttribute("typed", typed);
        model.addAttribute("adding", changing.isEmpty() && model.containsAttribute("wrong"));
        return "people/units";
    }

    @PostMapping
    String add(
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String system,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        try {
            units.add(id, name, system);
        } catch (Refusal refusal) {
            Wrong.show(refusal, response, model);
            return page("", Map.of("id", id, "name", name, "system", system), model);
        }
        return done("已新增" + name.strip() + "，请安全保密管理员把人员加入它的群组。", onward);
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String system,
            HttpServletResponse response,
            Model model,
            RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        try {
            units.change(id, name, system);
        } catch (Refusal refusal) {
            Wrong.show(refusal, response, model);
            return page(id, Map.of("id", "", "name", name, "system", system), model);
        }
        return done("已保存" + name.strip() + "。", onward);
    }

    @PostMapping("/{id}/place")
    String move(@PathVariable String id, @RequestParam(defaultValue = "") String place, RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        try {
            units.move(id, Integer.parseInt(place.strip()));
        } catch (NumberFormatException notANumber) {
            throw new Refusal("place", "「排位」请填写1以上的整数。");
        }
        return done("次序已调整。", onward);
    }

    @PostMapping("/{id}/closing")
    String close(@PathVariable String id, RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        units.close(id);
        return done("单位已停用，不再出现在承办单位的选择列表里。", onward);
    }

    @PostMapping("/{id}/reopening")
    String reopen(@PathVariable String id, RedirectAttributes onward) {
        signedIn.require(Roles.SYSTEM_ADMINISTRATOR);
        units.reopen(id);
        return done("单位已恢复使用。", onward);
    }

    private static String done(String told, RedirectAttributes onward) {
        onward.addFlashAttribute("told", told);
        return "redirect:/admin/units";
    }
}
