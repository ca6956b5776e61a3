package org.banhao.proposal.domain;

/**
 * A proposal of the demonstration has its file number and is to go further; in the transaction that loads the demonstration. Each later
 * stage brings it on as far as its scene says.
 *
 * @param stage {@code assigned}: its unit has to answer; {@code accepted}: it is to be passed to a section; {@code drafting}: the reply is to be
 *     drafted; {@code replied}
 * @param unit that is to handle it alone
 */
public record DemonstrationFiled(String number, String stage, String unit) {}
