/**
 * Invented data loggers and meters that speak HJ 212 over real TCP: they stand on the other side of the line, and so know of the
 * application the codec only. Their faults can be switched on and off while they run. One command of its own
 * ({@link org.banhao.monitoring.simulator.SimulatorMain}), and part of the default run.
 */
@NullMarked
package org.banhao.monitoring.simulator;

import org.jspecify.annotations.NullMarked;
