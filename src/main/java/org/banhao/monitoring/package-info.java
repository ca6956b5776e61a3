/** What outlets report: enterprises, outlets and their devices, readings, the line to data loggers by HJ 212. */
@ApplicationModule(allowedDependencies = {"base", "people", "calendar", "document"})
@NullMarked
package org.banhao.monitoring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
