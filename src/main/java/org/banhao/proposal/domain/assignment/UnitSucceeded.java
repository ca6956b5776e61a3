package org.banhao.proposal.domain.assignment;

import org.banhao.people.Unit;

/** Another unit stands in for a closed one from now on; published within the transaction of the one who recorded it. */
public record UnitSucceeded(String from, Unit to) {}
