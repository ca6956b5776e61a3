package org.banhao.casefile;

/**
 * A person has looked at a case, as its dossier or on a page of its kind. Published synchronously inside the transaction that records the
 * reading.
 */
public record CaseRead(String caseNumber, String personId) {}
