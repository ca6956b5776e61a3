/** Files: stored once, recognised by content, owned by a person and a step or by a case. */
@ApplicationModule(allowedDependencies = {"base"})
@NullMarked
package org.banhao.document;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
