package org.banhao.proposal.domain.handling;

import java.time.LocalDate;

/** A reply brought to one person who proposes; {@code caseNumber} is his own case, which may be a merged one. */
public record Delivery(String caseNumber, String personId, String name, DeliveryMode mode, LocalDate deliveredOn) {}
