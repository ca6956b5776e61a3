/** 重点提案: candidates, what the meetings decide about them, and who supervises and leads. */
@NullMarked
package org.banhao.proposal.domain.selection;

import org.jspecify.annotations.NullMarked;
