/** The page of a case. */
@NullMarked
package org.banhao.casefile.web;

import org.jspecify.annotations.NullMarked;
