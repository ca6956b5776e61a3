package org.banhao.proposal.domain;

import java.time.Instant;

/** 异议: what a merged proposer says against the merge into that lead case. It decides nothing by itself. */
public record Objection(
        String caseNumber, String leadCase, String personId, String personName, String reason, Instant at) {}
