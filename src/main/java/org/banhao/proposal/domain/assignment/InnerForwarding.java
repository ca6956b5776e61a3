package org.banhao.proposal.domain.assignment;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * 二次交办: a county or zone has one of its own bureaus do the work.
 *
 * @param innerUnit name as the county writes it; such bureaus are no units of the city
 * @param endedAt taken back; null while it holds
 */
public record InnerForwarding(
        long id,
        long assignmentId,
        String innerUnit,
        LocalDate dueOn,
        String requirement,
        String forwardedByName,
        Instant forwardedAt,
        @Nullable Instant endedAt) {}
