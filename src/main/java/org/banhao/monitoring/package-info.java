/** What outlets report: the line to their data loggers by HJ 212. */
@ApplicationModule(allowedDependencies = {"base"})
@NullMarked
package org.banhao.monitoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
