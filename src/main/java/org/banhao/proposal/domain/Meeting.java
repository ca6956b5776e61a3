package org.banhao.proposal.domain;

import java.time.LocalDate;

/** A meeting that decides on proposals; agenda, attendance and minutes come with the full object. */
public record Meeting(long id, MeetingKind kind, String name, LocalDate heldOn) {}
