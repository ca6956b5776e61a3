/** Deploys bundles by content, never over an administrator's version. */
@NullMarked
package org.banhao.flow.deploy;

import org.jspecify.annotations.NullMarked;
