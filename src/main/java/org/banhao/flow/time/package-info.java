/** Moves both clocks, for tests and replay. */
@NullMarked
package org.banhao.flow.time;

import org.jspecify.annotations.NullMarked;
