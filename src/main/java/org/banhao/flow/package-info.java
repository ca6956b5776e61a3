/** The only configurer of the engine: forms in and out, deployments, events, history, engine time. Knows no case. */
@ApplicationModule(allowedDependencies = {"base"})
@NullMarked
package org.banhao.flow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
