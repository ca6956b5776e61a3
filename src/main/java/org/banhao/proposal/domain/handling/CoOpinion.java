package org.banhao.proposal.domain.handling;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * 会办意见 of a co-handling unit, for the lead.
 *
 * @param points numbers of the suggestions it is about
 * @param sentAt when the lead could read it; null before
 */
public record CoOpinion(
        long handlingId,
        int draft,
        List<Integer> points,
        String content,
        @Nullable String signedName,
        @Nullable Instant signedAt,
        @Nullable String documentNumber,
        @Nullable Instant sentAt) {

    /** 建议1、3 */
    public String pointsLine() {
        return "建议" + points.stream().map(String::valueOf).collect(Collectors.joining("、"));
    }
}
