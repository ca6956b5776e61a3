/** Proposals of the political consultative conference, from draft to put on file. */
@ApplicationModule(
        allowedDependencies = {"base", "people", "calendar", "document", "flow", "casefile", "notice", "paper"})
@NullMarked
package org.banhao.proposal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
