package org.banhao.monitoring;

/**
 * Published inside the transaction that stores what it tells of, on the thread that judges: what a listener writes stands or falls with the
 * episode. A listener that throws undoes the judging of that outlet; the readings are stored all the same, and a minute later it is judged and
 * told again. What was committed once is never told twice.
 */
public sealed interface EpisodeEvent {

    Episode episode();

    /**
     * A new one. It may be over already, when it was found in late data; {@link Closed} follows then. {@link Episode#cutFrom} names an
     * earlier one under which it may be handled already.
     */
    record Opened(Episode episode) implements EpisodeEvent {}

    /** It has become graver. */
    record Raised(Episode episode, AlertLevel before) implements EpisodeEvent {}

    /** It is over, or was unfounded ({@link EpisodeEnding#unfounded}). */
    record Closed(Episode episode, EpisodeEnding ending) implements EpisodeEvent {}

    /** Late data or a mark that was revoked show that it was not over, or not unfounded. */
    record Reopened(Episode episode) implements EpisodeEvent {}
}
