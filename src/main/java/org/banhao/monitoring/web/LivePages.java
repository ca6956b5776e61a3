package org.banhao.monitoring.web;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.EpisodeAcknowledgement;
import org.banhao.monitoring.Equipment;
import org.banhao.monitoring.Factor;
import org.banhao.monitoring.PlannedStop;
import org.banhao.monitoring.ReadingKind;
import org.banhao.monitoring.domain.DutyScreen;
import org.banhao.monitoring.domain.EnterpriseReports;
import org.banhao.monitoring.domain.Figure;
import org.banhao.monitoring.domain.OutletLive;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What changes by itself: an outlet's figures, as table and as chart, and the duty screen. Addresses that end in {@code /now} are polled. */
@Controller
class LivePages {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("M月d日 HH:mm");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("M月d日 HH:mm:ss");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int MOST_ROWS = 1500;

    private final OutletLive live;
    private final DutyScreen duty;

    LivePages(OutletLive live, DutyScreen duty) {
        this.live = live;
        this.duty = duty;
    }

    // ---- one outlet

    /** @param limit in words; empty: none */
    record Column(String code, String name, String unit, String limit) {}

    record Cell(String text, String note, boolean over) {
        static final Cell NONE = new Cell("", "", false);
    }

    record Row(String time, List<Cell> cells) {}

    /** @param href empty: the reader may not open it */
    record Shown(String level, String levelWords, String head, String words, String href) {}

    record Machine(String name, String side, String state, String since) {}

