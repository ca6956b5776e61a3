/** 交办: which unit handles which part of a filed proposal, from the first suggestion until every unit has accepted. */
@NullMarked
package org.banhao.proposal.domain.assignment;

import org.jspecify.annotations.NullMarked;
