package org.banhao.monitoring.web;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Readings;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.StatutoryMark;
import org.banhao.monitoring.domain.Access;
import org.banhao.monitoring.domain.CommandDesk;
import org.banhao.monitoring.domain.DeviceDesk;
import org.banhao.monitoring.domain.EnterpriseReports;
import org.banhao.monitoring.domain.Enterprises;
import org.banhao.monitoring.domain.MarkDesk;
import org.banhao.monitoring.domain.OutletLive;
import org.banhao.monitoring.domain.Outlets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One outlet: what it reported, what is allowed, what was reported about it. */
@Controller
@RequestMapping("/monitoring/outlets")
class OutletPages {

    private final Outlets outlets;
    private final Enterprises enterprises;
    private final DeviceDesk devices;
    private final EnterpriseReports reports;
    private final MarkDesk markDesk;
    private final CommandDesk commands;
    private final OutletLive live;
    private final Registry registry;
    private final Readings readings;
    private final Marks marks;
    private final Access access;
    private final Clock clock;

    OutletPages(
            Outlets outlets,
            Enterprises enterprises,
            DeviceDesk devices,
            EnterpriseReports reports,
            MarkDesk markDesk,
            CommandDesk commands,
            OutletLive live,
            Registry registry,
            Readings readings,
            Marks marks,
            Access access,
            Clock clock) {
        this.outlets = outlets;
        this.enterprises = enterprises;
        this.devices = devices;
        this.reports = reports;
        this.markDesk = markDesk;
        this.commands = commands;
        this.live = live;
        this.registry = registry;
        this.readings = readings;
        this.marks = marks;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping("/{id}")
    String one(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String range,
            @RequestParam(required = false) @Nullable String day,
            Model model) {
        Outlet outlet = outlets.get(id);
        LocalDate today = ChineseTime.day(clock.instant());
        OutletLive.Asked asked = live.asked(kind, range, day);
        LocalDate shown = Objects.requireNonNullElse(asked.day(), today);
        model.addAttribute("outlet", outlet);
        model.addAttribute("devices", devices.ofOutlet(id));
        model.addAttribute("limits", limits(id));
        model.addAttribute("factorsDue", outlets.factorsDue(id));
        model.addAttribute("factors", registry.factors());
        model.addAttribute("factorNames", names());
        model.addAttribute("equipment", outlets.equipment(id));
        model.addAttribute("permits", enterprises.permits(outlet.enterpriseId()));
        model.addAttribute("categories", outlets.categories());
        model.addAttribute("stops", reports.stops(id));
        model.addAttribute("stopKinds", EnterpriseReports.STOPS);
        model.addAttribute("rights", commands.rights(id));
        model.addAttribute("commands", commands.known());
        Instant from = shown.minusDays(30).atStartOfDay(ChineseTime.ZONE).toInstant();
        Instant until = shown.plusDays(1).atStartOfDay(ChineseTime.ZONE).toInstant();
        model.addAttribute(
                "marks",
                marks.ofOutlet(id, from, until).stream()
                        .map(OutletPages::markRow)
                        .toList());
        model.addAttribute("explanations", reports.explanations(id, from, until));
        YearMonth month = YearMonth.from(shown);
        model.addAttribute("transmission", readings.transmission(id, month));
        model.addAttribute(
                "transmissionMonth",
                month.equals(YearMonth.from(today)) ? "本月" : month.getYear() + "年" + month.getMonthValue() + "月");
        model.addAttribute("marksHere", enterprises.get(outlet.enterpriseId()).marksHere());
        model.addAttribute("today", today.toString());
        model.addAttribute(
                "now",
                LocalDateTime.ofInstant(clock.instant(), ChineseTime.ZONE)
                        .withNano(0)
                        .withSecond(0)
                        .toString());
        model.addAttribute("keepsRegistry", access.keepsRegistry());
        model.addAttribute("desk", access.desk());
        model.addAttribute("seesRules", access.office());
        model.addAttribute("seesThresholds", access.commandCentre());
        model.addAttribute("speaks", access.keeps(outlet.enterpriseId()) || access.keepsRegistry());
        LivePages.fill(model, live.view(id, asked), asked);
        return "monitoring/outlet";
    }

    /** @param span 起止 */
    record MarkRow(long id, String factor, String span, String kind, String label, boolean inTime) {}

    private static MarkRow markRow(StatutoryMark mark) {
        String factor = mark.factor();
        return new MarkRow(
                mark.id(),
                factor == null ? "全部" : factor,
                ChineseTime.text(mark.beginsAt()) + "至" + ChineseTime.text(mark.endsAt()),
                mark.invalid() ? "数据无效" : "异常工况",
                mark.label(),
                mark.inTime());
    }

    private List<Map<String, String>> limits(long id) {
        Map<String, String> names = names();
        List<Map<String, String>> rows = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        for (EmissionLimit limit : outlets.limits(id)) {
            boolean holds = seen.add(limit.factor() + limit.averaging());
            Double lowest = limit.lowest();
            rows.add(Map.of(
                    "factor",
                    names.getOrDefault(limit.factor(), limit.factor()),
                    "averaging",
                    limit.averaging().label() + "均值",
                    "value",
                    (lowest == null ? "" : lowest + "～") + limit.highest(),
                    "source",
                    limit.source().label(),
                    "basis",
                    limit.basis(),
                    "holds",
                    holds ? "yes" : ""));
        }
        return rows;
    }

    private Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        for (Factor factor : registry.factors()) names.put(factor.code(), factor.name() + "（" + factor.unit() + "）");
        return names;
    }