    /** What the fragment of the figures needs. */
    static void fill(Model model, OutletLive.View view, OutletLive.Asked asked) {
        Map<Instant, Map<String, Figure>> byTime = new TreeMap<>(Comparator.reverseOrder());
        List<Column> columns = new ArrayList<>();
        for (OutletLive.Line line : view.lines()) {
            if (line.figures().isEmpty()) continue;
            Factor factor = line.factor();
            columns.add(new Column(factor.code(), factor.name(), factor.unit(), limit(line, asked.kind())));
            for (Figure figure : line.figures())
                byTime.computeIfAbsent(figure.time(), time -> new TreeMap<>()).put(factor.code(), figure);
        }
        DateTimeFormatter format = asked.kind() == ReadingKind.REALTIME ? SECOND : MINUTE;
        List<Row> rows = byTime.entrySet().stream()
                .limit(MOST_ROWS)
                .map(entry -> new Row(
                        asked.kind() == ReadingKind.DAY
                                ? ChineseTime.text(ChineseTime.day(entry.getKey()))
                                : format.format(entry.getKey().atZone(ChineseTime.ZONE)),
                        columns.stream()
                                .map(column -> cell(entry.getValue().get(column.code())))
                                .toList()))
                .toList();
        model.addAttribute("outlet", view.outlet());
        model.addAttribute("columns", columns);
        model.addAttribute("rows", rows);
        model.addAttribute("cut", byTime.size() > MOST_ROWS ? MOST_ROWS : 0);
        model.addAttribute("freshness", view.freshness());
        model.addAttribute(
                "episodes",
                view.episodes().stream()
                        .sorted(Comparator.comparing(Episode::beganAt).reversed())
                        .map(one -> shown(one, view.linked()))
                        .toList());
        model.addAttribute(
                "standing", view.stops().stream().map(LivePages::words).toList());
        model.addAttribute(
                "machines", view.strips().stream().map(LivePages::machine).toList());
        model.addAttribute("moving", view.window().live());
        model.addAttribute("kind", asked.kind().name().toLowerCase(Locale.ROOT));
        model.addAttribute("range", asked.range().code());
        model.addAttribute("day", asked.day() == null ? "" : asked.day().toString());
        model.addAttribute("kinds", kinds());
        model.addAttribute("ranges", ranges(asked.kind()));
        model.addAttribute("span", span(view.window(), asked));
    }

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (ReadingKind kind : ReadingKind.values()) kinds.put(kind.name().toLowerCase(Locale.ROOT), kind.label());
        return kinds;
    }

    private static Map<String, String> ranges(ReadingKind kind) {
        Map<String, String> ranges = new LinkedHashMap<>();
        for (OutletLive.Range one : new TreeSet<>(OutletLive.ranges(kind))) ranges.put(one.code(), one.label());
        return ranges;
    }

    private static String span(OutletLive.Window window, OutletLive.Asked asked) {
        return ChineseTime.text(window.from()) + "至" + (asked.day() == null ? "现在" : ChineseTime.text(window.until()));
    }

    private static String limit(OutletLive.Line line, ReadingKind kind) {
        if (line.limits().isEmpty()) return "";
        List<String> said = line.limits().stream()
                .map(step -> number(step.lowest(), line.factor(), "～") + number(step.highest(), line.factor(), ""))
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        return (kind == ReadingKind.DAY ? "日限值" : "小时限值") + String.join("、", said);
    }

    private static String number(@Nullable Double value, Factor factor, String after) {
        return value == null ? "" : String.format(Locale.ROOT, "%." + factor.decimals() + "f", value) + after;
    }

    private static Cell cell(@Nullable Figure figure) {
        return figure == null
                ? Cell.NONE
                : new Cell(figure.text(), String.join("、", figure.notes()), figure.state() == Figure.State.OVER);
    }

    private static Shown shown(Episode one, boolean linked) {
        Instant ended = one.endedAt();
        return new Shown(
                one.level().code(),
                one.level().shape() + " " + one.level().label(),
                one.group().label() + "，" + ChineseTime.text(one.beganAt()) + "至"
                        + (ended == null ? "今" : ChineseTime.text(ended)),
                one.sentence(),
                linked ? "/monitoring/episodes/" + one.id() : "");
    }

    private static String words(PlannedStop stop) {
        return EnterpriseReports.STOPS.getOrDefault(stop.kind(), "停运") + "，" + ChineseTime.text(stop.beginsAt()) + "至"
                + ChineseTime.text(stop.endsAt());
    }

    private static Machine machine(OutletLive.Strip strip) {
        List<OutletLive.Stretch> stretches = strip.stretches();
        OutletLive.Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
        Equipment.State state = last == null ? null : last.state();
        return new Machine(
                strip.name(),
                strip.treatment() ? "治污" : "生产",
                state == null ? "没有用电数据" : state.label(),
                last == null
                        ? ""
                        : MINUTE.format(last.from().atZone(ChineseTime.ZONE)) + "至"
                                + MINUTE.format(last.until().atZone(ChineseTime.ZONE)));
    }

    /** The figures beneath the chart, as they are now. */
    @GetMapping("/monitoring/outlets/{id}/figures/now")
    String figures(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String range,
            @RequestParam(required = false) @Nullable String day,
            Model model) {
        OutletLive.Asked asked = live.asked(kind, range, day);
        fill(model, live.view(id, asked), asked);
        return "monitoring/outlet-figures :: figures";
    }

    /** Moments in milliseconds; {@code state} as in {@link Figure.State}, {@code text} and {@code note} as in the table. */
    record Point(long time, @Nullable Double value, int state, String text, String note) {}

    record Limit(
            long from, @Nullable Double lowest, @Nullable Double highest) {}

    record Line(String code, String name, String unit, List<Limit> limits, List<Point> points) {}

    record Band(long from, long until, String words) {}

    /** @param state 0 works, 1 idles, 2 stands */
    record Stretch(long from, long until, int state) {}

    record Strip(String name, boolean treatment, List<Stretch> stretches) {}

    /** @param until null: goes on */
    record Sign(long id, String factor, long from, @Nullable Long until, String level, String words, String href) {}

    /**
     * What the chart draws.
     *
     * @param whole all of the window; else what came since
     * @param every seconds until it is asked again; 0: the window has ended
     * @param gap seconds between two points beyond which the line is broken
     */
    record Series(
            long from,
            long until,
            boolean whole,
            int every,
            long gap,
            String status,
            boolean late,
            List<Line> lines,
            List<Band> stops,
            List<Strip> strips,
            List<Sign> signs) {}

    /** @param since {@code until} of the last answer; absent: all */
    @GetMapping("/monitoring/outlets/{id}/series/now")
    ResponseEntity<Series> series(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String range,
            @RequestParam(required = false) @Nullable String day,
            @RequestParam(required = false) @Nullable String since) {
        OutletLive.Asked asked = live.asked(kind, range, day);
        if (since != null && !since.matches("\\d{1,15}")) throw new Refusal("since", "「起点」不是时刻，请刷新页面后再试。");
        OutletLive.View view = since == null
                ? live.view(id, asked)
                : live.since(id, asked, Instant.ofEpochMilli(Long.parseLong(since)));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(series(view, asked, since == null));
    }

    private static Series series(OutletLive.View view, OutletLive.Asked asked, boolean whole) {
        boolean quick = asked.kind() == ReadingKind.REALTIME || asked.kind() == ReadingKind.MINUTE;
        return new Series(
                view.window().from().toEpochMilli(),
                view.window().until().toEpochMilli(),
                whole,
                view.window().live() ? (quick ? 5 : 15) : 0,
                view.gap().toSeconds(),
                view.freshness().words(),
                view.freshness().late(),
                view.lines().stream().map(LivePages::line).toList(),
                view.stops().stream()
                        .map(stop -> new Band(
                                stop.beginsAt().toEpochMilli(), stop.endsAt().toEpochMilli(), words(stop)))
                        .toList(),
                view.strips().stream().map(LivePages::strip).toList(),
                view.episodes().stream()
                        // the gravest is drawn last, on top
                        .sorted(Comparator.comparing(Episode::level))
                        .map(one -> sign(one, view.linked()))
                        .toList());
    }

    private static Line line(OutletLive.Line line) {
        Factor factor = line.factor();
        return new Line(
                factor.code(),
                factor.name(),
                factor.unit(),
                line.limits().stream()
                        .map(step -> new Limit(step.from().toEpochMilli(), step.lowest(), step.highest()))
                        .toList(),
                line.figures().stream()
                        .map(figure -> new Point(
                                figure.time().toEpochMilli(),
                                figure.value(),
                                figure.state().ordinal(),
                                figure.text(),
                                String.join("、", figure.notes())))
                        .toList());
    }

    private static Strip strip(OutletLive.Strip strip) {
        return new Strip(
                strip.name(),
                strip.treatment(),
                strip.stretches().stream()
                        .map(one -> new Stretch(
                                one.from().toEpochMilli(),
                                one.until().toEpochMilli(),
                                one.state() == null
                                        ? -1
                                        : Arrays.asList(Equipment.State.values())
                                                .indexOf(one.state())))
                        .toList());
    }

    private static Sign sign(Episode one, boolean linked) {
        Instant ended = one.endedAt();
        return new Sign(
                one.id(),
                one.group().perFactor() ? one.subject() : "",
                one.beganAt().toEpochMilli(),
                ended == null ? null : ended.toEpochMilli(),
                one.level().code(),
                one.level().shape() + " " + one.level().label() + "预警，"
                        + one.group().label() + "：" + one.sentence(),
                linked ? "/monitoring/episodes/" + one.id() : "");
    }

    // ---- duty

    @GetMapping("/monitoring/duty")
    String duty(@RequestParam(defaultValue = "") String wall, Model model) {
        model.addAttribute("wall", wall.equals("dark"));
        screen(duty.now(), model);
        return "monitoring/duty";
    }

    @GetMapping("/monitoring/duty/now")
    String dutyNow(Model model) {
        screen(duty.shared(), model);
        return "monitoring/duty-now :: screen";
    }

    record Alert(
            long id,
            String level,
            String levelWords,
            String group,
            String outlet,
            long outletId,
            String sentence,
            String age,
            String term,
            String due,
            String light,
            String seen) {}

    private static void screen(DutyScreen.Screen screen, Model model) {
        model.addAttribute("screen", screen);
        model.addAttribute("terms", screen.terms());
        model.addAttribute("at", CLOCK.format(screen.at().atZone(ChineseTime.ZONE)));
        model.addAttribute(
                "alerts",
                screen.alerts().stream().map(one -> alert(one, screen.at())).toList());
    }

    private static Alert alert(DutyScreen.Alert one, Instant now) {
        Episode episode = one.episode();
        EpisodeAcknowledgement seen = one.acknowledged();
        boolean soon = Duration.between(now, one.until()).compareTo(Duration.ofMinutes(30)) < 0;
        return new Alert(
                episode.id(),
                episode.level().code(),
                episode.level().shape() + " " + episode.level().label(),
                (episode.group().label() + " " + one.subject()).strip(),
                one.outlet(),
                episode.outletId(),
                episode.sentence(),
                one.age(),
                one.term(),
                one.passed()
                        ? "已过" + one.term() + "时限"
                        : one.term() + "时限" + MINUTE.format(one.until().atZone(ChineseTime.ZONE)),
                one.passed() ? "late" : soon ? "soon" : "ok",
                seen == null ? "" : seen.by() + "已于" + MINUTE.format(seen.at().atZone(ChineseTime.ZONE)) + "接警");
    }
}
