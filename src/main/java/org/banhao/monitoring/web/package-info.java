/** Pages and machine interfaces of monitoring. */
@NullMarked
package org.banhao.monitoring.web;

import org.jspecify.annotations.NullMarked;
