/**
 * The line to data loggers: TCP, HJ 212. What a device sends is answered once it is stored, never before. Who stores
 * ({@link org.banhao.monitoring.gateway.FrameSink}) and which devices there are
 * ({@link org.banhao.monitoring.gateway.DeviceDirectory}) is told by others.
 */
@NullMarked
package org.banhao.monitoring.gateway;

import org.jspecify.annotations.NullMarked;
