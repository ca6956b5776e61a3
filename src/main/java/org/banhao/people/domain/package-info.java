/** Accounts, groups, units and members as rows; sign-in throttling. */
@NullMarked
package org.banhao.people.domain;

import org.jspecify.annotations.NullMarked;