    @PostMapping("/{id}")
    String change(@PathVariable long id, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        outlets.change(id, input(form), form.containsKey("active"));
        return done(id, "已保存。", redirect);
    }

    @PostMapping("/{id}/factors")
    String require(@PathVariable long id, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        outlets.requireFactor(id, form.get("factor"), form.get("since"));
        return done(id, "应测因子已登记。", redirect);
    }

    @PostMapping("/{id}/factors/release")
    String release(@PathVariable long id, @RequestParam(defaultValue = "") String factor, RedirectAttributes redirect) {
        outlets.releaseFactor(id, factor);
        return done(id, "从明天起不再要求这个因子。", redirect);
    }

    @PostMapping("/{id}/limits")
    String limit(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Long permit,
            @RequestParam Map<String, String> form,
            RedirectAttributes redirect) {
        if (permit == null) throw new Refusal("permit", "请先登记排污许可证，再填写许可限值。");
        enterprises.addPermitLimit(
                permit, id, form.get("factor"), form.get("averaging"), form.get("lowest"), form.get("highest"));
        return done(id, "许可限值已登记。", redirect);
    }

    @PostMapping("/{id}/equipment")
    String addEquipment(@PathVariable long id, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        outlets.addEquipment(
                id,
                form.get("name"),
                "treatment".equals(form.get("side")),
                form.get("meter"),
                form.get("factor"),
                form.get("workingFrom"),
                form.get("standingBelow"));
        return done(id, "设备已登记。", redirect);
    }

    @PostMapping("/{id}/equipment/{equipment}/close")
    String closeEquipment(@PathVariable long id, @PathVariable long equipment, RedirectAttributes redirect) {
        outlets.closeEquipment(id, equipment);
        return done(id, "设备已停用。", redirect);
    }

    @PostMapping("/{id}/devices")
    String addDevice(@PathVariable long id, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        long device = devices.add(id, DevicePages.input(form));
        redirect.addFlashAttribute("told", "设备已登记，十秒内开始接收它的报文。");
        return "redirect:/monitoring/devices/" + device;
    }

    @PostMapping("/{id}/stops")
    String reportStop(
            @PathVariable long id,
            @RequestParam Map<String, String> form,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            RedirectAttributes redirect)
            throws IOException {
        reports.reportStop(
                id,
                form.get("kind"),
                form.get("beginsAt"),
                form.get("endsAt"),
                form.get("reason"),
                PaperEndpoint.upload(file));
        return done(id, "报备已提交，分局确认后生效。", redirect);
    }

    @PostMapping("/{id}/stops/{stop}/decide")
    String decideStop(
            @PathVariable long id,
            @PathVariable long stop,
            @RequestParam Map<String, String> form,
            RedirectAttributes redirect) {
        reports.decideStop(id, stop, "acknowledge".equals(form.get("decision")), form.get("decisionReason"));
        return done(id, "已办理。", redirect);
    }

    @PostMapping("/{id}/stops/{stop}/withdraw")
    String withdrawStop(@PathVariable long id, @PathVariable long stop, RedirectAttributes redirect) {
        reports.withdrawStop(id, stop);
        return done(id, "报备已撤回。", redirect);
    }

    @PostMapping("/{id}/marks")
    String mark(@PathVariable long id, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        markDesk.enter(
                id,
                form.get("factor"),
                form.get("beginsAt"),
                form.get("endsAt"),
                !"condition".equals(form.get("markKind")),
                form.get("label"),
                form.get("setAt"));
        return done(id, "标记已录入。", redirect);
    }

    @PostMapping("/{id}/marks/{mark}/revoke")
    String revoke(
            @PathVariable long id,
            @PathVariable long mark,
            @RequestParam(required = false) @Nullable String reason,
            RedirectAttributes redirect) {
        markDesk.revoke(id, mark, reason);
        return done(id, "标记已撤销。", redirect);
    }

    @PostMapping("/{id}/explanations")
    String explain(@PathVariable long id, @RequestParam Map<String, String> form, RedirectAttributes redirect) {
        reports.explain(id, form.get("factor"), form.get("beginsAt"), form.get("endsAt"), form.get("content"));
        return done(id, "情况说明已提交。", redirect);
    }

    @PostMapping("/{id}/commands")
    String openCommand(
            @PathVariable long id,
            @RequestParam(defaultValue = "0") int command,
            @RequestParam Map<String, String> form,
            RedirectAttributes redirect) {
        commands.open(id, command, form.get("reason"), form.get("validUntil"));
        return done(id, "已提出，请另一人同意后生效。", redirect);
    }

    @PostMapping("/{id}/commands/{right}/agree")
    String agreeCommand(@PathVariable long id, @PathVariable long right, RedirectAttributes redirect) {
        commands.agree(id, right);
        return done(id, "已同意，命令可以在设备页面发送。", redirect);
    }

    @PostMapping("/{id}/commands/{right}/close")
    String closeCommand(@PathVariable long id, @PathVariable long right, RedirectAttributes redirect) {
        commands.close(id, right);
        return done(id, "已关闭。", redirect);
    }

    private static String done(long id, String told, RedirectAttributes redirect) {
        redirect.addFlashAttribute("told", told);
        return "redirect:/monitoring/outlets/" + id;
    }

    static Outlets.Input input(Map<String, String> form) {
        return new Outlets.Input(
                form.get("code"),
                form.get("name"),
                form.get("kind"),
                form.get("category"),
                form.get("referenceOxygen"),
                form.get("longitude"),
                form.get("latitude"));
    }
}
