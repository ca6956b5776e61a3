/** How the engine is set up: what expressions may reach, what is switched off, how processes are driven. */
@NullMarked
package org.banhao.flow.engine;

import org.jspecify.annotations.NullMarked;
