package org.banhao.monitoring.rules;

import java.time.Instant;
import java.util.List;
import org.banhao.monitoring.AlertLevel;
import org.banhao.monitoring.EpisodeEnding;
import org.jspecify.annotations.Nullable;

/** What a rule says of one period. */
sealed interface Verdict {

    /** What the rule has to remember from here on. */
    List<Double> memory();

    /**
     * The condition is met.
     *
     * @param since when it began, where that is before this period and no run is under way yet; null: with this period
     */
    record Met(
            AlertLevel level,
            @Nullable Double ratio,
            String sentence,
            List<Double> memory,
            @Nullable Instant since) implements Verdict {}

    /** The closing condition is met. */
    record Calm(List<Double> memory, EpisodeEnding ending) implements Verdict {}

    /** Neither: an open finding stays open, a run that has not led to one ends. */
    record Between(List<Double> memory) implements Verdict {}

    /** Not to be judged: absent, invalid, marked. As {@link Between}, and nothing was seen. */
    record Unjudged(List<Double> memory) implements Verdict {}

    /** A reported stop covers it: what is open ends. */
    record Stopped(Instant stopBegan) implements Verdict {
        @Override
        public List<Double> memory() {
            return List.of();
        }
    }

    static Verdict calm() {
        return new Calm(List.of(), EpisodeEnding.RECOVERED);
    }
}
