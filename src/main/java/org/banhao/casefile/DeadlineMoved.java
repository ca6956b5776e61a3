package org.banhao.casefile;

import org.banhao.calendar.Deadline;

/**
 * A deadline has another date; row, its task and timer have moved. Published synchronously in the same transaction for whoever shows
 * the date at other steps of the same obligation.
 */
public record DeadlineMoved(Deadline deadline) {}
