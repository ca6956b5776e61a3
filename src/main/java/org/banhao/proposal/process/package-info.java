/** Use cases and form data of each step, delegates. */
@NullMarked
package org.banhao.proposal.process;

import org.jspecify.annotations.NullMarked;
