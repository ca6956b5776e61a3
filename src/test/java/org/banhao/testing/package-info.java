/** Test helpers for all modules. */
@NullMarked
package org.banhao.testing;

import org.jspecify.annotations.NullMarked;
