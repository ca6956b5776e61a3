package org.banhao.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * How long an obligation lasts, from one day to another.
 *
 * @param byMoment it begins at a moment and belongs to no case: may be counted in minutes and hours, and nobody is reminded of it
 * @param cutOff hour of the last day at which the term ends (民法典第203条: end of business hours), Asia/Shanghai
 * @param untilName name of a given hour that goes before the count (提案征集截止时刻); null: always counted
 * @param basis legal or local source
 * @param range what is seen elsewhere; may be empty
 * @param sure false: 待核
 * @param validFrom first day on which a term may start under it
 * @param validTo last such day; null: until a later row
 */
public record DeadlineRule(
        long id,
        String key,
        String name,
        int amount,
        TermUnit unit,
        boolean byMoment,
        LocalTime cutOff,
        @Nullable String untilName,
        String basis,
        String range,
        boolean sure,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        String enteredBy,
        Instant enteredAt) {}
