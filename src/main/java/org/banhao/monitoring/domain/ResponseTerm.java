package org.banhao.monitoring.domain;

import java.time.Instant;
import org.banhao.calendar.DeadlineRule;
import org.banhao.calendar.DeadlineRules;
import org.banhao.monitoring.AlertLevel;

/**
 * How soon an alert is dealt with, for orientation on the duty screen, counted from when the alert was found; how long, says the dated row of
 * that day. No national text is known. No obligation follows from it.
 */
enum ResponseTerm {
    /** Seen by the person on duty. */
    SEEN("接警", "alertSeen"),
    /** Checked at the desk: marks, ledger, video, the enterprise's word. */
    DESK("研判", "alertDesk"),
    /** Somebody was there. */
    SITE("现场核查", "alertSite");

    private static final String SITE_WHEN_RED = "alertSiteRed";

    private final String label;
    private final String key;

    ResponseTerm(String label, String key) {
        this.label = label;
        this.key = key;
    }

    String label() {
        return label;
    }

    Instant until(Instant foundAt, AlertLevel level, DeadlineRules rules) {
        return rules.ending(this == SITE && level == AlertLevel.RED ? SITE_WHEN_RED : key, foundAt)
                .due();
    }

    /** @param until end of the term */
    record Running(ResponseTerm term, Instant until) {}

    /** The first one that has not passed; the last one when all have. Who has acknowledged it, has seen it. */
    static Running running(Instant foundAt, AlertLevel level, boolean acknowledged, DeadlineRules rules, Instant now) {
        if (!acknowledged) {
            Instant seen = SEEN.until(foundAt, level, rules);
            // nobody has seen it: nothing later matters before that
            return new Running(SEEN, seen);
        }
        Instant desk = DESK.until(foundAt, level, rules);
        if (!now.isAfter(desk)) return new Running(DESK, desk);
        return new Running(SITE, SITE.until(foundAt, level, rules));
    }

    /** What holds for an alert that is found now. */
    static String words(DeadlineRules rules, Instant now) {
        return "时限为参考值，可由规则管理员在“办理时限”调整：" + SEEN.label + words(SEEN.key, rules, now) + "、" + DESK.label
                + words(DESK.key, rules, now) + "、" + SITE.label + "红色" + words(SITE_WHEN_RED, rules, now) + "，其他"
                + words(SITE.key, rules, now) + "，从发现时起算。";
    }

    private static String words(String key, DeadlineRules rules, Instant now) {
        DeadlineRule rule = rules.ending(key, now).rule();
        return rule.amount() + rule.unit().words();
    }
}
