package org.banhao.calendar;

import java.time.LocalDate;

/**
 * A day that a notice takes out of the usual week.
 *
 * @param working true: a make-up day (调休上班); false: off
 * @param name festival as the notice names it: 国庆节
 */
public record CalendarDay(LocalDate day, boolean working, String name) {}
