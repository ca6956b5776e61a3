/** The case row and everything that hangs on it: parties, step answers, open steps, timeline, links, numbers. */
@ApplicationModule(allowedDependencies = {"base", "people", "calendar", "document", "flow"})
@NullMarked
package org.banhao.casefile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
