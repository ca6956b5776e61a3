/** The duty officer's screen. */
@NullMarked
package org.banhao.monitoring.rules.web;

import org.jspecify.annotations.NullMarked;
