/** The engine's read-only view of people. */
@NullMarked
package org.banhao.people.engine;

import org.jspecify.annotations.NullMarked;
