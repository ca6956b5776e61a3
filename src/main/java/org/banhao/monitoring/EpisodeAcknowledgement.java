package org.banhao.monitoring;

import java.time.Instant;

/**
 * 接警: somebody on duty has seen the episode, and why it is as it is or what follows. Holds until the episode becomes graver or opens again.
 *
 * @param by name of the person
 */
public record EpisodeAcknowledgement(long episodeId, Instant at, String by, String reason) {}
