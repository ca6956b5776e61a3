package org.banhao.monitoring.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import org.banhao.base.ChineseTime;
import org.banhao.base.Csv;
import org.banhao.base.FileAnswers;
import org.banhao.monitoring.Transmission;
import org.banhao.monitoring.domain.Access;
import org.banhao.monitoring.domain.DataQuality;
import org.banhao.monitoring.domain.MonitoringReports;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 监测日报, 传输有效率, 数据质量: on screen, on paper and for spreadsheets. */
@Controller
@RequestMapping("/monitoring/reports")
class ReportPages {

    private final MonitoringReports reports;
    private final DataQuality quality;
    private final Access access;
    private final Clock clock;

    ReportPages(MonitoringReports reports, DataQuality quality, Access access, Clock clock) {
        this.reports = reports;
        this.quality = quality;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping("/daily")
    String daily(@RequestParam(required = false) @Nullable String date, Model model) {
        LocalDate day = reports.day(date);
        model.addAttribute("report", reports.daily(day));
        days(model, day);
        model.addAttribute("madeAt", ChineseTime.text(clock.instant()));
        frame(model, "daily");
        return "monitoring/daily";
    }

    @GetMapping("/daily.csv")
    void dailyTable(@RequestParam(required = false) @Nullable String date, HttpServletResponse response)
            throws IOException {
        LocalDate day = reports.day(date);
        MonitoringReports.Daily daily = reports.dailyToKeep(day);
        Csv csv = csv(response, "监测日报-" + day);
        csv.line(
                "日期", "企业", "排放口编号", "排放口", "因子", "单位", "应传小时", "有效小时", "其中已标记", "无效小时", "缺失小时", "超标小时", "日均值", "日均值说明",
                "日限值", "日均超标", "传输率", "有效率", "当日发生预警", "当日结束预警", "日末持续预警", "停运报备", "设备故障");
        for (MonitoringReports.OutletDay one : daily.outlets()) {
            for (MonitoringReports.FactorDay row : one.factors()) {
                csv.line(
                        day.toString(),
                        one.outlet().enterpriseName(),
                        one.outlet().code(),
                        one.outlet().name(),
                        row.factor().name(),
                        row.factor().unit(),
                        String.valueOf(row.hours().due()),
                        String.valueOf(row.hours().valid()),
                        String.valueOf(row.hours().marked()),
                        String.valueOf(row.hours().invalid()),
                        String.valueOf(row.hours().missing()),
                        String.valueOf(row.over()),
                        row.mean().equals("—") ? "" : row.mean(),
                        row.meanNote(),
                        row.limit(),
                        row.meanOver() ? "是" : "",
                        percent(row.hours().transmitted()),
                        percent(row.hours().effective()),
                        String.valueOf(one.begun()),
                        String.valueOf(one.ended()),
                        String.valueOf(one.open()),
                        String.join("；", one.stops()),
                        String.join("；", one.faults()));
            }
        }
    }

    @GetMapping("/transmission")
    String transmission(@RequestParam(required = false) @Nullable String month, Model model) {
        YearMonth shown = reports.month(month);
        List<MonitoringReports.OutletMonth> rows = reports.transmission(shown);
        model.addAttribute("rows", rows);
        model.addAttribute("month", shown.toString());
        model.addAttribute("monthWords", shown.getYear() + "年" + shown.getMonthValue() + "月");
        model.addAttribute("before", shown.minusMonths(1).toString());
        boolean present = shown.equals(YearMonth.from(ChineseTime.day(clock.instant())));
        model.addAttribute("after", present ? null : shown.plusMonths(1).toString());
        model.addAttribute(
                "low", rows.stream().filter(one -> one.transmission().low()).count());
        frame(model, "transmission");
        return "monitoring/transmission";
    }

    @GetMapping("/transmission.csv")
    void transmissionTable(@RequestParam(required = false) @Nullable String month, HttpServletResponse response)
            throws IOException {
        YearMonth shown = reports.month(month);
        List<MonitoringReports.OutletMonth> rows = reports.transmissionToKeep(shown);
        Csv csv = csv(response, "传输有效率-" + shown);
        csv.line("月份", "企业", "排放口编号", "排放口", "因子", "应传小时", "实传小时", "有效小时", "传输率", "有效率", "传输有效率");
        for (MonitoringReports.OutletMonth one : rows) {
            for (Transmission.OfFactor row : one.transmission().factors())
                csv.line(line(shown, one, one.factors().getOrDefault(row.factor(), row.factor()), row));
            csv.line(line(shown, one, "合计", one.transmission().whole()));
        }
    }

    private static String[] line(
            YearMonth month, MonitoringReports.OutletMonth one, String name, Transmission.OfFactor row) {
        return new String[] {
            month.toString(),
            one.outlet().enterpriseName(),
            one.outlet().code(),
            one.outlet().name(),
            name,
            String.valueOf(row.due()),
            String.valueOf(row.come()),
            String.valueOf(row.valid()),
            percent(row.transmitted()),
            percent(row.effective()),
            percent(row.rate())
        };
    }

    /** @param device one device, its last days; else all on the day */
    @GetMapping("/quality")
    String quality(
            @RequestParam(required = false) @Nullable String date,
            @RequestParam(required = false) @Nullable Long device,
            Model model) {
        LocalDate day = quality.day(date);
        List<DataQuality.Row> rows = device == null ? quality.onDay(day) : quality.ofDevice(device, day);
        model.addAttribute("rows", rows);
        model.addAttribute("one", device);
        model.addAttribute("bad", rows.stream().filter(DataQuality.Row::bad).count());
        days(model, day);
        frame(model, "quality");
        return "monitoring/quality";
    }

    @GetMapping("/quality.csv")
    void qualityTable(@RequestParam(required = false) @Nullable String date, HttpServletResponse response)
            throws IOException {
        LocalDate day = quality.day(date);
        List<DataQuality.Row> rows = quality.onDayToKeep(day);
        Csv csv = csv(response, "数据质量-" + day);
        csv.line(
                "日期", "排放口", "设备", "MN", "报文", "重复报文", "补传报文", "时间不合理报文", "无法取数报文", "拒收报文", "其中校验错", "数据", "迟到数据",
                "更正数据", "时钟偏差", "未登记的编码", "缺数时段", "缺数小时");
        for (DataQuality.Row row : rows)
            csv.line(
                    day.toString(),
                    row.outlet(),
                    row.device().name(),
                    row.device().mn(),
                    String.valueOf(row.packets()),
                    String.valueOf(row.again()),
                    String.valueOf(row.latePackets()),
                    String.valueOf(row.clockRefused()),
                    String.valueOf(row.unread()),
                    String.valueOf(row.refused()),
                    String.valueOf(row.checksum()),
                    String.valueOf(row.readings()),
                    String.valueOf(row.late()),
                    String.valueOf(row.corrected()),
                    row.clockWords(),
                    String.join("、", row.unknown()),
                    String.join("、", row.gaps()),
                    String.format(Locale.ROOT, "%.1f", row.gapHours()));
    }

    private void days(Model model, LocalDate day) {
        LocalDate today = ChineseTime.day(clock.instant());
        model.addAttribute("day", day.toString());
        model.addAttribute("dayWords", ChineseTime.text(day));
        model.addAttribute("today", today.toString());
        model.addAttribute("before", day.minusDays(1).toString());
        model.addAttribute("after", day.isBefore(today) ? day.plusDays(1).toString() : null);
    }

    private void frame(Model model, String page) {
        model.addAttribute("page", page);
        model.addAttribute("office", access.office());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }

    private static Csv csv(HttpServletResponse response, String name) throws IOException {
        FileAnswers.begin(response, name + ".csv", FileAnswers.CSV);
        return new Csv(response.getWriter());
    }
}
