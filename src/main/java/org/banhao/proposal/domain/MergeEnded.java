package org.banhao.proposal.domain;

/**
 * A proposal is no longer handled with its lead case: taken out of the merge, or withdrawn. Published as a Spring application event in the
 * transaction of that act, after the rows; an exception undoes the act.
 *
 * @param leadCase goes on without it
 * @param why one sentence
 */
public record MergeEnded(String leadCase, String caseNumber, String why) {}
