/** Day types, deadline rules and deadline rows. */
@NullMarked
package org.banhao.calendar.domain;

import org.jspecify.annotations.NullMarked;
