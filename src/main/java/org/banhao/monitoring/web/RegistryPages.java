package org.banhao.monitoring.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.Enterprise;
import org.banhao.monitoring.domain.Access;
import org.banhao.monitoring.domain.EnterpriseReports;
import org.banhao.monitoring.domain.Enterprises;
import org.banhao.monitoring.domain.Outlets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 污染源档案: enterprises with their outlets, keepers, permits and ledger. */
@Controller
@RequestMapping("/monitoring/enterprises")
class RegistryPages {

    private static final int LEDGER_DAYS = 31;

    private final Enterprises enterprises;
    private final Outlets outlets;
    private final EnterpriseReports reports;
    private final Access access;
    private final Clock clock;

    RegistryPages(Enterprises enterprises, Outlets outlets, EnterpriseReports reports, Access access, Clock clock) {
        this.enterprises = enterprises;
        this.outlets = outlets;
        this.reports = reports;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping
    String all(Model model) {
        Map<Long, Long> counts = new TreeMap<>();
        outlets.visible().forEach(outlet -> counts.merge(outlet.enterpriseId(), 1L, Long::sum));
        model.addAttribute("enterprises", enterprises.visible());
        model.addAttribute("counts", counts);
        model.addAttribute("keepsRegistry", access.keepsRegistry());
        return "monitoring/enterprises";
    }

    @PostMapping
    String add(@RequestParam Map<String, String> form, RedirectAttributes redirect) {
        long id = enterprises.add(input(form));
        redirect.addFlashAttribute("told", "企业已登记，请继续登记排放口和设备。");
        return "redirect:/monitoring/enterprises/" + id;
    }

    @GetMapping("/{id}")
    String one(@PathVariable long id, Model model) {
        Enterprise enterprise = enterprises.get(id);
        LocalDate today = ChineseTime.day(clock.instant());
        LocalDate from = today.minusDays(LEDGER_DAYS - 1L);
        model.addAttribute("enterprise", enterprise);
        model.addAttribute("outlets", enterprises.outlets(id));
        model.addAttribute("keepers", enterprises.keepers(id));
        model.addAttribute("permits", enterprises.permits(id));
        model.addAttribute("ledger", reports.ledger(id, from, today));
        model.addAttribute("gaps", reports.ledgerGaps(id, from, today));
        model.addAttribute("ledgerKinds", EnterpriseReports.LEDGER);
        model.addAttribute("categories", outlets.categories());
        model.addAttribute("today", today.toString());
        model.addAttribute("todayDate", today);
        model.addAttribute("keepsRegistry", access.keepsRegistry());
        model.addAttribute("speaks", access.keeps(id) || access.keepsRegistry());
        return "monitoring/enterprise";
    }

    @PostMapping("/{id}")
    String change(@PathVariable long id, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        enterprises.change(id, input(form), form.containsKey("active"));
        return done(id, "已保存。", redirect);
    }

    @PostMapping("/{id}/keepers")
    String addKeeper(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String role,
            RedirectAttributes redirect) {
        enterprises.addKeeper(id, person, role);
        return done(id, "已添加，对方登录后可以看到这家企业。", redirect);
    }

    @PostMapping("/{id}/keepers/remove")
    String removeKeeper(
            @PathVariable long id, @RequestParam(defaultValue = "") String person, RedirectAttributes redirect) {
        enterprises.removeKeeper(id, person);
        return done(id, "已移除。", redirect);
    }

    @PostMapping("/{id}/permits")
    String addPermit(@PathVariable long id, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        enterprises.addPermit(
                id, form.get("number"), form.get("issuedBy"), form.get("validFrom"), form.get("validUntil"));
        return done(id, "许可证已登记，请在排放口页面填写许可限值。", redirect);
    }

    @PostMapping("/{id}/permits/{permit}/end")
    String endPermit(
            @PathVariable long id,
            @PathVariable long permit,
            @RequestParam Map<String, String> form,
            RedirectAttributes redirect) {
        enterprises.endPermit(id, permit, form.get("lastDay"));
        return done(id, "许可证的失效日期已登记，许可限值到那天为止。", redirect);
    }

    @PostMapping("/{id}/outlets")
    String addOutlet(@PathVariable long id, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        long outlet = outlets.add(id, OutletPages.input(form));
        redirect.addFlashAttribute("told", "排放口已登记，请继续登记设备和应测因子。");
        return "redirect:/monitoring/outlets/" + outlet;
    }

    @PostMapping("/{id}/ledger")
    String enter(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Long outlet,
            @RequestParam Map<String, String> form,
            RedirectAttributes redirect) {
        reports.enter(id, outlet, form.get("kind"), form.get("day"), form.get("content"));
        return done(id, "台账已记。", redirect);
    }

    private static String done(long id, String told, RedirectAttributes redirect) {
        redirect.addFlashAttribute("told", told);
        return "redirect:/monitoring/enterprises/" + id;
    }

    private static Enterprises.Input input(Map<String, String> form) {
        return new Enterprises.Input(
                form.get("creditCode"),
                form.get("name"),
                form.get("address"),
                form.get("town"),
                form.get("industry"),
                form.get("longitude"),
                form.get("latitude"),
                form.containsKey("marksHere"));
    }
}
