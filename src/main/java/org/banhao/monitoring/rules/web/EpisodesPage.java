package org.banhao.monitoring.rules.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.banhao.base.ChineseTime;
import org.banhao.base.Refusal;
import org.banhao.monitoring.Episode;
import org.banhao.monitoring.EpisodeAcknowledgement;
import org.banhao.monitoring.EpisodeEnding;
import org.banhao.monitoring.rules.domain.EpisodeDesk;
import org.banhao.monitoring.rules.domain.EpisodeDesk.Line;
import org.banhao.monitoring.rules.domain.EpisodeDesk.Whole;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 监测预警: what is open, and what one consists of. */
@Controller
@RequestMapping("/monitoring/episodes")
class EpisodesPage {

    private final EpisodeDesk desk;
    private final Clock clock;

    EpisodesPage(EpisodeDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @GetMapping
    String list(Model model) {
        Instant now = clock.instant();
        List<Shown> shown =
                desk.open().stream().map(line -> Shown.of(line, now)).toList();
        model.addAttribute("episodes", shown);
        model.addAttribute("now", ChineseTime.text(now));
        return "monitoring/episodes";
    }

    @GetMapping("/{id}")
    String one(@PathVariable String id, Model model, HttpServletResponse response) {
        try {
            Whole whole = desk.one(number(id));
            model.addAttribute("acknowledges", whole.acknowledges());
            model.addAttribute("episode", Shown.of(whole.line(), clock.instant()));
            model.addAttribute(
                    "findings",
                    whole.findings().stream()
                            .map(one -> new Part(
                                    one.level().code(),
                                    one.level().shape() + " " + one.level().label(),
                                    one.rule().label(),
                                    one.sentence(),
                                    span(one.beganAt(), one.endedAt()),
                                    ending(one.ending())))
                            .toList());
            model.addAttribute(
                    "changes",
                    whole.changes().stream()
                            .map(one -> new Change(
                                    ChineseTime.text(one.at()),
                                    one.what(),
                                    one.level().shape() + " " + one.level().label(),
                                    one.by() == null ? one.sentence() : one.by() + "：" + one.sentence()))
                            .toList());
            return "monitoring/episode";
        } catch (Refusal refusal) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            return list(model);
        }
    }

    @PostMapping("/{id}/acknowledge")
    String acknowledge(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            desk.acknowledge(number(id), reason);
        } catch (Refusal refusal) {
            if (refusal.field() == null) throw refusal;
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("refused", refusal.sentence());
            model.addAttribute("wrong", refusal.field());
            model.addAttribute("reason", reason);
            return one(id, model, response);
        }
        redirect.addFlashAttribute("told", "已接警。");
        return "redirect:/monitoring/episodes/" + number(id);
    }

    private static long number(String typed) {
        if (!typed.matches("\\d{1,18}")) throw new Refusal("没有这条预警，请从预警列表中重新选择。");
        return Long.parseLong(typed);
    }

    /**
     * @param counts whether readings may still be marked; empty: it does not matter, or not any more
     * @param seen by whom and when it was acknowledged; empty: not yet
     */
    record Shown(
            long id,
            String level,
            String levelWords,
            String group,
            String outlet,
            String subject,
            String sentence,
            String since,
            String lasts,
            String counts,
            String ended,
            String seen) {

        static Shown of(Line line, Instant now) {
            Episode one = line.episode();
            Instant countsFrom = one.countsFrom();
            return new Shown(
                    one.id(),
                    one.level().code(),
                    one.level().shape() + " " + one.level().label(),
                    one.group().label(),
                    line.outlet(),
                    line.subject(),
                    one.sentence(),
                    ChineseTime.text(one.beganAt()),
                    lasts(one, now),
                    countsFrom == null || one.counts(now) ? "" : "标记期内，至" + ChineseTime.text(countsFrom),
                    ending(one.ending()),
                    seen(line.acknowledged()));
        }

        private static String seen(@Nullable EpisodeAcknowledgement one) {
            return one == null ? "" : one.by() + "已于" + ChineseTime.text(one.at()) + "接警";
        }

        private static String lasts(Episode one, Instant now) {
            Instant ended = one.endedAt();
            long minutes = Math.max(
                    0,
                    Duration.between(one.beganAt(), ended == null ? now : ended).toMinutes());
            if (minutes < 60) return minutes + "分钟";
            if (minutes < 2880) return minutes / 60 + "小时";
            return minutes / 1440 + "天";
        }
    }

    record Part(String level, String levelWords, String rule, String sentence, String span, String ending) {}

    record Change(String at, String what, String level, String sentence) {}

    private static String span(Instant from, @Nullable Instant until) {
        return ChineseTime.text(from) + "至" + (until == null ? "今" : ChineseTime.text(until));
    }

    private static String ending(@Nullable EpisodeEnding ending) {
        return ending == null ? "" : ending.label();
    }
}
