/** Writes only the history that somebody reads. */
@NullMarked
package org.banhao.flow.history;

import org.jspecify.annotations.NullMarked;
