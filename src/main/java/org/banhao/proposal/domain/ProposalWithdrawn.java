package org.banhao.proposal.domain;

/**
 * Its proposers have withdrawn it, be it a merged one. Published as a Spring application event in the transaction that withdraws, after the
 * rows and the process have heard of it and before the case is closed; an exception undoes the act.
 */
public record ProposalWithdrawn(String caseNumber) {}
