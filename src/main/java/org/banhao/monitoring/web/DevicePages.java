package org.banhao.monitoring.web;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.banhao.base.ChineseTime;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.domain.Access;
import org.banhao.monitoring.domain.CommandDesk;
import org.banhao.monitoring.domain.DeviceDesk;
import org.banhao.monitoring.domain.EnterpriseReports;
import org.banhao.monitoring.domain.Outlets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One device: how it speaks, its book, its faults, whether its data may be evidence; and those that knock without being known. */
@Controller
class DevicePages {

    private final DeviceDesk devices;
    private final EnterpriseReports reports;
    private final CommandDesk commands;
    private final Outlets outlets;
    private final Registry registry;
    private final Access access;
    private final Clock clock;

    DevicePages(
            DeviceDesk devices,
            EnterpriseReports reports,
            CommandDesk commands,
            Outlets outlets,
            Registry registry,
            Access access,
            Clock clock) {
        this.devices = devices;
        this.reports = reports;
        this.commands = commands;
        this.outlets = outlets;
        this.registry = registry;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping("/monitoring/devices/{id}")
    String one(@PathVariable long id, Model model) {
        DeviceDesk.Card card = devices.get(id);
        model.addAttribute("device", card);
        model.addAttribute("outlet", outlets.get(card.outletId()));
        model.addAttribute("book", devices.book(id));
        model.addAttribute("reviews", devices.reviews(id));
        model.addAttribute("evidential", registry.evidential(id, ChineseTime.day(clock.instant())));
        model.addAttribute("faults", reports.faults(id));
        Map<Integer, String> open = new LinkedHashMap<>();
        commands.rights(card.outletId()).stream()
                .filter(right -> !right.closed() && right.agreedByName() != null)
                .forEach(right -> open.put(right.command(), right.commandName()));
        model.addAttribute("open", open);
        model.addAttribute("keepsRegistry", access.keepsRegistry());
        model.addAttribute(
                "speaks",
                access.keepsRegistry()
                        || access.keeps(outlets.get(card.outletId()).enterpriseId()));
        return "monitoring/device";
    }

    @PostMapping("/monitoring/devices/{id}")
    String change(@PathVariable long id, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        devices.change(id, input(form));
        return done(id, "已保存，十秒内生效。", redirect);
    }

    @PostMapping("/monitoring/devices/{id}/remove")
    String remove(@PathVariable long id, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        devices.remove(id, form.get("reason"));
        return done(id, "设备已停用，以前的数据不受影响。", redirect);
    }

    @PostMapping("/monitoring/devices/{id}/reviews")
    String review(
            @PathVariable long id,
            @RequestParam Map<String, String> form,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            RedirectAttributes redirect)
            throws IOException {
        devices.review(
                id,
                form.get("paper"),
                form.get("paperNumber"),
                form.get("paperOn"),
                form.get("location"),
                form.get("publishedAt"),
                form.get("publishedOn"),
                "yes".equals(form.get("passed")),
                form.get("remark"),
                form.get("validFrom"),
                form.get("validUntil"),
                PaperEndpoint.upload(file));
        return done(id, "证据审核已登记。", redirect);
    }

    @PostMapping("/monitoring/devices/{id}/faults")
    String fault(
            @PathVariable long id,
            @RequestParam Map<String, String> form,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            RedirectAttributes redirect)
            throws IOException {
        reports.reportFault(
                id, form.get("beganAt"), form.get("symptom"), form.get("manualSampling"), PaperEndpoint.upload(file));
        return done(id, "故障已报告。", redirect);
    }

    @PostMapping("/monitoring/devices/{id}/faults/{fault}/repair")
    String repair(
            @PathVariable long id,
            @PathVariable long fault,
            @RequestParam Map<String, String> form,
            RedirectAttributes redirect) {
        reports.repairFault(id, fault, form.get("repairedAt"), form.get("repair"));
        return done(id, "修复已登记。", redirect);
    }

    @PostMapping("/monitoring/devices/{id}/commands")
    String send(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") int command,
            @RequestParam Map<String, String> form,
            RedirectAttributes redirect) {
        return done(id, commands.send(id, command, form.get("value")), redirect);
    }

    @GetMapping("/monitoring/strangers")
    String strangers(Model model) {
        List<DeviceDesk.Stranger> strangers = devices.strangers();
        model.addAttribute("strangers", strangers);
        return "monitoring/strangers";
    }

    private static String done(long id, String told, RedirectAttributes redirect) {
        redirect.addFlashAttribute("told", told);
        return "redirect:/monitoring/devices/" + id;
    }

    static DeviceDesk.Input input(Map<String, String> form) {
        return new DeviceDesk.Input(
                form.get("mn"),
                form.get("name"),
                form.get("kind"),
                form.get("standard"),
                form.get("password"),
                form.get("weakUntil"),
                form.get("weakReason"),
                form.get("checksum"),
                form.containsKey("lowerCase"),
                form.containsKey("oversize"),
                form.get("key"),
                form.containsKey("encryptionRequired"),
                form.get("addresses"),
                form.containsKey("addressesBind"),
                form.get("realtimeSeconds"),
                form.get("minutes"),
                form.containsKey("backfill"),
                form.get("installedOn"));
    }
}
