/** 回头看: whether what a reply promised was done, years later too; the reply's class stays, the present one is a history. */
@NullMarked
package org.banhao.proposal.domain.revisit;

import org.jspecify.annotations.NullMarked;
