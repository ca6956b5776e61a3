package org.banhao.proposal.domain;

import java.time.Instant;

/** The closing hour of a session was moved; published within the transaction of the one who did. @param reason in words */
public record ClosingMoved(String sessionId, Instant closesAt, String reason) {}
