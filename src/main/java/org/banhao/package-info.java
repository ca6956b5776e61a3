/** Banhao (办好): moves the cases of a Chinese city until they are done well. */
@NullMarked
package org.banhao;

import org.jspecify.annotations.NullMarked;
