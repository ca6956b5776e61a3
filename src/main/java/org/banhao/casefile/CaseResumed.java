package org.banhao.casefile;

/**
 * A case that rested goes on. Published in the transaction that resumes it, when its steps can be worked on again: what others changed
 * meanwhile could not reach a step that rests.
 */
public record CaseResumed(String caseNumber) {}
