package org.banhao.people;

/**
 * A unit that handles or assigns cases.
 *
 * @param id lower case with hyphens, first part of its groups: {@code education-bureau.liaison}
 * @param system 党委 · 政府 · 法检 · 群团 · 县区 · 中省驻长单位
 * @param order protocol order
 */
public record Unit(String id, String name, String system, int order, boolean active) {}
