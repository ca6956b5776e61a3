/** Working days and make-up days, months by calendar arithmetic, deadlines as dated rows that explain themselves. */
@ApplicationModule(allowedDependencies = {"base"})
@NullMarked
package org.banhao.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
