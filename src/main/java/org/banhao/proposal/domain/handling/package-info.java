/** Handling inside the units, from the accepted assignment to the delivered reply. */
@NullMarked
package org.banhao.proposal.domain.handling;

import org.jspecify.annotations.NullMarked;
