package org.banhao.proposal.domain;

/** What a draft still lacks. @param field key of the field on the page, such as {@code suggestion-2} */
public record Missing(String field, String sentence) {}
