package org.banhao.proposal.domain;

/** A ground for not filing, with the rule it stands in. */
public record Ground(String code, String content, String source) {}
