package org.banhao.monitoring;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A matter that goes on for a while at one outlet: the findings of one group of rules that overlap in time. At most one is open for an outlet,
 * subject and group.
 *
 * @param subject code of the factor; {@code *} for the outlet as a whole
 * @param beganAt begin of the first period concerned, in the readings' time
 * @param lastAt end of the last period concerned so far
 * @param level the highest so far
 * @param ratio the worst so far: value ÷ limit − 1 where there is a limit; null: no such thing
 * @param sentence the gravest finding with figures, unit, limit and its source
 * @param countsFrom before this moment the readings may still be marked (次日12:00): no case can be filed on them; null: not a matter of marks
 * @param openedAt when it was found out
 * @param late it was found only in data that came late
 * @param cutFrom the earlier episode of which it was a part until late data showed that they are two; null: none
 * @param mergedInto the episode that goes on in its place; null: none
 * @param endedAt null: open
 * @param closedAt when it was found out that it has ended; null: open
 */
public record Episode(
        long id,
        long outletId,
        String subject,
        RuleGroup group,
        Instant beganAt,
        Instant lastAt,
        AlertLevel level,
        @Nullable Double ratio,
        String sentence,
        @Nullable Instant countsFrom,
        Instant openedAt,
        boolean late,
        @Nullable Long cutFrom,
        @Nullable Long mergedInto,
        @Nullable Instant endedAt,
        @Nullable Instant closedAt,
        @Nullable EpisodeEnding ending) {

    public boolean open() {
        return endedAt == null;
    }

    /** Whether at least one reading it rests on can be marked no more, so that a case may be filed (标记期届满). */
    public boolean counts(Instant now) {
        return countsFrom == null || !now.isBefore(countsFrom);
    }
}
