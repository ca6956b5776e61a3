package org.banhao.people;

import java.time.LocalDate;

/**
 * 外出与代理: a person is away, another does his work. Over at the end of the last day without anybody's doing.
 *
 * @param until last day, which belongs to it
 */
public record Absence(
        long id,
        String personId,
        String personName,
        String substituteId,
        String substituteName,
        LocalDate from,
        LocalDate until) {}
