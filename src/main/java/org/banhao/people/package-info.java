/** Accounts, roles, units, members; who is signed in and what he may do. */
@ApplicationModule(allowedDependencies = {"base"})
@NullMarked
package org.banhao.people;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
