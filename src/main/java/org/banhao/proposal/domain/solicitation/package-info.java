/** 征集: the reference topics, the call to all who may propose, who has not answered it yet, and what came in. */
@NullMarked
package org.banhao.proposal.domain.solicitation;

import org.jspecify.annotations.NullMarked;
