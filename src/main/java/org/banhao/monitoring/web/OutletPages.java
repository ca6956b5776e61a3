package org.banhao.monitoring.web;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.EmissionLimit;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.Marks;
import org.banhao.monitoring.Outlet;
import org.banhao.monitoring.Reading;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.Readings;
import org.banhao.monitoring.Registry;
import org.banhao.monitoring.StatutoryMark;
import org.banhao.monitoring.domain.Access;
import org.banhao.monitoring.domain.CommandDesk;
import org.banhao.monitoring.domain.DeviceDesk;
import org.banhao.monitoring.domain.EnterpriseReports;
import org.banhao.monitoring.domain.Enterprises;
import org.banhao.monitoring.domain.MarkDesk;
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

    private static final int MOST_ROWS = 1500;
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("M月d日 HH:mm");

    private final Outlets outlets;
    private final Enterprises enterprises;
    private final DeviceDesk devices;
    private final EnterpriseReports reports;
    private final MarkDesk markDesk;
    private final CommandDesk commands;
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
        this.registry = registry;
        this.readings = readings;
        this.marks = marks;
        this.access = access;
        this.clock = clock;
    }

    /**
     * One value as the page shows it.
     *
     * @param note 标记, 超限, 补传 … in words; empty: nothing special
     */
    record Cell(String value, String note, boolean over) {
        static final Cell NONE = new Cell("", "", false);
    }

    record Row(String time, List<Cell> cells) {}

    record Column(String code, String name, String unit, String limit) {}

    @GetMapping("/{id}")
    String one(
            @PathVariable long id,
            @RequestParam(defaultValue = "hour") String kind,
            @RequestParam(required = false) @Nullable String day,
            Model model) {
        Outlet outlet = outlets.get(id);
        LocalDate today = ChineseTime.day(clock.instant());
        LocalDate shown = day(day, today);
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
        model.addAttribute("kind", kind);
        model.addAttribute("day", shown.toString());
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
        table(id, kind(kind), shown, model);
        return "monitoring/outlet";
    }

    private void table(long id, ReadingKind kind, LocalDate day, Model model) {
        Instant from = kind == ReadingKind.DAY
                ? day.minusDays(30).atStartOfDay(ChineseTime.ZONE).toInstant()
                : day.atStartOfDay(ChineseTime.ZONE).toInstant();
        Instant until = day.plusDays(1).atStartOfDay(ChineseTime.ZONE).toInstant();
        List<Reading> found = readings.ofOutlet(id, kind, null, from, until);
        Map<String, Factor> factors = new TreeMap<>();
        registry.factors().forEach(factor -> factors.put(factor.code(), factor));
        List<StatutoryMark> marked = marks.ofOutlet(id, from, until);
        Map<String, EmissionLimit> limits = new TreeMap<>();
        TreeSet<String> codes = new TreeSet<>();
        Map<Instant, Map<String, Reading>> byTime = new TreeMap<>(java.util.Comparator.reverseOrder());
        for (Reading reading : found) {
            codes.add(reading.factor());
            byTime.computeIfAbsent(reading.time(), t -> new TreeMap<>()).put(reading.factor(), reading);
        }
        List<Column> columns = new ArrayList<>();
        List<EmissionLimit> ofDay = registry.limits(id, day);
        for (String code : codes) {
            Factor factor = factors.get(code);
            ReadingKind averaging = kind == ReadingKind.DAY ? ReadingKind.DAY : ReadingKind.HOUR;
            EmissionLimit.of(ofDay, code, averaging).ifPresent(limit -> limits.put(code, limit));
            EmissionLimit limit = limits.get(code);
            columns.add(new Column(
                    code,
                    factor == null ? code : factor.name(),
                    factor == null ? "" : factor.unit(),
                    limit == null ? "" : "限值" + number(limit.highest(), factor)));
        }
        List<Row> rows = new ArrayList<>();
        byTime.forEach((time, cells) -> {
            List<Cell> line = new ArrayList<>();
            for (String code : codes) {
                Reading reading = cells.get(code);
                line.add(reading == null ? Cell.NONE : cell(reading, factors.get(code), limits.get(code), marked));
            }
            if (rows.size() < MOST_ROWS)
                rows.add(new Row(
                        kind == ReadingKind.DAY
                                ? ChineseTime.text(ChineseTime.day(time))
                                : HOUR.format(time.atZone(ChineseTime.ZONE)),
                        line));
        });
        model.addAttribute("columns", columns);
        model.addAttribute("rows", rows);
        model.addAttribute("cut", byTime.size() > MOST_ROWS);
    }

    private static Cell cell(
            Reading reading, @Nullable Factor factor, @Nullable EmissionLimit limit, List<StatutoryMark> marks) {
        Double value = reading.judged();
        List<String> notes = new ArrayList<>();
        String flag = reading.flag();
        if (!reading.normal() && flag != null) {
            String word = org.banhao.monitoring.hj212.Words.mark(flag);
            notes.add(word == null ? flag : word);
        }
        boolean marked = marks.stream().anyMatch(mark -> mark.covers(reading.factor(), reading.time()));
        if (marked) notes.add("已标记");
        // a realtime or minute value is compared with nothing: limits are of hours and days
        boolean judged = reading.kind() == ReadingKind.HOUR || reading.kind() == ReadingKind.DAY;
        boolean over =
                judged && reading.normal() && !marked && value != null && limit != null && limit.exceededBy(value);
        if (over) notes.add("超过限值");
        boolean computed = reading.source() == Reading.Source.COMPUTED;
        if (computed) notes.add("平台计算");
        if (reading.late() && !computed) notes.add("补传");
        if (reading.source() == Reading.Source.PLATFORM) notes.add("上级平台");
        if (reading.changes() > 0) notes.add("改过" + reading.changes() + "次");
        return new Cell(value == null ? range(reading, factor) : number(value, factor), String.join("、", notes), over);
    }

    private static String range(Reading reading, @Nullable Factor factor) {
        Double lowest = reading.lowest();
        Double highest = reading.highest();
        return lowest == null || highest == null ? "—" : number(lowest, factor) + "～" + number(highest, factor);
    }

    private static String number(double value, @Nullable Factor factor) {
        return String.format(Locale.ROOT, "%." + (factor == null ? 2 : factor.decimals()) + "f", value);
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

    private static ReadingKind kind(String word) {
        return switch (word) {
            case "realtime" -> ReadingKind.REALTIME;
            case "minute" -> ReadingKind.MINUTE;
            case "day" -> ReadingKind.DAY;
            case "hour" -> ReadingKind.HOUR;
            default -> throw new Refusal("kind", "没有这种数据，请在页面上选择实时、分钟、小时或者日。");
        };
    }

    private static LocalDate day(@Nullable String text, LocalDate today) {
        if (text == null || text.isBlank()) return today;
        try {
            LocalDate day = LocalDate.parse(text.strip());
            if (day.getYear() < 1990 || day.getYear() > 2100) throw new java.time.DateTimeException("Far away");
            return day;
        } catch (java.time.DateTimeException e) {
            throw new Refusal("day", "「日期」请选择日历上的一天。");
        }
    }
}
