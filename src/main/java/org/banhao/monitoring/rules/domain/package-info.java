/** Judging inside the transaction that stores the readings, the clock's sweep, thresholds and episodes with their tables. */
@NullMarked
package org.banhao.monitoring.rules.domain;

import org.jspecify.annotations.NullMarked;
