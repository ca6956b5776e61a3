package org.banhao.monitoring.rules.domain;

import org.banhao.monitoring.EpisodeEnding;

/** Why something is judged; says what became of findings that are none any more. */
enum Cause {
    /** Readings or the clock went on. */
    NEW(EpisodeEnding.CORRECTED),
    LATE_DATA(EpisodeEnding.CORRECTED),
    MARK(EpisodeEnding.MARKED),
    STOP(EpisodeEnding.STOP_REPORTED),
    HAND(EpisodeEnding.CORRECTED);

    private final EpisodeEnding unfounded;

    Cause(EpisodeEnding unfounded) {
        this.unfounded = unfounded;
    }

    EpisodeEnding unfounded() {
        return unfounded;
    }
}
