/** What those who propose say of the replies, what the committee does about it, and the end of the case. */
@NullMarked
package org.banhao.proposal.domain.feedback;

import org.jspecify.annotations.NullMarked;
