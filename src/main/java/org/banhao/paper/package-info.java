/** Official papers (公文): Word files made of a case's facts by templates that are edited in Word, their numbers, their sealed versions. */
@ApplicationModule(allowedDependencies = {"base", "people", "document", "casefile"})
@NullMarked
package org.banhao.paper;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
