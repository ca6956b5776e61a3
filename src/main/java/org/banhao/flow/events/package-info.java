/** What the engine's tasks do, told as records without engine types. */
@NullMarked
package org.banhao.flow.events;

import org.jspecify.annotations.NullMarked;
