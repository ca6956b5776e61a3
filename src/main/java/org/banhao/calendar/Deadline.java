package org.banhao.calendar;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One obligation of a case with its date.
 *
 * @param key rule it comes from, such as {@code firstReview}
 * @param name Chinese name of the obligation: 初审
 * @param due end of the term, Asia/Shanghai
 * @param basis legal or local source of the term
 * @param range what is seen elsewhere, when the local text is not known
 * @param sure false: 待核
 * @param sentence explains the date: 自2026年3月26日（周四）起5个工作日，其间清明节休3天，至……
 * @param provisional the term reaches into a year without a notice
 * @param state {@code open} · {@code met} · {@code lapsed} · {@code cancelled}
 */
public record Deadline(
        long id,
        String caseNumber,
        String key,
        String name,
        Instant start,
        Instant due,
        String basis,
        String range,
        boolean sure,
        String sentence,
        boolean provisional,
        String state,
        @Nullable String instanceId,
        @Nullable String task) {}
