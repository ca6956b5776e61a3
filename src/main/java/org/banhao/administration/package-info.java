/** Pages of the rules, system and audit administrators: working calendar, deadline rules, reminder ladders, mailbox, audit record. Nothing depends on it. */
@ApplicationModule(allowedDependencies = {"base", "people", "calendar", "document", "flow", "casefile", "notice"})
@NullMarked
package org.banhao.administration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
