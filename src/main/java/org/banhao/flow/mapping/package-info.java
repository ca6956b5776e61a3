/** How the engine's SQL mappings are read: as MyBatis reads them, in a fraction of the time. */
@NullMarked
package org.banhao.flow.mapping;

import org.jspecify.annotations.NullMarked;
