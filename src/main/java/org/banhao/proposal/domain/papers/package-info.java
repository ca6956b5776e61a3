/** What of a proposal's life goes out on paper: the kinds of papers, who issues them, and their facts. Knows all stages, and none knows it. */
@NullMarked
package org.banhao.proposal.domain.papers;

import org.jspecify.annotations.NullMarked;
