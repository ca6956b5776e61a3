/** What every module may use: refusals, the audit call, the acting person, Chinese time. Knows no other module. */
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package org.banhao.base;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
