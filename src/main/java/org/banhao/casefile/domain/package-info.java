/** Case rows, parties, answers, open steps, timeline, links, numbers. */
@NullMarked
package org.banhao.casefile.domain;

import org.jspecify.annotations.NullMarked;
