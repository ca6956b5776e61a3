/** Registry, readings and use cases of monitoring; what is stored before a device is answered. */
@NullMarked
package org.banhao.monitoring.domain;

import org.jspecify.annotations.NullMarked;
