/** Pages of the rules and the system administrator: working calendar, deadline rules, mailbox. Nothing depends on it. */
@ApplicationModule(
        allowedDependencies = {"base", "people", "calendar", "document", "flow", "casefile", "notice"})
@NullMarked
package org.banhao.administration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
