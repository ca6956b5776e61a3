/** Outbox, mail and other channels: written once in the transaction, delivered at least once after it. */
@ApplicationModule(allowedDependencies = {"base", "people", "calendar", "document", "flow", "casefile"})
@NullMarked
package org.banhao.notice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
