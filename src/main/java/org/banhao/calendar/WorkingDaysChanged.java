package org.banhao.calendar;

/**
 * A notice of the year was put in force. Published inside the transaction that stores it, so that whoever counts working days by himself
 * moves his dates together with it, or not at all; {@link Deadlines} follow by {@link Deadlines#recompute}.
 */
public record WorkingDaysChanged(int year) {}
