/** Drafting, co-signing, submission, review, registration. */
@NullMarked
package org.banhao.proposal.domain;

import org.jspecify.annotations.NullMarked;
