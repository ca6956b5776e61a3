/** Templates, filling them, numbers of papers, and the papers that were made. */
@NullMarked
package org.banhao.paper.domain;

import org.jspecify.annotations.NullMarked;
