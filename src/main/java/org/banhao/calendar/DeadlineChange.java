package org.banhao.calendar;

import java.time.Instant;

/**
 * One change of a deadline's date.
 *
 * @param kind {@code move} by a person, {@code recompute} because the calendar changed
 * @param who name of that day
 */
public record DeadlineChange(Instant from, Instant to, String kind, String reason, String who, Instant at) {}
