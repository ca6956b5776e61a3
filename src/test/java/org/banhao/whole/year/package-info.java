/** A random legal year of a session, told by dice and checked after every step. */
@NullMarked
package org.banhao.whole.year;

import org.jspecify.annotations.NullMarked;
