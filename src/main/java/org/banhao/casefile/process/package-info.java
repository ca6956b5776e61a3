/** Beans that models may call, and the ear for step events. */
@NullMarked
package org.banhao.casefile.process;

import org.jspecify.annotations.NullMarked;
